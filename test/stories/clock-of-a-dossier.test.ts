import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor, Officer } from '../../src/platform/actor.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../src/platform/ctx.ts'
import { isRefusal } from '../../src/platform/errors.ts'
import { translator } from '../../src/platform/i18n.ts'
import { statusOf } from '../../src/platform/http/failures.ts'
import { page } from '../../src/platform/http/reply.ts'
import { buildServer, csrfFor } from '../../src/platform/http/server.ts'
import { newId } from '../../src/platform/ids.ts'
import { runDue } from '../../src/platform/jobs.ts'
import type { Node } from '../../src/platform/node.ts'
import { testDatabase } from '../../src/platform/testing/database.ts'
import { testNode } from '../../src/platform/testing/node.ts'
import { modules } from '../../src/app.ts'
import { renderFragment } from '../../src/ui/index.ts'
import { explain, loadCalendar, overrideDay, removeOverride, ruleSetAt } from '../../src/modules/calendar/index.ts'
import { withChange } from '../../src/modules/calendar/change.ts'
import { decideChange } from '../../src/modules/calendar/decide-change.ts'
import { impactOf } from '../../src/modules/calendar/impact.ts'
import { proposeChange } from '../../src/modules/calendar/propose-change.ts'
import { getCurrentProcedure } from '../../src/modules/catalogue/index.ts'
import { acceptDossier } from '../../src/modules/dossiers/accept-dossier.ts'
import { answerSupplement } from '../../src/modules/dossiers/answer-supplement.ts'
import { explainDue } from '../../src/modules/dossiers/clock/explain-due.ts'
import { extendDossier } from '../../src/modules/dossiers/clock/extend-dossier.ts'
import type { Dossier } from '../../src/modules/dossiers/dossier.ts'
import { findDossier } from '../../src/modules/dossiers/dossiers.store.ts'
import { dossiers } from '../../src/modules/dossiers/index.ts'
import { mirrorEvent } from '../../src/modules/dossiers/mirror-dossier.ts'
import { requestSupplement } from '../../src/modules/dossiers/request-supplement.ts'
import { submitDossier } from '../../src/modules/dossiers/submit-dossier.ts'
import { listDocuments } from '../../src/modules/documents/index.ts'
import { findForm, sampleAnswers } from '../../src/modules/forms/index.ts'
import { drainFollowers, listEvents } from '../../src/modules/ledger/index.ts'
import { recount } from '../../src/modules/quality/index.ts'
import { markOverdue } from '../../src/modules/quality/watch-due-dates.ts'

const pleiku = '23575'
const at = (local: string): Date => new Date(`${local.replace(' ', 'T')}:00+07:00`)

interface House { node: Node; person: Ctx; officer: Ctx; agency: string; setClock(local: string): void; file(): Promise<string>; accepted(): Promise<Dossier>; now(id: string): Promise<Dossier>; settle(): Promise<void>; story(id: string): Promise<string[]> }

/** A province with one citizen and one officer who may do everything; a household business takes three working days. */
async function house(start: string, ends: (() => unknown)[]): Promise<House> {
  const database = await testDatabase()
  const { db } = database
  ends.push(() => database[Symbol.asyncDispose]())
  let now = at(start)
  const node = testNode(db, { modules, now: () => now })
  for (const m of node.modules) await m.seed?.(node)
  await drainFollowers(node)
  ends.unshift(async () => { for (const m of node.modules) await m.stop?.(node) })
  const accountId = newId()
  await db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${accountId}, 'subject-1', '052090000099', 'Nguyễn Văn Thử Nghiệm', '1990-03-12', '0900000099', 2, now(), now())`
  const person: Actor = { kind: 'person', id: accountId, subject: 'subject-1', name: 'Nguyễn Văn Thử Nghiệm', assurance: 2, methods: ['otp'], authenticatedAt: now, sessionId: newId() }
  const [agency] = await db<{ code: string }[]>`SELECT code FROM organisations.agency WHERE administrative_unit_code = ${pleiku} AND kind = 'peoples-committee'`
  const officer: Officer = { kind: 'officer', id: newId(), name: 'Dương Cán Bộ Mẫu', agencyCode: agency!.code, unitId: null, roles: ['one-stop'], permissions: new Set(['dossiers.view', 'dossiers.receive', 'dossiers.handle', 'calendar.manage']), methods: ['pwd', 'otp'], authenticatedAt: now, sessionId: newId() }
  const form = (await findForm(db, 'household-business'))!
  const procedure = (await getCurrentProcedure(db, '1.001612', now))!
  const h: House = {
    node, agency: agency!.code,
    get person() { return createCtx(node, { actor: person }) },
    get officer() { return createCtx(node, { actor: officer }) },
    setClock: (local) => void (now = at(local)),
    now: async (id) => (await findDossier(db, id))!,
    async file() {
      const { id } = await submitDossier(h.person, { procedure, form: { key: 'household-business', version: form.definition.version }, answers: sampleAnswers(form, 5, { fixed: { founder: 'individual' } }), applicant: { name: 'Nguyễn Văn Thử Nghiệm', idNumber: '052090000099' }, files: [], placeCode: pleiku, returnWay: 'online', channel: 'online', filingKey: newId() })
      return id
    },
    accepted: async () => acceptDossier(h.officer, { dossierId: await h.file() }),
    async settle() {
      for (let i = 0; i < 3; i++) {
        await drainFollowers(node)
        now = new Date(now.getTime() + 5000)
        while (await runDue(node) > 0);
      }
      await drainFollowers(node)
    },
    story: async (id) => explain(await explainDue(db, await loadCalendar(db), node.config.code, (await findDossier(db, id))!), translator('vi')),
  }
  return h
}

const ends: (() => unknown)[] = []
let h: House
before(async () => { h = await house('2026-03-11 10:00', ends) })
after(async () => { for (const end of ends) await end() })

const placeOf = async (id: string): Promise<unknown> => (await h.node.db`SELECT place_in_count FROM quality.dossier WHERE id = ${id}`)[0]!.place_in_count

test('a holiday announced later moves running dates behind a preview, with a record, a notice and a sentence; nothing is made earlier', async () => {
  h.setClock('2026-03-11 10:00')
  const d = await h.accepted()
  assert.equal(d.dueAt?.toISOString(), at('2026-03-16 10:00').toISOString())
  assert.equal(d.ruleSet, 'nd-118-2025')
  const holiday = { kind: 'override' as const, data: { date: '2026-03-13', kind: 'off' as const, reason: 'Quốc tang', source: 'TB 5/2026' } }
  const impact = await impactOf(h.officer, withChange(await loadCalendar(h.node.db), holiday))
  assert.deepEqual({ ...impact, examples: impact?.examples.length }, { running: 1, later: 1, kept: 0, examples: 1 })
  assert.deepEqual((await h.now(d.id)).dueAt, d.dueAt, 'a preview moves nothing')
  const change = await proposeChange(h.officer, holiday)
  await decideChange(h.officer, { id: change, decision: 'confirmed' })
  await assert.rejects(decideChange(h.officer, { id: change, decision: 'dropped' }), (e) => isRefusal(e, 'CHANGE_DECIDED'))
  await h.settle()
  const moved = await h.now(d.id)
  assert.equal(moved.dueAt?.toISOString(), at('2026-03-17 10:00').toISOString())
  assert.deepEqual(moved.promisedAt, d.promisedAt, 'what was first promised stays written')
  const [record] = await h.node.db`SELECT due_before, due_after, event, because FROM dossiers.due_change`
  assert.deepEqual([record!.due_before, record!.due_after], [d.dueAt, moved.dueAt])
  assert.match(record!.event as string, /^calendar\.overridden 2026-03-13 \d+$/)
  const events = await listEvents(h.node.db, d.id)
  assert.equal(events.filter((e) => e.type === 'dossier.rescheduled').length, 1)
  const notices = await h.node.db`SELECT params FROM notifications.inbox_item WHERE event = 'dossier-rescheduled'`
  assert.deepEqual(notices.map((n) => [n.params.before, n.params.due]), [['10:00, 16/03/2026', '10:00, 17/03/2026']])
  const story = await h.story(d.id)
  assert.match(story.join('\n'), /lịch làm việc thay đổi: 13\/03\/2026 là ngày nghỉ \(Quốc tang; TB 5\/2026\)\.\nNgày hẹn chuyển từ 10:00, 16\/03\/2026 sang 10:00, 17\/03\/2026\.\nNgày hẹn trả kết quả đang có hiệu lực: 10:00, 17\/03\/2026\.$/)
  // Taken back: the date could be earlier again, and is not; nor does a make-up day bring one forward.
  await removeOverride(h.officer, '2026-03-13')
  await h.settle()
  assert.deepEqual((await h.now(d.id)).dueAt, moved.dueAt)
  const later = await h.accepted()
  await overrideDay(h.officer, { date: '2026-03-14', kind: 'working', reason: 'Làm bù', source: 'TB 6/2026' })
  await h.settle()
  assert.deepEqual((await h.now(later.id)).dueAt, later.dueAt)
  assert.match((await h.story(later.id)).join('\n'), /14\/03\/2026 là ngày làm việc \(Làm bù; TB 6\/2026\)\.\nNgày hẹn 10:00, 16\/03\/2026 giữ nguyên/)
  assert.equal((await listEvents(h.node.db, d.id)).concat(await listEvents(h.node.db, later.id)).filter((e) => e.type === 'dossier.rescheduled').length, 1, 'nobody is told of what did not move')
  const records = async (): Promise<number> => (await h.node.db`SELECT 1 FROM dossiers.due_change`).length
  assert.equal(await records(), 2)
  await removeOverride(h.officer, '2026-03-14')
  await h.settle()
  assert.equal(await records(), 2, 'counting again finds nothing more')
})

test('a date is put off once with an apology; the letter follows, and a second time is refused', async () => {
  h.setClock('2026-03-11 10:00')
  const d = await h.accepted()
  const extend = (date: string, reason = 'Chờ xác minh thực địa') => extendDossier(h.officer, { dossierId: d.id, date, reason })
  assert.deepEqual((await extend('2026-03-14', ' ')).map((e) => [e.field, e.key]), [['newDate', 'dossiers.clock.extend.noWorkingDay'], ['apologyReason', 'dossiers.clock.extend.reasonMissing']])
  assert.deepEqual((await extend('2026-03-13')).map((e) => e.key), ['dossiers.clock.extend.notLater'])
  assert.deepEqual(await extend('2026-03-19'), [])
  const extended = await h.now(d.id)
  assert.deepEqual([extended.dueAt?.toISOString(), extended.promisedAt, extended.isLate], [at('2026-03-19 17:00').toISOString(), d.promisedAt, false])
  await assert.rejects(extend('2026-03-20'), (e) => isRefusal(e, 'EXTENDED_ALREADY'))
  assert.match((await h.story(d.id)).join('\n'), /xin lỗi và hẹn lại đến 17:00, 19\/03\/2026\. Lý do: Chờ xác minh thực địa/)
  await h.settle()
  assert.deepEqual((await listDocuments(h.node.db, d.id)).map((p) => p.kind).sort(), ['apology', 'appointment-slip'])
  assert.deepEqual((await listEvents(h.node.db, d.id)).filter((e) => JSON.stringify(e.data).includes('thực địa')), [], 'the reason is free text and stays out of the ledger')
  assert.equal((await h.node.db`SELECT 1 FROM notifications.inbox_item WHERE event = 'dossier-extended'`).length, 1)
})

/** The pages of dossiers, as this actor sees them. */
async function pagesFor(actor: Actor) {
  const app = await buildServer(h.node, {
    routes: dossiers.routes!(h.node), authenticate: async () => actor, logInPaths: { person: '/a', officer: '/b' }, failurePage: (failure) => page('refused' as never, { title: '', status: statusOf(failure) }),
    render: (reply, req, state) => {
      const { name, brand, helpPhone } = h.node.config
      return renderFragment(reply.node, { t: req.ctx.t, lang: req.ctx.lang, nonce: state.nonce, csrf: csrfFor(h.node, state), actor, brand: { name, ...brand, phone: helpPhone }, path: '/', query: req.query, assets: (file) => `/assets/${file}`, islands: [], nav: [] })
    },
  })
  const cookie = 'mc_csrf_test=abc'
  const get = async (url: string): Promise<string> => (await app.inject({ url, headers: { cookie } })).body
  const post = async (from: string, url: string, fields: Record<string, string>) => {
    const token = (await get(from)).match(/name="_csrf" value="([^"]+)"/)?.[1] ?? ''
    return app.inject({ method: 'POST', url, headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams({ _csrf: token, ...fields }).toString() })
  }
  return { get, post, close: () => app.close() }
}

test('the desk puts a date off on the dossier’s page, and desk and person read the explanation, on the screen and to print, in both languages', async () => {
  h.setClock('2026-03-11 10:00')
  const d = await h.accepted()
  const [desk, own] = [await pagesFor(h.officer.actor), await pagesFor(h.person.actor)]
  const url = `/desk/dossiers/${d.id}`
  const date = { 'newDate-day': '19', 'newDate-month': '3', 'newDate-year': '2026' }
  const wrong = await desk.post(url, `${url}/extend`, { ...date, apologyReason: '' })
  assert.equal(wrong.statusCode, 400)
  assert.match(wrong.body, /value="19".*Ghi lý do chậm|Ghi lý do chậm.*value="19"/s)
  const done = await desk.post(url, `${url}/extend`, { ...date, apologyReason: 'Chờ xác minh' })
  assert.deepEqual([done.statusCode, done.headers.location], [303, url])
  assert.doesNotMatch(await desk.get(url), /name="apologyReason"/, 'only once')
  for (const address of [url, `${url}/due-date`]) assert.match(await desk.get(address), /Tính theo Nghị định 118\/2025\/NĐ-CP.*Thời hạn 3 ngày làm việc.*Lý do: Chờ xác minh.*đang có hiệu lực: 17:00, 19\/03\/2026/s)
  for (const address of [`/ho-so/${d.id}`, `/ho-so/${d.id}/cach-tinh-ngay-hen`]) assert.match(await own.get(`${address}?lang=en`), /Counted under.*Time limit: 3 working days.*the agency apologised.*Due date now in force: 17:00, 19\/03\/2026/s)
  assert.match(await own.get(`/ho-so/${d.id}/cach-tinh-ngay-hen`), /Ngày hẹn ban đầu.*10:00, 16\/03\/2026.*Điều 148/s)
  await Promise.all([desk.close(), own.close()])
})

test('an online filing that nobody has answered says until when it is to be: eight working hours', async () => {
  h.setClock('2026-03-11 10:00')
  const id = await h.file()
  const desk = await pagesFor(h.officer.actor)
  assert.match(await desk.get(`/desk/dossiers/${id}`), /Trả lời lần đầu trước.*10:00, 12\/03\/2026/s)
  await desk.close()
})

test('put off after the time had run out, a dossier stays late in the figures', async () => {
  h.setClock('2026-03-11 10:00')
  const d = await h.accepted()
  h.setClock('2026-03-17 09:00')
  assert.deepEqual(await extendDossier(h.officer, { dossierId: d.id, date: '2026-03-20', reason: 'Quá tải' }), [])
  assert.equal((await h.now(d.id)).isLate, true)
  await h.settle()
  assert.equal(await placeOf(d.id), 'overdue')
  await markOverdue(h.node)
  assert.deepEqual((await recount(h.node.db, h.node.now())).differences, [])
})

test('two requests to supplement make a dossier late (indicator 2.1), one does not; the sentence of each stop is there', async () => {
  h.setClock('2026-03-11 10:00')
  const d = await h.accepted()
  const ask = () => requestSupplement(h.officer, { dossierId: d.id, reason: 'Thiếu bản sao', items: ['Nội dung kê khai'] })
  const complete = () => answerSupplement(h.person, { dossierId: d.id, answer: 'Đã bổ sung', files: [] })
  h.setClock('2026-03-12 10:00')
  assert.equal((await ask()).isLate, false)
  h.setClock('2026-03-16 15:00')
  await complete()
  assert.equal((await h.now(d.id)).dueAt?.toISOString(), at('2026-03-18 15:00').toISOString())
  assert.deepEqual((await h.story(d.id)).slice(-3), [
    'Dừng tính từ 10:00, 12/03/2026 để người nộp bổ sung hồ sơ; còn lại 2 ngày 0 giờ 0 phút làm việc.', 'Tính tiếp từ 15:00, 16/03/2026 với thời gian còn lại.', 'Ngày hẹn trả kết quả đang có hiệu lực: 15:00, 18/03/2026.',
  ])
  assert.equal((await ask()).isLate, true)
  await h.settle()
  assert.equal(await placeOf(d.id), 'overdue')
})

test('the node of filing, which does not know the calendar of the handling node, shows the explanation as that node told it', async (t) => {
  h.setClock('2026-03-11 10:00')
  const d = await h.accepted()
  await extendDossier(h.officer, { dossierId: d.id, date: '2026-03-19', reason: 'Chờ xác minh' })
  await h.settle()
  const sent = await h.node.db<{ payload: string; service: string }[]>`SELECT payload, service FROM exchange.outbox WHERE subject = ${d.id} AND service = 'dossier.event' ORDER BY position`
  assert.ok(sent.length >= 3)
  const { db } = await testDatabase(t)
  const national = testNode(db, { code: 'VN', now: h.node.now })
  const ctx = systemCtx(national, 'test')
  for (const { payload, service } of sent) await transact(ctx, (tx) => mirrorEvent(tx, ctx, { id: newId(), from: 'H21', service, subject: d.id, payload: JSON.parse(payload), sentAt: h.node.now() }))
  const mirror = (await findDossier(db, d.id))!
  assert.deepEqual([mirror.dueAt, mirror.promisedAt, mirror.isLate], [(await h.now(d.id)).dueAt, d.promisedAt, false])
  assert.deepEqual(explain(await explainDue(db, await loadCalendar(db), 'VN', mirror), translator('vi')), await h.story(d.id))
})

test('an agency with hours of its own counts by them, from their day on', async () => {
  h.setClock('2026-03-11 05:00')
  const hours = { kind: 'hours' as const, data: { agencyCode: h.agency, validFrom: '2026-03-12', validTo: null, sessions: [{ start: 480, end: 720 }, { start: 780, end: 1020 }], source: 'QĐ 9/2026' } }
  await decideChange(h.officer, { id: await proposeChange(h.officer, hours), decision: 'confirmed' })
  h.setClock('2026-03-12 07:10')
  const d = await h.accepted()
  assert.match((await h.story(d.id)).join('\n'), /Tiếp nhận trước giờ làm việc: thời gian tính từ 08:00, 12\/03\/2026/)
  assert.equal(d.dueAt?.toISOString(), at('2026-03-16 17:00').toISOString())
})

test('the rules are those of the day of reception, and a dossier keeps them', async () => {
  const calendar = await loadCalendar(h.node.db)
  assert.deepEqual(['2025-06-30 23:59', '2025-07-01 00:00'].map((day) => ruleSetAt(calendar, at(day)).code), ['nd-61-2018', 'nd-118-2025'])
  assert.ok(calendar.ruleSets.every((set) => Object.keys(set.articles).length >= 8))
})

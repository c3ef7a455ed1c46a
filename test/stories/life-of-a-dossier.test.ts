import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Actor, Officer } from '../../src/platform/actor.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../src/platform/ctx.ts'
import type { Tx } from '../../src/platform/db.ts'
import { isRefusal } from '../../src/platform/errors.ts'
import { newId } from '../../src/platform/ids.ts'
import { runDue } from '../../src/platform/jobs.ts'
import type { Node } from '../../src/platform/node.ts'
import { testDatabase } from '../../src/platform/testing/database.ts'
import { testNode } from '../../src/platform/testing/node.ts'
import { modules } from '../../src/app.ts'
import { dueAt, loadCalendar } from '../../src/modules/calendar/index.ts'
import { receiveAbolition } from '../../src/modules/catalogue/catalogue-feed.ts'
import { getCurrentProcedure } from '../../src/modules/catalogue/index.ts'
import { listDocuments } from '../../src/modules/documents/index.ts'
import { sampleAnswers, findForm } from '../../src/modules/forms/index.ts'
import { drainFollowers, listEvents } from '../../src/modules/ledger/index.ts'
import { listTasks } from '../../src/modules/process/index.ts'
import { recount } from '../../src/modules/quality/index.ts'
import { acceptDossier } from '../../src/modules/dossiers/accept-dossier.ts'
import { answerSupplement } from '../../src/modules/dossiers/answer-supplement.ts'
import { completeStep } from '../../src/modules/dossiers/complete-step.ts'
import { draftResult } from '../../src/modules/dossiers/papers/build-result.ts'
import { findDossier } from '../../src/modules/dossiers/dossiers.store.ts'
import { requestSupplement } from '../../src/modules/dossiers/request-supplement.ts'
import { startDraft } from '../../src/modules/dossiers/start-draft.ts'
import { signResult } from '../../src/modules/dossiers/sign-result.ts'
import { submitDossier } from '../../src/modules/dossiers/submit-dossier.ts'

const code = '1.001612'
const pleiku = '23575'

interface House { node: Node; person: Ctx; officer(role: string): Ctx; moveClock(ms: number): void; file(key?: string, answers?: Record<string, unknown>): Promise<{ id: string; reference: string; fresh: boolean; same: boolean }> }

async function house(t: TestContext): Promise<House> {
  const { db } = await testDatabase(t)
  // Friday, 20 November 2026, 09:00 in Vietnam.
  let now = new Date('2026-11-20T02:00:00Z').getTime()
  const node = testNode(db, { modules, now: () => new Date(now) })
  for (const m of node.modules) await m.seed?.(node)
  t.after(async () => { for (const m of node.modules) await m.stop?.(node) })
  const accountId = newId()
  await db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${accountId}, 'subject-1', '052090000099', 'Nguyễn Văn Thử Nghiệm', '1990-03-12', '0900000099', 2, now(), now())`
  const actor: Actor = { kind: 'person', id: accountId, subject: 'subject-1', name: 'Nguyễn Văn Thử Nghiệm', assurance: 2, methods: ['otp'], authenticatedAt: node.now(), sessionId: newId() }
  const [agency] = await db<{ code: string }[]>`SELECT code FROM organisations.agency WHERE administrative_unit_code = ${pleiku} AND kind = 'peoples-committee'`
  const ids: Record<string, string> = {}
  const officer = (role: string): Ctx => {
    const who: Officer = { kind: 'officer', id: (ids[role] ??= newId()), name: 'Dương Lãnh Đạo Mẫu', agencyCode: agency!.code, unitId: null, roles: [role], permissions: new Set(['dossiers.view', 'dossiers.receive', 'dossiers.handle']), methods: ['pwd', 'otp'], authenticatedAt: node.now(), sessionId: newId() }
    return createCtx(node, { actor: who })
  }
  const form = (await findForm(db, 'household-business'))!
  const procedure = (await getCurrentProcedure(db, code))!
  return {
    node, officer, moveClock: (ms) => void (now += ms),
    get person() { return createCtx(node, { actor }) },
    file: (key = newId(), answers = sampleAnswers(form, 5, { fixed: { founder: 'individual' } })) => submitDossier(createCtx(node, { actor }), {
      procedure, form: { key: 'household-business', version: form.definition.version }, answers, applicant: { name: 'Nguyễn Văn Thử Nghiệm', idNumber: '052090000099', phone: '0900000099' }, files: [], placeCode: pleiku, returnWay: 'online', channel: 'online', filingKey: key,
    }),
  }
}

test('a filing is kept with its event, and a repeat with the same key leads to the same dossier', async (t) => {
  const h = await house(t)
  const first = await h.file('key-1')
  const again = await h.file('key-1')
  assert.deepEqual([again.id, again.fresh, again.same], [first.id, false, true])
  assert.equal((await h.file('key-1', { other: 'answers' })).same, false)
  const parallel = await Promise.all(Array.from({ length: 8 }, () => h.file('key-2')))
  assert.equal(new Set(parallel.map((p) => p.id)).size, 1)
  assert.equal(parallel.filter((p) => p.fresh).length, 1)
  assert.deepEqual((await listEvents(h.node.db, first.id)).map((e) => e.type), ['dossier.submitted'])
  const [{ text }] = (await h.node.db<{ text: string }[]>`SELECT string_agg(data::text, ' ') AS text FROM ledger.event WHERE type LIKE 'dossier.%'`) as unknown as [{ text: string }]
  assert.doesNotMatch(text, /Thử Nghiệm|052090000099|0900000099/, 'no personal data in events')
})

test('reception gives codes without gaps or doubles, also when many officers accept at once', async (t) => {
  const h = await house(t)
  const filed = await Promise.all(Array.from({ length: 6 }, () => h.file()))
  const accepted = await Promise.all(filed.map((f) => acceptDossier(h.officer('one-stop'), { dossierId: f.id })))
  assert.deepEqual(accepted.map((d) => d.code!.slice(-4)).sort(), ['0001', '0002', '0003', '0004', '0005', '0006'])
  assert.match(accepted[0]!.code!, /^H21\.\d{3}-261120-\d{4}$/)
  assert.deepEqual(accepted[0]!.dueAt, dueAt(await loadCalendar(h.node.db), h.node.now(), { value: 3, unit: 'working-day' }).due)
  await assert.rejects(acceptDossier(h.officer('one-stop'), { dossierId: filed[0]!.id }), (e) => isRefusal(e, 'NOT_IN_STATE'))
})

test('a supplement stops the clock and the answer lets it go on with what was left', async (t) => {
  const h = await house(t)
  const { id } = await h.file()
  const accepted = await acceptDossier(h.officer('one-stop'), { dossierId: id })
  h.moveClock(3_600_000)
  await requestSupplement(h.officer('specialist'), { dossierId: id, reason: 'Thiếu bản sao', items: ['Nội dung kê khai'] })
  h.moveClock(2 * 24 * 3_600_000)
  await answerSupplement(h.person, { dossierId: id, answer: 'Đã bổ sung', files: [] })
  const after = (await findDossier(h.node.db, id))!
  assert.equal(after.state, 'in-progress')
  assert.ok(after.dueAt! > accepted.dueAt!, 'the due date moved')
  assert.deepEqual(after.promisedAt, accepted.promisedAt, 'what was first promised stays written')
  const events = await listEvents(h.node.db, id)
  assert.deepEqual(events.filter((e) => e.data.seq).map((e) => e.data.seq), [1, 2, 3, 4])
})

test('officers of another agency find nothing, and another person cannot answer', async (t) => {
  const h = await house(t)
  const { id } = await h.file()
  const stranger = h.officer('one-stop')
  const other: Ctx = { ...stranger, actor: { ...(stranger.actor as Officer), agencyCode: 'H21.999' } }
  await assert.rejects(acceptDossier(other, { dossierId: id }), (e) => isRefusal(e, 'NOT_FOUND'))
  await assert.rejects(answerSupplement(createCtx(h.node, { actor: { kind: 'person', id: newId(), subject: 'x', name: 'x', assurance: 2, methods: ['otp'], authenticatedAt: new Date(), sessionId: newId() } }), { dossierId: id, answer: 'x', files: [] }), (e) => isRefusal(e, 'NOT_FOUND'))
})

test('a dossier goes through its process to a signed result, and the figures equal a recount', async (t) => {
  const h = await house(t)
  const { id } = await h.file()
  await acceptDossier(h.officer('one-stop'), { dossierId: id })
  for (let i = 0; i < 12; i++) {
    const [task] = await listTasks(h.node.db, { subject: id, open: true })
    if (!task) break
    const ctx = h.officer(task.role)
    const dossier = (await findDossier(h.node.db, id))!
    if (task.act === 'sign') await signResult(ctx, { dossierId: id, taskId: task.id })
    else await completeStep(ctx, { dossierId: id, taskId: task.id, outcome: task.outcomes[0]?.value, ...(task.act === 'draft-result' ? { draft: await draftResult(ctx, dossier, {}) } : {}) })
  }
  assert.equal((await findDossier(h.node.db, id))!.state, 'returned')
  await drainFollowers(h.node)
  await runDue(h.node)
  await drainFollowers(h.node)
  await runDue(h.node)
  const papers = await listDocuments(h.node.db, id)
  assert.deepEqual(papers.map((p) => p.kind).sort(), ['appointment-slip', 'control-slip', 'result'])
  assert.deepEqual((await recount(h.node.db, h.node.now())).differences, [])
  const before = (await h.node.db<{ n: number }[]>`SELECT count(*)::int AS n FROM documents.document`)[0]!.n
  await h.node.db.begin(async (tx) => (tx as Tx)`UPDATE ledger.follower SET xid = '0', id = 0 WHERE name = 'dossiers.slips'`)
  await drainFollowers(h.node)
  await runDue(h.node)
  assert.equal((await h.node.db<{ n: number }[]>`SELECT count(*)::int AS n FROM documents.document`)[0]!.n, before, 'a slip is issued once however often its event is followed')
})

test('from the abolition on nobody files or is accepted; what was filed before is accepted and runs to its end on its version', async (t) => {
  const h = await house(t)
  const [running, waiting] = [await h.file(), await h.file()]
  await acceptDossier(h.officer('one-stop'), { dossierId: running.id })
  const late = await h.file()
  h.moveClock(60_000)
  const now = h.node.now()
  // As the national node would send it, dated before the third filing: it had come late.
  const abolish = (abolishedAt: Date) => transact(systemCtx(h.node, 'test'), (tx) => receiveAbolition(tx, { ...systemCtx(h.node, 'test'), actor: { kind: 'node', id: 'VN' } }, {
    id: newId(), from: 'VN', service: 'catalogue.abolition', subject: code, sentAt: now, payload: { abolishedOn: '2026-11-20', abolishedAt: abolishedAt.toISOString(), decisionNumber: '1/QĐ', decisionDate: null, cascadeOf: null, publishedAt: abolishedAt.toISOString() },
  }))
  await h.node.db`UPDATE dossiers.dossier SET submitted_at = ${new Date(now.getTime() - 1000)} WHERE id = ${late.id}`
  await abolish(new Date(now.getTime() - 30_000))
  await abolish(new Date(now.getTime() - 20_000))
  assert.equal((await listEvents(h.node.db, code)).filter((e) => e.type === 'catalogue.abolition_applied').length, 1, 'a repeat changes nothing')
  await assert.rejects(h.file(), (e) => isRefusal(e, 'PROCEDURE_ABOLISHED'))
  const person = h.person.actor
  assert.ok(person.kind === 'person')
  await assert.rejects(startDraft(h.person, person, code), (e) => isRefusal(e, 'PROCEDURE_ABOLISHED'))
  await assert.rejects(acceptDossier(h.officer('one-stop'), { dossierId: late.id }), (e) => isRefusal(e, 'PROCEDURE_ABOLISHED'))
  assert.equal((await acceptDossier(h.officer('one-stop'), { dossierId: waiting.id })).state, 'received')
  const [task] = await listTasks(h.node.db, { subject: running.id, open: true })
  await completeStep(h.officer(task!.role), { dossierId: running.id, taskId: task!.id, ...(task!.outcomes[0] ? { outcome: task!.outcomes[0].value } : {}) })
  assert.equal((await findDossier(h.node.db, running.id))?.procedureVersion, 1)
})

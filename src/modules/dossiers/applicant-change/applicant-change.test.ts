import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { listDocuments } from '../../documents/index.ts'
import { findForm } from '../../forms/index.ts'
import { drainFollowers, listEvents } from '../../ledger/index.ts'
import { listTasks } from '../../process/index.ts'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { completeStep } from '../complete-step.ts'
import { findContent, findDossier, findResultDraft, type Content } from '../dossiers.store.ts'
import { draftResult } from '../papers/build-result.ts'
import { refusal, smallOffice, type SmallOffice } from '../testing/small-office.ts'
import { knownFacts } from './applicant-facts.ts'
import { findOpenChange, listChanges } from './applicant-change.store.ts'
import { confirmChange, declineChange, receiveDecision } from './decide-change.ts'
import { receiveRequest, recordChange, requestChange } from './request-change.ts'

suite('change of the applicant’s data', () => {
let office!: SmallOffice
let node!: Node
before(async () => {
  office = await smallOffice()
  ;({ node } = office)
})
after(() => office.stop())

const content = async (id: string): Promise<Content> => (await findContent(node.db, id))!
const openId = async (id: string): Promise<string> => (await findOpenChange(node.db, id))!.id
const written = { way: 'in-person', ground: 'Tên ghi sai so với thẻ căn cước', facts: { name: 'Nguyễn Thị Đổi Tên', phone: '+84 905 111 222' } }

test('what the applicant tells the desk is written down by one officer, confirmed by another, and used from then on; the old value and the ground stay on record, not in the ledger', async () => {
  const [desk, colleague, who] = [await office.officer('one-stop'), await office.officer('specialist'), await office.person()]
  const id = await office.file(who)
  await acceptDossier(desk.ctx, { dossierId: id })
  const before = await content(id)
  const wrong = await recordChange(desk.ctx, { dossierId: id, way: '', ground: ' ', facts: { phone: '12', email: 'không phải thư' } })
  assert.deepEqual(wrong.map((w) => w.field), ['way', 'phone', 'email', 'ground'])
  assert.deepEqual((await recordChange(desk.ctx, { dossierId: id, way: 'in-person', ground: 'x', facts: {} })).map((w) => w.key), ['dossiers.applicantChange.nothing'])
  assert.deepEqual(await recordChange(desk.ctx, { dossierId: id, ...written, facts: { ...written.facts, citizenId: '052090000001' } }), [])
  const [change] = await listChanges(node.db, id)
  assert.deepEqual(change!.changes.map((c) => [c.fact, c.after]), [['name', 'Nguyễn Thị Đổi Tên'], ['phone', '0905111222']], 'the number that the account proved is nobody else’s')
  assert.deepEqual((await content(id)).answers, before.answers, 'nothing changes before it is confirmed')
  await assert.rejects(recordChange(desk.ctx, { dossierId: id, ...written }), refusal('CHANGE_WAITS'))
  await assert.rejects(confirmChange(desk.ctx, { dossierId: id, changeId: change!.id }), refusal('CHANGE_OWN'))
  await confirmChange(colleague.ctx, { dossierId: id, changeId: change!.id })
  await assert.rejects(confirmChange(colleague.ctx, { dossierId: id, changeId: change!.id }), refusal('CHANGE_MISSING'), 'once')
  const now = await content(id)
  assert.deepEqual([now.applicant.name, now.applicant.phone, now.answers.ownerName], ['Nguyễn Thị Đổi Tên', '0905111222', 'Nguyễn Thị Đổi Tên'])
  assert.match(JSON.stringify(now.summary), /Nguyễn Thị Đổi Tên/)
  assert.equal((await listChanges(node.db, id))[0]!.changes[0]!.before, before.answers.ownerName)
  const events = await listEvents(node.db, id)
  assert.deepEqual(events.filter((e) => /applicant/.test(e.type)).map((e) => [e.type, e.data.fields]), [['applicant.change_requested', ['name', 'phone']], ['dossier.applicant_changed', ['name', 'phone']]])
  assert.ok(!/Đổi Tên|0905111222|thẻ căn cước/.test(JSON.stringify(events.map((e) => e.data))))
  await drainFollowers(node)
  assert.ok((await node.db<{ event: string }[]>`SELECT event FROM notifications.inbox_item WHERE person_id = ${who.id}`).some((n) => n.event === 'dossier-applicant-changed'))
})

test('papers that were issued stay, the unsigned draft says the new name and keeps what the specialist wrote', async () => {
  const [desk, specialist] = [await office.officer('one-stop'), await office.officer('specialist')]
  const id = await office.file()
  await acceptDossier(desk.ctx, { dossierId: id })
  const staff = { 'one-stop': desk, specialist } as const
  for (let n = 0; n < 9 && !(await findResultDraft(node.db, id)); n++) {
    const task = (await listTasks(node.db, { subject: id, open: true }))[0]!
    const { ctx } = staff[task.role as keyof typeof staff]
    await completeStep(ctx, { dossierId: id, taskId: task.id, ...(task.outcomes[0] ? { outcome: task.outcomes[0].value } : {}), ...(task.act === 'draft-result' ? { draft: await draftResult(ctx, (await findDossier(node.db, id))!, {}) } : {}) })
  }
  await node.db`UPDATE dossiers.result_draft SET data = data || '{"remark": "do chuyên viên ghi"}' WHERE dossier_id = ${id}`
  const issued = await listDocuments(node.db, id)
  await recordChange(desk.ctx, { dossierId: id, ...written })
  await confirmChange(specialist.ctx, { dossierId: id, changeId: await openId(id) })
  const draft = (await findResultDraft(node.db, id))!
  assert.match(JSON.stringify(draft.data), /Nguyễn Thị Đổi Tên/i)
  assert.equal(draft.data.remark, 'do chuyên viên ghi')
  assert.deepEqual(await listDocuments(node.db, id), issued)
})

test('sex and the commune of another province change too: the commune by its name, as it is typed in haste; the number must fit, and where the place decides the agency it stays', async () => {
  const [desk, colleague] = [await office.officer('one-stop'), await office.officer('specialist')]
  const id = await office.file()
  const before = (await content(id)).answers
  const record = (facts: object) => recordChange(desk.ctx, { dossierId: id, way: 'in-person', ground: 'Theo thẻ căn cước', facts })
  const other = before.ownerSex === 'male' ? 'female' : 'male'
  const number = String(before.ownerId)
  const fitting = number.slice(0, 3) + String(Number(number[3]) ^ 1) + number.slice(4)
  assert.deepEqual((await record({ sex: other })).map((w) => w.field), ['sex'], 'the number says another sex')
  assert.deepEqual((await record({ province: '01' })).map((w) => [w.field, w.key]), [['commune', 'dossiers.applicantChange.communeUnknown']])
  assert.deepEqual((await record({ phone: '12', province: '01', commune: 'phường Pleiku' })).map((w) => w.field), ['phone', 'commune'], 'which lies elsewhere')
  const page = (await office.get(desk, `/desk/dossiers/${id}/applicant`)).body
  assert.match(page, /<option value="52" selected[^>]*>[^<]*Gia Lai/)
  assert.match(page, /name="commune"[^>]* value="phường Pleiku"/i)
  assert.deepEqual(await record({ sex: other, citizenId: fitting, province: '01', commune: 'BA DINH' }), [])
  assert.match((await office.get(colleague, `/desk/dossiers/${id}/applicant`)).body, /Gia Lai[\s\S]*Hà Nội[\s\S]*Pleiku[\s\S]*Ba Đình/)
  await confirmChange(colleague.ctx, { dossierId: id, changeId: await openId(id) })
  const { answers, applicant } = await content(id)
  assert.deepEqual([answers.ownerSex, answers.ownerId, (answers.ownerAddress as Record<string, string>).province, (answers.ownerAddress as Record<string, string>).commune], [other, fitting, '01', '00004'])
  assert.match(applicant.address!, /Ba Đình, .*Hà Nội/)
  assert.equal((await findDossier(node.db, id))!.agencyCode, office.here, 'whose dossier it is does not follow from where the applicant lives')

  const bound = (await findForm(node.db, 'driving-licence-exchange'))!
  assert.deepEqual(knownFacts(bound, { residence: { province: '52', commune: '23575', street: '1' }, sex: 'male' }, { hasAccount: true }).map(({ fact }) => fact), ['name', 'birthDate', 'sex', 'phone', 'email', 'street'])
})

test('the applicant asks online and reads the answer; others’ desks and people know nothing of it', async () => {
  const [who, stranger, colleague, elsewhere] = [await office.person(), await office.person(), await office.officer('specialist'), await office.officer('specialist', { agencyCode: office.there })]
  const id = await office.file(who)
  const url = `/ho-so/${id}/thay-doi-thong-tin`
  assert.equal((await office.get(stranger, url)).statusCode, 404)
  assert.match((await office.get(who, `/ho-so/${id}`)).body, new RegExp(url))
  assert.match((await office.get(who, url)).body, /name="phone"/)
  assert.doesNotMatch((await office.get(who, url)).body, /name="citizenId"/)
  assert.deepEqual(await requestChange(who.ctx, { dossierId: id, facts: { phone: '0905333444' }, ground: 'Đổi số' }), [])
  await assert.rejects(requestChange(stranger.ctx, { dossierId: id, facts: { phone: '0905333444' }, ground: 'x' }), refusal('NOT_FOUND'))
  assert.match((await office.get(colleague, '/desk/applicant-changes')).body, new RegExp(id))
  assert.doesNotMatch((await office.get(elsewhere, '/desk/applicant-changes')).body, new RegExp(id))
  assert.equal((await office.get(elsewhere, `/desk/dossiers/${id}/applicant`)).statusCode, 404)
  assert.match((await office.get(colleague, `/desk/dossiers/${id}`)).body, /Chờ xác nhận/)
  const change = await openId(id)
  const empty = await office.post(colleague, `/desk/dossiers/${id}/applicant/decline`, [['change', change], ['declineReason', '']])
  assert.equal(empty.statusCode, 400)
  assert.equal((await office.post(colleague, `/desk/dossiers/${id}/applicant/decline`, [['change', change], ['declineReason', 'Số này không liên lạc được']])).statusCode, 303)
  assert.match((await office.get(who, url)).body, /Số này không liên lạc được/)
  assert.notEqual((await content(id)).applicant.phone, '0905333444')
})

test('a mistake in the form comes back with what was typed; after the end nothing can be asked', async () => {
  const [colleague, who] = [await office.officer('specialist'), await office.person()]
  const id = await office.file(who)
  const back = await office.post(colleague, `/desk/dossiers/${id}/applicant`, [['way', 'in-writing'], ['phone', '123'], ['ground', 'Đơn ngày 1']])
  assert.equal(back.statusCode, 400)
  assert.match(back.body, /value="123"/)
  assert.match(back.body, /Đơn ngày 1/)
  await node.db`UPDATE dossiers.dossier SET state = 'finished' WHERE id = ${id}`
  await assert.rejects(recordChange(colleague.ctx, { dossierId: id, ...written }), refusal('NOT_IN_STATE'))
  assert.match((await office.get(colleague, `/desk/dossiers/${id}/applicant`)).body, /đề nghị đính chính/)
})

test('a wish from the node of filing arrives once; one that comes too late is answered; and the decision changes the declaration there too, once', async () => {
  const [colleague, ctx] = [await office.officer('specialist'), systemCtx(node, 'test')]
  const id = await office.file()
  await node.db`UPDATE dossiers.dossier SET origin_node = 'VN' WHERE id = ${id}`
  const message = (from: string, subject: string, payload: unknown) => ({ id: newId(), from, service: 'x', subject, payload, sentAt: node.now() }) as never
  const wish = { id: newId(), changes: [{ fact: 'phone', before: '0900000099', after: '0905555666' }], ground: 'x', askedAt: node.now().toISOString() }
  for (let n = 0; n < 2; n++) await transact(ctx, (tx) => receiveRequest(tx, ctx, message('VN', id, wish)))
  await assert.rejects(transact(ctx, (tx) => receiveRequest(tx, ctx, message('G01', id, wish))), refusal('NOT_FOUND'), 'of the node of filing only')
  assert.equal((await listChanges(node.db, id)).length, 1)
  const sent = async (): Promise<number> => (await node.db<{ n: number }[]>`SELECT count(*)::int AS n FROM exchange.outbox WHERE service = 'dossier.applicant' AND subject = ${id}`)[0]!.n
  await transact(ctx, (tx) => receiveRequest(tx, ctx, message('VN', id, { ...wish, id: newId() })))
  assert.equal(await sent(), 1, 'a second wish is answered')
  await confirmChange(colleague.ctx, { dossierId: id, changeId: wish.id })
  assert.equal(await sent(), 2)
  assert.equal((await content(id)).applicant.phone, '0905555666')

  const mirrored = await office.file()
  await node.db`UPDATE dossiers.dossier SET node_code = 'G01' WHERE id = ${mirrored}`
  const decision = { ...wish, id: newId(), way: 'in-person', decidedAt: node.now().toISOString(), isConfirmed: true, reason: null }
  for (let n = 0; n < 2; n++) await transact(ctx, (tx) => receiveDecision(tx, ctx, message('G01', mirrored, decision)))
  assert.equal((await content(mirrored)).applicant.phone, '0905555666')
  assert.deepEqual((await listEvents(node.db, mirrored)).filter((e) => e.type === 'dossier.applicant_changed').map((e) => e.data.mirrored), [true])
  await assert.rejects(transact(ctx, (tx) => receiveDecision(tx, ctx, message('H99', mirrored, decision))), refusal('NOT_FOUND'))
})

test('a slip that was issued and waits to be typeset is made with the old data', async () => {
  const lazy = await smallOffice({ papers: 'on-demand' })
  try {
    const [desk, colleague] = [await lazy.officer('one-stop'), await lazy.officer('specialist')]
    const id = await lazy.file()
    await acceptDossier(desk.ctx, { dossierId: id })
    await drainFollowers(lazy.node)
    assert.deepEqual((await listDocuments(lazy.node.db, id)).map((d) => d.fileId), [null])
    await recordChange(desk.ctx, { dossierId: id, ...written })
    await confirmChange(colleague.ctx, { dossierId: id, changeId: (await findOpenChange(lazy.node.db, id))!.id })
    assert.notEqual((await listDocuments(lazy.node.db, id))[0]!.fileId, null)
  } finally {
    await lazy.stop()
  }
})

test('no reason, no refusal', async () => {
  const colleague = await office.officer('specialist')
  assert.deepEqual((await declineChange(colleague.ctx, { dossierId: newId(), changeId: newId(), reason: '' })).map((w) => w.field), ['declineReason'])
})
})

import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { findDocument, listDocuments } from '../../documents/index.ts'
import { drainFollowers, listEvents } from '../../ledger/index.ts'
import { listTasks } from '../../process/index.ts'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { completeStep } from '../complete-step.ts'
import { findContent, findDossier } from '../dossiers.store.ts'
import { mirrorEvent, mirrorLetter } from '../mirror-dossier.ts'
import { factsOf } from '../dossier.ts'
import { draftResult } from '../papers/build-result.ts'
import { signResult } from '../sign-result.ts'
import { proposeCorrection } from './propose-correction.ts'
import { findOpenCorrection } from './correction.store.ts'
import { findResultInForce } from './result-in-force.ts'
import { signCorrection } from './sign-correction.ts'
import { refusal, smallOffice, type Sitting, type SmallOffice } from '../testing/small-office.ts'

const birth = '1.001193'

suite('correction of a result', () => {
let office!: SmallOffice
let node!: Node
before(async () => {
  office = await smallOffice()
  ;({ node } = office)
})
after(() => office.stop())

/** A birth registered from the filing to the handed over certificate. */
async function registered(staff: Record<'one-stop' | 'specialist' | 'leader', Sitting>): Promise<{ id: string; accountId: string }> {
  const who = await office.person()
  const id = await office.file(who, { procedure: birth, seed: 3 })
  await acceptDossier(staff['one-stop'].ctx, { dossierId: id })
  for (let task = (await listTasks(node.db, { subject: id, open: true }))[0]; task; task = (await listTasks(node.db, { subject: id, open: true }))[0]) {
    const { ctx } = staff[task.role as keyof typeof staff]
    if (task.act === 'sign') await signResult(ctx, { dossierId: id, taskId: task.id })
    else await completeStep(ctx, { dossierId: id, taskId: task.id, ...(task.outcomes[0] ? { outcome: task.outcomes[0].value } : {}), ...(task.act === 'draft-result' ? { draft: await draftResult(ctx, (await findDossier(node.db, id))!, {}) } : {}) })
  }
  assert.equal((await findDossier(node.db, id))!.state, 'returned')
  return { id, accountId: who.id }
}

test('one wrong answer is put right: proposed by one, signed by another; the new paper takes the place of the old, which says so to whoever verifies it', async () => {
  const staff = { 'one-stop': await office.officer('one-stop'), specialist: await office.officer('specialist'), leader: await office.officer('leader') }
  const { id, accountId } = await registered(staff)
  const { specialist, leader } = staff
  const old = (await findResultInForce(node.db, id))!
  const before = (await findContent(node.db, id))!
  const propose = (change: Partial<Parameters<typeof proposeCorrection>[1]> = {}, who: Sitting = specialist) => proposeCorrection(who.ctx, { dossierId: id, field: 'childName', value: 'Nguyễn Thị Đúng Tên', reason: 'Ghi sai họ của trẻ', draftFields: {}, ...change })
  const [field] = (await office.get(specialist, `/desk/dossiers/${id}`)).body.match(/<option value="childName"/) ?? []
  assert.ok(field, 'the page offers the answer')
  assert.deepEqual((await propose({ field: 'none', value: '', reason: ' ' })).map((w) => w.field), ['field', 'corrected', 'correctionReason'])
  assert.deepEqual((await propose({ value: '12345' })).map((w) => w.field), ['corrected'], 'checked as at filing')
  assert.deepEqual(await propose(), [])
  await assert.rejects(signCorrection(specialist.ctx, { dossierId: id }), refusal('STEP_NOT_YOURS'))
  await signCorrection(leader.ctx, { dossierId: id })
  const now = (await findResultInForce(node.db, id))!
  assert.notEqual(now.id, old.id)
  assert.notEqual(now.number, old.number)
  const replaced = (await findDocument(node.db, old.id))!
  assert.equal(replaced.revokedReason, `Được thay bằng văn bản số ${now.number}. Lý do: Ghi sai họ của trẻ`)
  assert.deepEqual((await findContent(node.db, id))!.answers, before.answers, 'what was declared stays as it was')
  assert.equal(await findOpenCorrection(node.db, id), undefined)
  await assert.rejects(signCorrection(leader.ctx, { dossierId: id }), refusal('CORRECTION_MISSING'), 'once')
  assert.match((await office.get(specialist, `/desk/dossiers/${id}`)).body, /\(đã được thay\)/)
  await drainFollowers(node)
  const notices = await node.db<{ event: string }[]>`SELECT event FROM notifications.inbox_item WHERE person_id = ${accountId}`
  assert.ok(notices.some((n) => n.event === 'dossier-result-corrected'))
  assert.ok(!(await listEvents(node.db, id)).some((e) => JSON.stringify(e.data).includes('Đúng Tên')), 'no event knows the name')
})

test('who proposes a correction never signs it, and nothing is corrected before there is a result', async () => {
  const both = await office.officer('leader')
  const staff = { 'one-stop': await office.officer('one-stop'), specialist: await office.officer('specialist'), leader: both }
  const { id } = await registered(staff)
  assert.deepEqual(await proposeCorrection(both.ctx, { dossierId: id, field: 'childName', value: 'Nguyễn Văn Khác', reason: 'Ghi sai', draftFields: {} }), [])
  await assert.rejects(signCorrection(both.ctx, { dossierId: id }), refusal('SAME_PERSON'))
  const [open] = await node.db<{ id: string }[]>`SELECT id FROM dossiers.dossier WHERE id = ${id}`
  await node.db`UPDATE dossiers.dossier SET state = 'in-progress' WHERE id = ${open!.id}`
  await assert.rejects(proposeCorrection(both.ctx, { dossierId: id, field: 'childName', value: 'Nguyễn Văn Khác', reason: 'Ghi sai', draftFields: {} }), refusal('NOT_IN_STATE'))
})

test('at another node the copy of the old paper is replaced too, once', async () => {
  const staff = { 'one-stop': await office.officer('one-stop'), specialist: await office.officer('specialist'), leader: await office.officer('leader') }
  const { id } = await registered(staff)
  const ctx = systemCtx(node, 'test')
  const mirrored = newId()
  const message = (payload: unknown) => ({ id: newId(), from: 'G01', service: 'x', subject: mirrored, payload, sentAt: node.now() })
  const facts = { ...factsOf((await findDossier(node.db, id))!), node: 'G01', agency: 'G01.08', reference: 'MC-23456-ABCDE', code: null, seq: 1 }
  await transact(ctx, (tx) => mirrorEvent(tx, ctx, message({ type: 'dossier.finished', at: node.now().toISOString(), facts, returnWay: 'online', owner: null, supplement: null, reason: null })))
  const [first, second] = [newId(), newId()]
  const letter = (documentId: string, more = {}) => message({ documentId, kind: 'result', title: 'Kết quả', number: '1', signedAt: null, fileName: 'a.pdf', bytes: Buffer.from(`%PDF-1.7 ${documentId}`).toString('base64'), ...more })
  await transact(ctx, (tx) => mirrorLetter(tx, ctx, letter(first)))
  for (let n = 0; n < 2; n++) await transact(ctx, (tx) => mirrorLetter(tx, ctx, letter(second, { replaces: { documentId: first, reason: 'Được thay bằng văn bản số 2' } })))
  const papers = await listDocuments(node.db, mirrored)
  assert.deepEqual(papers.map((p) => p.revokedReason), ['Được thay bằng văn bản số 2', null])
  assert.equal((await listEvents(node.db, mirrored)).filter((e) => e.type === 'dossier.result_corrected').length, 1)
})
})

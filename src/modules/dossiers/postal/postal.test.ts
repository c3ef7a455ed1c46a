import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { getCurrentProcedure } from '../../catalogue/index.ts'
import { findDocumentByKey } from '../../documents/index.ts'
import { findForm, sampleAnswers } from '../../forms/index.ts'
import type { OfficerCtx } from '../../identity/index.ts'
import { listEvents } from '../../ledger/index.ts'
import { listTasks } from '../../process/index.ts'
import { civilDate } from '../../../platform/i18n.ts'
import type { Node } from '../../../platform/node.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { completeStep } from '../complete-step.ts'
import { findDossier } from '../dossiers.store.ts'
import { draftResult } from '../papers/build-result.ts'
import { signResult } from '../sign-result.ts'
import { business, pleiku, refusal, smallOffice, type Sitting, type SmallOffice } from '../testing/small-office.ts'
import { endDelegation, giveDelegation } from './delegation.ts'
import { deliverResult } from './deliver-result.ts'
import { giveToDesk, giveToPost } from './hand-over-list.ts'
import { postalJobs, postalMinutesKey, postalMinutesQueue } from './issue-list.ts'
import { findDelivery, listDelegations, listInHand, listItems } from './postal.store.ts'
import { takeList } from './take-list.ts'

const card = '052090000092||Hồ Văn Gửi Hồ Sơ|12031990|Nam|27 đường Wừu, Pleiku, Gia Lai|01012024||'

suite('postal staff at the desk', () => {
let office!: SmallOffice
let node!: Node
let [desk, specialist, leader, post] = [] as unknown as [Sitting, Sitting, Sitting, Sitting]
before(async () => {
  office = await smallOffice()
  ;({ node } = office)
  ;[desk, specialist, leader, post] = [await office.officer('one-stop'), await office.officer('specialist'), await office.officer('leader'), await office.officer('postal-staff')]
})
after(() => office.stop())

const of = (who: Sitting): OfficerCtx => who.ctx as OfficerCtx
const today = (): string => civilDate(node.now())
const delegation = (who: Sitting, change: Partial<Parameters<typeof giveDelegation>[1]> = {}) => ({ officerId: who.id, acts: ['receive', 'return'], from: today(), to: '2099-12-31', basis: 'Hợp đồng số 5/2026', ...change })

async function filedBy(who: Sitting): Promise<string> {
  const visit = String((await office.post(who, '/desk/reception', [['channel', 'desk'], ['query', card]])).headers.location)
  const draft = /drafts\/([^/]+)\//.exec(String((await office.post(who, `${visit}/drafts`, [['procedure', business]])).headers.location))![1]!
  const procedure = (await getCurrentProcedure(node.db, business, node.now()))!
  const form = (await findForm(node.db, procedure.content.service!.formKey))!
  const answers = sampleAnswers(form, 5, { now: node.now(), fixed: { founder: 'individual', ownerId: '052090000092', ownerBirthDate: '1990-03-12', ownerSex: 'male' }, communes: [{ code: pleiku, province: '52' }] })
  await node.db`UPDATE dossiers.draft SET answers = ${node.db.json(answers as never)}, visited = ${node.db.json(form.definition.pages.map((p) => p.id))} WHERE id = ${draft}`
  assert.doesNotMatch((await office.get(who, `${visit}/drafts/${draft}/check`)).body, /Nộp và tiếp nhận ngay/)
  const filed = await office.post(who, `${visit}/drafts/${draft}/check`, [['returnWay', 'desk']])
  assert.equal(filed.statusCode, 303, filed.body)
  return (await node.db<{ id: string }[]>`SELECT dossier_id AS id FROM dossiers.draft WHERE id = ${draft}`)[0]!.id
}

/** From acceptance to the signed result, which waits to be returned. */
async function finish(id: string): Promise<void> {
  await acceptDossier(desk.ctx, { dossierId: id })
  const staff = { 'one-stop': desk, specialist, leader } as const
  for (let n = 0; n < 12 && (await findDossier(node.db, id))!.state !== 'finished'; n++) {
    const task = (await listTasks(node.db, { subject: id, open: true }))[0]!
    const { ctx } = staff[task.role as keyof typeof staff]
    if (task.act === 'sign') await signResult(ctx, { dossierId: id, taskId: task.id })
    else await completeStep(ctx, { dossierId: id, taskId: task.id, ...(task.outcomes[0] ? { outcome: task.outcomes[0].value } : {}), ...(task.act === 'draft-result' ? { draft: await draftResult(ctx, (await findDossier(node.db, id))!, {}) } : {}) })
  }
}

test('without a delegation in force postal staff take in nothing; the leader gives one with its basis and its days, and ends it', async () => {
  const refused = await office.post(post, '/desk/reception', [['channel', 'desk'], ['query', card]])
  assert.equal(refused.statusCode, 400)
  assert.match(refused.body, /không có ủy quyền nào cho việc này/)
  const wrong = await giveDelegation(leader.ctx, { officerId: desk.id, acts: ['decide'], from: undefined, to: '2020-01-01', basis: ' ' })
  assert.deepEqual(wrong.map((w) => w.field), ['officer', 'acts', 'from', 'to', 'basis'], 'only postal staff, only what may be delegated')
  assert.deepEqual(await giveDelegation(leader.ctx, delegation(post, { from: '2099-01-01' })), [])
  assert.equal((await office.post(post, '/desk/reception', [['channel', 'desk'], ['query', card]])).statusCode, 400, 'not begun yet')
  assert.deepEqual(await giveDelegation(leader.ctx, delegation(post)), [])
  const shown = await office.get(leader, '/desk/postal-delegations')
  assert.match(shown.body, /Hợp đồng số 5\/2026/)
  assert.equal((await office.get(desk, '/desk/postal-delegations')).statusCode, 403)
  const back = await office.post(leader, '/desk/postal-delegations', [['officer', post.id], ['basis', 'Quyết định 9'], ['acts', 'return']])
  assert.equal(back.statusCode, 400)
  assert.match(back.body, /value="Quyết định 9"/)
  const elsewhere = await office.officer('leader', { agencyCode: office.there })
  const [given] = await listDelegations(node.db, office.here)
  await assert.rejects(endDelegation(elsewhere.ctx, given!.id), refusal('NOT_FOUND'))
})

test('what postal staff take in waits for the desk to accept, is handed over on a list that both sides sign, and what was not in the bag stays with who gave', async () => {
  const [first, second] = [await filedBy(post), await filedBy(post)]
  const dossier = (await findDossier(node.db, first))!
  assert.deepEqual([dossier.state, dossier.code], ['new', null], 'they accept nothing')
  assert.equal((await office.get(post, `/desk/dossiers/${first}`)).statusCode, 403)
  assert.equal((await office.get(post, '/desk')).headers.location, '/desk/post')
  assert.match((await office.get(post, '/desk/post')).body, new RegExp(dossier.reference))
  const stranger = await office.officer('postal-staff')
  assert.doesNotMatch((await office.get(stranger, '/desk/post')).body, new RegExp(dossier.reference))
  assert.ok('errors' in await giveToDesk(of(stranger), { dossierIds: [first] }), 'nobody hands over what a colleague has')

  const made = await giveToDesk(of(post), { dossierIds: [first, second] })
  assert.ok('listId' in made)
  assert.equal((await listInHand(node.db, post.id)).length, 0)
  assert.ok('errors' in await giveToDesk(of(post), { dossierIds: [first] }), 'handed over once')
  const url = `/desk/post/lists/${made.listId}`
  for (const who of [stranger, await office.officer('one-stop', { agencyCode: office.there })]) assert.equal((await office.get(who, url)).statusCode, 404)
  await assert.rejects(takeList(of(post), { listId: made.listId, there: [first] }), refusal('NOT_FOUND'), 'nobody signs for both sides')
  assert.match((await office.get(desk, '/desk/with-post')).body, new RegExp(url))
  assert.equal((await office.post(desk, `${url}/take`, [['there', first]])).statusCode, 303)
  await assert.rejects(takeList(of(desk), { listId: made.listId, there: [second] }), refusal('LIST_TAKEN'))
  assert.deepEqual((await listItems(node.db, made.listId)).map((i) => [i.dossierId, i.isThere]).sort(), [[first, true], [second, false]].sort())
  assert.deepEqual((await listInHand(node.db, post.id)).map((one) => one.dossierId), [second])
  await postalJobs[postalMinutesQueue]!(node, { listId: made.listId }, {} as never)
  await postalJobs[postalMinutesQueue]!(node, { listId: made.listId }, {} as never)
  const paper = (await findDocumentByKey(node.db, postalMinutesKey(made.listId)))!
  assert.match((await node.files.get(paper.fileId!)).toString('latin1'), /\/ByteRange/, 'sealed')
  assert.equal((await office.get(post, `${url}/paper`)).statusCode, 200)
  assert.deepEqual((await listEvents(node.db, made.listId)).map((e) => e.type), ['postal.list_given', 'postal.list_taken'])
})

test('a result is given to who may return it, signed for, delivered once, and the dossier is returned; what cannot be delivered goes back', async () => {
  const [given, undeliverable] = [await office.file(), await office.file()]
  for (const id of [given, undeliverable]) await finish(id)
  assert.match((await office.get(desk, '/desk/with-post')).body, new RegExp((await findDossier(node.db, given))!.code!))
  const nobody = await office.officer('postal-staff')
  assert.deepEqual(await giveToPost(of(desk), { dossierIds: [given], officerId: nobody.id }), { errors: [{ field: 'officer', key: 'dossiers.postal.officerNotDelegated' }] })
  const made = await giveToPost(of(desk), { dossierIds: [given, undeliverable], officerId: post.id })
  assert.ok('listId' in made)
  assert.ok('errors' in await giveToPost(of(desk), { dossierIds: [given], officerId: post.id }), 'given once')
  await assert.rejects(deliverResult(of(post), { dossierId: given, recipient: 'Hồ Văn Gửi Hồ Sơ' }), refusal('NOT_FOUND'), 'not before it is signed for')
  await takeList(of(post), { listId: made.listId, there: [given, undeliverable] })
  const typed = await office.post(post, `/desk/post/results/${given}`, [['recipient', '']])
  assert.equal(typed.statusCode, 400)
  await assert.rejects(deliverResult(of(nobody), { dossierId: given, recipient: 'x' }), refusal('NOT_DELEGATED'))
  assert.deepEqual(await deliverResult(of(post), { dossierId: given, recipient: 'Hồ Thị Nhận Thay' }), [])
  assert.equal((await findDossier(node.db, given))!.state, 'returned')
  assert.equal((await findDelivery(node.db, given))!.recipient, 'Hồ Thị Nhận Thay')
  const returned = (await listEvents(node.db, given)).find((e) => e.type === 'dossier.returned')!
  assert.equal(returned.actor, `officer:${post.id}`)
  assert.ok(!JSON.stringify((await listEvents(node.db, given)).map((e) => e.data)).includes('Nhận Thay'))
  await assert.rejects(deliverResult(of(post), { dossierId: given, recipient: 'x' }), refusal('NOT_FOUND'), 'once')

  const back = await giveToDesk(of(post), { dossierIds: [undeliverable] })
  assert.ok('listId' in back)
  await takeList(of(desk), { listId: back.listId, there: [undeliverable] })
  assert.ok('listId' in await giveToPost(of(desk), { dossierIds: [undeliverable], officerId: post.id }), 'it may go out again')
})

test('a delegation that has ended delivers nothing more, but what is in hand still goes to the desk', async () => {
  const id = await office.file()
  await finish(id)
  const made = await giveToPost(of(desk), { dossierIds: [id], officerId: post.id })
  assert.ok('listId' in made)
  await takeList(of(post), { listId: made.listId, there: [id] })
  for (const d of await listDelegations(node.db, office.here)) await endDelegation(leader.ctx, d.id)
  await assert.rejects(deliverResult(of(post), { dossierId: id, recipient: 'x' }), refusal('NOT_DELEGATED'))
  assert.ok('listId' in await giveToDesk(of(post), { dossierIds: [id] }))
})
})

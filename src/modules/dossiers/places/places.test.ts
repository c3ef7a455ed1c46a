import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { OfficerCtx } from '../../identity/index.ts'
import { listEvents } from '../../ledger/index.ts'
import { listTasks } from '../../process/index.ts'
import { transact } from '../../../platform/ctx.ts'
import type { Node } from '../../../platform/node.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { completeStep } from '../complete-step.ts'
import { findDossier } from '../dossiers.store.ts'
import { draftResult } from '../papers/build-result.ts'
import { saveReturnChoice } from '../return-way/return-choice.ts'
import { signResult } from '../sign-result.ts'
import { dienHong, refusal, smallOffice, type Sitting, type SmallOffice } from '../testing/small-office.ts'
import { listServed } from './places.store.ts'
import { receiveFiled } from './receive-filed.ts'
import { returnHere } from './return-here.ts'

const birth = '1.001193'

suite('helped here, received there, decided elsewhere, returned anywhere', () => {
let office!: SmallOffice
let node!: Node
let [desk, staff] = [] as unknown as [Sitting, Record<'one-stop' | 'specialist' | 'leader', Sitting>]
before(async () => {
  office = await smallOffice()
  ;({ node } = office)
  const there = { agencyCode: office.there }
  desk = await office.officer('one-stop')
  staff = { 'one-stop': await office.officer('one-stop', there), specialist: await office.officer('specialist', there), leader: await office.officer('leader', there) }
})
after(() => office.stop())

const of = (who: Sitting): OfficerCtx => who.ctx as OfficerCtx
const filed = async (): Promise<{ id: string; reference: string }> => {
  const id = await office.file(await office.person(), { procedure: birth, placeCode: dienHong, seed: 3 })
  return { id, reference: (await findDossier(node.db, id))!.reference }
}

async function finish(id: string): Promise<void> {
  if (!(await findDossier(node.db, id))!.receivedAt) await acceptDossier(staff['one-stop'].ctx, { dossierId: id })
  for (let n = 0; n < 12 && (await findDossier(node.db, id))!.state !== 'finished'; n++) {
    const task = (await listTasks(node.db, { subject: id, open: true }))[0]!
    const { ctx } = staff[task.role as keyof typeof staff]
    if (task.act === 'sign') await signResult(ctx, { dossierId: id, taskId: task.id })
    else await completeStep(ctx, { dossierId: id, taskId: task.id, ...(task.outcomes[0] ? { outcome: task.outcomes[0].value } : {}), ...(task.act === 'draft-result' ? { draft: await draftResult(ctx, (await findDossier(node.db, id))!, {}) } : {}) })
  }
}

test('who shows the reference at any desk is received there: code and clock are the deciding agency’s, both places stand on record, and the desk sees no more of it', async () => {
  const { id, reference } = await filed()
  assert.equal((await office.get(desk, '/desk/receive-filed?q=MC-22222-22222')).statusCode, 400)
  const shown = await office.get(desk, `/desk/receive-filed?q=${reference.toLowerCase()}`)
  assert.match(shown.body, /Nguyễn Văn Thử Nghiệm/)
  const done = await office.post(desk, '/desk/receive-filed', [['reference', reference]])
  assert.match(done.body, /Đã tiếp nhận hồ sơ/)
  const dossier = (await findDossier(node.db, id))!
  assert.deepEqual([dossier.state, dossier.agencyCode, dossier.code!.startsWith(`${office.there}-`)], ['received', office.there, true])
  assert.deepEqual((await listServed(node.db, id)).map((s) => [s.what, s.agencyCode]), [['receipt', office.here]])
  assert.equal((await office.get(desk, `/desk/dossiers/${id}`)).statusCode, 404)
  assert.match((await office.get(staff['one-stop'], `/desk/dossiers/${id}`)).body, /Nơi tiếp nhận/)
  assert.ok((await listEvents(node.db, id)).some((e) => e.type === 'reception.received_elsewhere' && e.data.agency === office.here))
  await assert.rejects(receiveFiled(of(desk), { reference }), refusal('NOT_FOUND'), 'once')
})

test('where the procedure binds receipt to the place, another desk is told whose it is; and it is the whole reference or nothing', async () => {
  const { reference } = await filed()
  await assert.rejects(receiveFiled(of(desk), { reference: reference.slice(0, 8) }), refusal('NOT_FOUND'))
  const [bound] = await node.db<{ code: string }[]>`SELECT code FROM catalogue.procedure_version WHERE content -> 'service' ->> 'formKey' IS NOT NULL AND content ->> 'filingScope' = 'competent-office' AND content -> 'service' -> 'competence' ->> 'level' = 'commune' AND content -> 'service' -> 'competence' ->> 'kind' IS NULL LIMIT 1`
  assert.ok(bound, 'the catalogue has one')
  const id = await office.file(await office.person(), { procedure: bound.code, placeCode: dienHong, seed: 3 })
  const other = (await findDossier(node.db, id))!
  const told = await office.get(desk, `/desk/receive-filed?q=${other.reference}`)
  assert.equal(told.statusCode, 400)
  assert.match(told.body, /chỉ nhận trong phạm vi địa giới/)
  assert.doesNotMatch(told.body, /Nguyễn Văn Thử Nghiệm/)
  await assert.rejects(receiveFiled(of(desk), { reference: other.reference }), refusal('NOT_RECEIVED_HERE'))
})

test('the result is handed out at the desk that the person chose, once, with the name of who signed for it; other desks do not see it', async () => {
  const { id } = await filed()
  await transact(desk.ctx, (tx) => saveReturnChoice(tx, id, { way: 'desk', deskCode: office.here, recipient: null }, node.now()))
  await assert.rejects(returnHere(of(desk), { dossierId: id, recipient: 'x' }), refusal('NOT_FOUND'), 'not before there is a result')
  await finish(id)
  const list = await office.get(desk, '/desk/returns')
  assert.match(list.body, new RegExp(id))
  const third = await office.officer('one-stop', { agencyCode: 'H21' })
  assert.equal((await office.get(third, `/desk/returns/${id}`)).statusCode, 404)
  const page = await office.get(desk, `/desk/returns/${id}`)
  const paper = /\/desk\/returns\/[^/]+\/papers\/[\w-]+/.exec(page.body)![0]
  assert.equal((await office.get(desk, paper)).headers['content-type'], 'application/pdf')
  const empty = await office.post(desk, `/desk/returns/${id}`, [['recipient', ' ']])
  assert.equal(empty.statusCode, 400)
  assert.equal((await office.post(desk, `/desk/returns/${id}`, [['recipient', 'Nguyễn Thị Ký Nhận']])).statusCode, 303)
  assert.equal((await findDossier(node.db, id))!.state, 'returned')
  assert.deepEqual((await listServed(node.db, id)).map((s) => [s.what, s.agencyCode]), [['return', office.here]])
  assert.ok(!JSON.stringify((await listEvents(node.db, id)).map((e) => e.data)).includes('Ký Nhận'))
  await assert.rejects(returnHere(of(desk), { dossierId: id, recipient: 'x' }), refusal('NOT_FOUND'))
})
})

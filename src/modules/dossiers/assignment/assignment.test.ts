import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { getCurrentProcedure } from '../../catalogue/index.ts'
import { findDocumentByKey } from '../../documents/index.ts'
import { findForm, sampleAnswers } from '../../forms/index.ts'
import { listEvents } from '../../ledger/index.ts'
import { getTask, listTasks, type Task } from '../../process/index.ts'
import { systemCtx } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { submitDossier } from '../submit-dossier.ts'
import { assignStep } from './assign-step.ts'
import { findHandover } from './assignment.store.ts'
import { handOver } from './hand-over.ts'
import { minutesJobs, minutesKey, minutesQueue } from './issue-minutes.ts'
import { releaseStep } from './release-step.ts'
import { takeStep } from './take-step.ts'
import { business, refusal, smallOffice, type Sitting, type SmallOffice } from '../testing/small-office.ts'

suite('who does which step', () => {
let office!: SmallOffice
let there = ''
let node!: Node
before(async () => {
  office = await smallOffice()
  ;({ node, there } = office)
})
after(() => office.stop())

/** A received dossier and its open step for specialists. */
async function received(desk: Sitting): Promise<{ dossierId: string; taskId: string; task: Task }> {
  const id = await office.file()
  await acceptDossier(desk.ctx, { dossierId: id })
  const task = (await listTasks(node.db, { subject: id, open: true })).find((one) => one.role === 'specialist')!
  return { dossierId: id, taskId: task.id, task }
}
const holder = async (taskId: string): Promise<string | null> => (await getTask(node.db, taskId))!.assignee

test('a step is taken once, given back by who has it, and assigned by who leads: to those whose roles reach it', async () => {
  const [desk, one, two, leader, elsewhere, otherLeader] = [await office.officer('one-stop'), await office.officer('specialist'), await office.officer('specialist'), await office.officer('leader'), await office.officer('specialist', { agencyCode: there }), await office.officer('leader', { agencyCode: there })]
  const ref = await received(desk)
  await assert.rejects(takeStep(desk.ctx, ref), refusal('STEP_NOT_YOURS'))
  await assert.rejects(takeStep(elsewhere.ctx, ref), refusal('NOT_FOUND'))
  await takeStep(one.ctx, ref)
  await assert.rejects(takeStep(two.ctx, ref), refusal('STEP_TAKEN'))
  await assert.rejects(releaseStep(two.ctx, ref), refusal('STEP_NOT_YOURS'))
  await releaseStep(one.ctx, ref)
  assert.equal(await holder(ref.taskId), null)
  await assert.rejects(assignStep(one.ctx, { ...ref, officerId: two.id }), refusal('STEP_NOT_YOURS'), 'colleagues do not order each other')
  await assert.rejects(assignStep(otherLeader.ctx, { ...ref, officerId: two.id }), refusal('NOT_FOUND'))
  for (const officerId of [desk.id, elsewhere.id]) await assert.rejects(assignStep(leader.ctx, { ...ref, officerId }), refusal('NO_CANDIDATE'))
  await assignStep(leader.ctx, { ...ref, officerId: two.id })
  assert.equal(await holder(ref.taskId), two.id)
  assert.ok((await listEvents(node.db, ref.dossierId)).some((e) => e.type === 'process.task_assigned' && e.data.assignee === two.id))
})

test('a hand-over takes what is one’s own, says why the rest stays, and leaves sealed minutes that only the two and their leader read', async () => {
  const [desk, from, to, stranger, leader] = [await office.officer('one-stop'), await office.officer('specialist'), await office.officer('specialist'), await office.officer('specialist'), await office.officer('leader')]
  const [own, free, strangers] = [await received(desk), await received(desk), await received(desk)]
  await takeStep(from.ctx, own)
  await takeStep(stranger.ctx, strangers)
  const { id, refused } = await handOver(from.ctx, { steps: [own, free, strangers], officerId: to.id, reason: 'Đi học từ ngày mai' })
  assert.deepEqual([...refused].map(([task, why]) => [task, why.code]), [[strangers.taskId, 'STEP_NOT_YOURS']])
  assert.deepEqual([await holder(own.taskId), await holder(free.taskId), await holder(strangers.taskId)], [to.id, to.id, stranger.id])
  const handover = (await findHandover(node.db, id!))!
  assert.deepEqual([handover.items.length, handover.reason, handover.items[0]!.state], [2, 'Đi học từ ngày mai', 'received'])
  await minutesJobs[minutesQueue]!(node, { handoverId: id! }, {} as never)
  await minutesJobs[minutesQueue]!(node, { handoverId: id! }, {} as never)
  const minutes = (await findDocumentByKey(node.db, minutesKey(id!)))!
  assert.match((await node.files.get(minutes.fileId!)).toString('latin1'), /\/ByteRange/, 'sealed')
  for (const who of [from, to, leader]) assert.equal((await office.get(who, `/desk/handovers/${id}`)).statusCode, 200)
  for (const url of [`/desk/handovers/${id}`, `/desk/handovers/${id}/minutes`]) assert.equal((await office.get(stranger, url)).statusCode, 404)
  assert.equal((await handOver(from.ctx, { steps: [strangers], officerId: to.id, reason: 'x' })).id, undefined, 'nothing handed over, no minutes')
  assert.ok(!(await listEvents(node.db, id!)).some((e) => JSON.stringify(e.data).includes('Đi học')), 'the reason is in no event')
})

test('an action over many rows does what it can and says of each row what was done or why not; the report is its officer’s', async () => {
  const [desk, one, two] = [await office.officer('one-stop'), await office.officer('specialist'), await office.officer('specialist')]
  const [good, gone] = [await office.file(), await office.file()]
  await acceptDossier(desk.ctx, { dossierId: gone })
  const reply = await office.post(desk, '/desk/bulk?view=incoming', [['action', 'accept'], ['row', `${good}:`], ['row', `${gone}:`], ['row', `${newId()}:`]])
  assert.equal(reply.statusCode, 303, reply.body)
  const report = await office.get(desk, String(reply.headers.location))
  assert.match(report.body, /Đã làm 1 trên 3 hồ sơ/)
  assert.match(report.body, /Hồ sơ đã chuyển trạng thái/)
  assert.match(report.body, /Không tìm thấy hồ sơ/)
  assert.equal((await office.get(one, String(reply.headers.location))).statusCode, 404)

  const [a, b] = [await received(desk), await received(desk)]
  await takeStep(two.ctx, b)
  const taken = await office.post(one, '/desk/bulk', [['action', 'take'], ['row', `${a.dossierId}:${a.taskId}`], ['row', `${b.dossierId}:${b.taskId}`]])
  assert.match((await office.get(one, String(taken.headers.location))).body, /Cán bộ khác đang giữ bước này/)
  assert.deepEqual([await holder(a.taskId), await holder(b.taskId)], [one.id, two.id])
  await node.db`UPDATE process.task SET outcomes = '[{"value": "yes", "name": {"vi": "Đạt", "en": "Yes"}}]' WHERE id = ${a.taskId}`
  const decided = await office.post(one, '/desk/bulk', [['action', 'complete'], ['row', `${a.dossierId}:${a.taskId}`]])
  assert.match((await office.get(one, String(decided.headers.location))).body, /Bước này cần kết luận/, 'what is to be decided is not decided in bulk')
  const back = await office.post(one, '/desk/bulk', [['action', 'release'], ['from', 'dossier'], ['row', `${a.dossierId}:${a.taskId}`]])
  assert.equal(back.headers.location, `/desk/dossiers/${a.dossierId}`)
})

test('a mistake in the form over the rows keeps what was chosen', async () => {
  const [desk, one] = [await office.officer('one-stop'), await office.officer('specialist')]
  const ref = await received(desk)
  const empty = await office.post(one, '/desk/bulk?view=tasks', [])
  assert.equal(empty.statusCode, 400)
  assert.match(empty.body, /Chọn ít nhất một dòng/)
  const nobody = await office.post(one, '/desk/bulk?view=tasks&who=nobody', [['action', 'hand-over'], ['row', `${ref.dossierId}:${ref.taskId}`]])
  assert.equal(nobody.statusCode, 400)
  assert.match(nobody.body, new RegExp(`value="${ref.dossierId}:${ref.taskId}" checked`))
  assert.match(nobody.body, /Chọn cán bộ nhận việc/)
})

test('filters stand in the address: urgency, step, procedure, officer; the leader sees the team’s steps, others do not', async () => {
  const [desk, one, leader] = [await office.officer('one-stop'), await office.officer('specialist'), await office.officer('leader')]
  const [mine, late] = [await received(desk), await received(desk)]
  for (const task of await listTasks(node.db, { subject: mine.dossierId, open: true })) if (task.role === 'specialist') await takeStep(one.ctx, { dossierId: mine.dossierId, taskId: task.id })
  await node.db`UPDATE process.task SET due_at = ${new Date(node.now().getTime() - 3_600_000)} WHERE id = ${late.taskId}`
  const shows = async (who: Sitting, query: string, ref: { dossierId: string }): Promise<boolean> => (await office.get(who, `/desk?${query}`)).body.includes(`/desk/dossiers/${ref.dossierId}"`)
  const table: [string, boolean, boolean][] = [
    ['view=tasks&who=me', true, false], ['view=tasks&who=nobody', false, true], ['view=tasks&due=late', false, true], ['view=tasks&due=today', false, true], [`view=tasks&step=${mine.task.act}`, true, true], ['view=tasks&step=return', false, false],
    [`view=tasks&procedure=${business}&who=me`, true, false], ['view=tasks&procedure=1.001193', false, false],
  ]
  for (const [query, showsMine, showsLate] of table) assert.deepEqual([await shows(one, query, mine), await shows(one, query, late)], [showsMine, showsLate], query)
  assert.equal(await shows(leader, `view=team&who=${one.id}`, mine), true)
  assert.equal(await shows(one, `view=team&who=${one.id}&due=week`, mine), true, 'who leads nobody is shown his own steps')
  assert.doesNotMatch((await office.get(one, '/desk?view=team')).body, /view=team"/)
  const next = await office.get(one, '/desk?view=tasks&who=me&page=9')
  assert.equal(next.statusCode, 200)
})

test('the leader’s page counts what is late and due today, by officer, unit and step, each a link to what it counts', async () => {
  const [desk, one, leader, head] = [await office.officer('one-stop', { agencyCode: there }), await office.officer('specialist', { agencyCode: there }), await office.officer('leader', { agencyCode: there }), await office.officer('unit-head', { agencyCode: there })]
  const before = await office.get(leader, '/desk/workload')
  assert.match(before.body, /Không có bước nào đang mở/)
  for (let n = 0; n < 3; n++) {
    const procedure = (await getCurrentProcedure(node.db, business, node.now()))!
    const form = (await findForm(node.db, procedure.content.service!.formKey))!
    const { id } = await submitDossier(systemCtx(node, 'test'), { procedure, form: { key: form.definition.key, version: form.definition.version }, answers: sampleAnswers(form, 5, { fixed: { founder: 'individual' } }), applicant: { name: 'x', idNumber: '052090000099' }, files: [], placeCode: '23563', returnWay: 'desk', channel: 'online', filingKey: newId() })
    await acceptDossier(desk.ctx, { dossierId: id })
    const task = (await listTasks(node.db, { subject: id, open: true })).find((t) => t.role === 'specialist')!
    if (n < 2) await takeStep(one.ctx, { dossierId: id, taskId: task.id })
    if (n === 0) await node.db`UPDATE process.task SET due_at = ${new Date(node.now().getTime() - 60_000)} WHERE id = ${task.id}`
  }
  const shown = (await office.get(leader, '/desk/workload')).body
  assert.match(shown, new RegExp(`who=${one.id}"[^>]*>${one.name}</a>[\\s\\S]*?mc-bars__value[^>]*>2<`))
  assert.match(shown, /view=team&amp;due=late"[^>]*><span class="mc-number__value">1</)
  assert.match(shown, /Dồn nhiều nhất ở bước/)
  assert.equal((await office.get(one, '/desk/workload')).statusCode, 403)
  assert.match((await office.get(head, '/desk/workload')).body, /Không có bước nào đang mở/, 'a head without a unit heads nobody')
})
})

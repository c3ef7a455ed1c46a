import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCtx } from '../../../../platform/ctx.ts'
import { isRefusal } from '../../../../platform/errors.ts'
import { lifeNode, type LifeNode } from '../testing/life-node.ts'
import { answerProblem, closeProblem, informParties, takeProblem } from './handle-problem.ts'
import { listProblems } from './list-problems.ts'
import { findProblemByReference, listMessages, openStatement } from './problem.ts'
import { reportProblem, type ProblemInput } from './report-problem.ts'

const input: ProblemInput = { kind: 'log-in', words: 'Không nhận được mã xác nhận từ hôm qua', contact: '0912345678', idNumber: '', source: '10.0.0.1' }

async function report(life: LifeNode, change: Partial<ProblemInput> = {}) {
  const outcome = await reportProblem(createCtx(life.node), { ...input, ...change })
  assert.equal(outcome.kind, 'made')
  return (await findProblemByReference(life.node.db, (outcome as { reference: string }).reference))!
}

test('a report gets a number, two clocks run, and every step is an event and a message', async (t) => {
  const life = await lifeNode(t, '2026-11-27T16:59')
  const { id, informBy, reference } = await report(life)
  assert.equal(informBy.toISOString(), '2026-11-28T09:59:00.000Z', 'twenty-four hours by the clock, over a weekend too')
  life.at('2026-11-27T17:30')
  await takeProblem(life.asOfficer(), id)
  assert.equal((await findProblemByReference(life.node.db, reference))!.resultBy!.toISOString(), '2026-11-29T10:30:00.000Z', 'forty-eight hours from formal handling')
  await informParties(life.asOfficer(), id, 'Công an phường, nhà mạng')
  await answerProblem(life.asOfficer(), id, 'Đang kiểm tra với nhà mạng.')
  await closeProblem(life.asOfficer(), id, { outcome: 'corrected', words: 'Đã mở lại đầu số gửi tin.' })
  assert.deepEqual(await life.events(id), ['problem_reported', 'problem_taken', 'problem_parties_informed', 'problem_answered', 'problem_closed'])
  assert.equal((await life.messages(`sms:identity.problem:${id}%`)).length, 5)
  await assert.rejects(informParties(life.asOfficer(), id, 'Thêm nữa'), (e) => isRefusal(e, 'PROBLEM_CLOSED'))
  life.at('2026-12-05T00:00')
  await life.work()
  assert.ok(!(await life.events(id)).includes('problem_overdue'), 'what is closed is never late')
})

test('each clock speaks at its exact end, once, and the overdue stand first', async (t) => {
  const life = await lifeNode(t)
  const late = await report(life)
  life.at('2026-11-27T09:01')
  const soon = await report(life)
  life.at('2026-11-28T08:59:59')
  await life.work()
  assert.deepEqual(await life.events(late.id), ['problem_reported'])
  life.at('2026-11-28T09:00:00')
  await life.work()
  await life.work()
  assert.deepEqual(await life.events(late.id), ['problem_reported', 'problem_overdue'])
  assert.equal((await life.messages(`sms:identity.problem:${late.id}:late%`)).length, 1, 'who reported it is told')
  const queue = await listProblems(life.node.db, {}, life.node.now())
  assert.deepEqual([queue.rows.map((p) => p.id), queue.late], [[late.id, soon.id], 1])
  await informParties(life.asOfficer(), soon.id, 'Công an phường')
  life.at('2026-11-28T09:01:00')
  await life.work()
  assert.ok(!(await life.events(soon.id)).includes('problem_overdue'), 'told in time')
  life.at('2026-11-30T08:59:59')
  await life.work()
  assert.ok(!(await life.events(soon.id)).includes('problem_overdue'))
  life.at('2026-11-30T09:00:00')
  await life.work()
  assert.ok((await life.events(soon.id)).includes('problem_overdue'), 'formal handling began when those concerned were told')
})

test('what was said cannot be read from the database, and closing needs formal handling', async (t) => {
  const life = await lifeNode(t)
  const problem = await report(life, { idNumber: '052090000011' })
  assert.deepEqual(openStatement(life.node, problem), { words: input.words, contact: input.contact, idNumber: '052090000011' })
  await assert.rejects(closeProblem(life.asOfficer(), problem.id, { outcome: 'secured', words: 'Đã xong việc.' }), (e) => isRefusal(e, 'PROBLEM_NOT_TAKEN'))
  await answerProblem(life.asOfficer(), problem.id, 'Xin chờ thêm.')
  assert.equal((await listMessages(life.node.db, life.node, problem.id))[0]!.words, 'Xin chờ thêm.')
  const dump = JSON.stringify([await life.database.owner`SELECT * FROM identity.account_problem`, await life.database.owner`SELECT * FROM identity.account_problem_message`, await life.database.owner`SELECT * FROM ledger.event`])
  for (const said of ['Không nhận', '0912345678', '052090000011', 'Xin chờ']) assert.ok(!dump.includes(said), said)
})

test('everybody gets the same answer, whatever number is given, and one address cannot flood the queue', async (t) => {
  const life = await lifeNode(t)
  await life.openAccount('052090000011')
  const [a, b] = [await report(life, { idNumber: '052090000011' }), await report(life, { idNumber: '001099000099' })]
  assert.deepEqual([a.accountId, b.accountId], [null, null], 'nothing is looked up')
  for (let i = 0; i < 17; i++) await report(life)
  await reportProblem(createCtx(life.node), input)
  assert.equal((await reportProblem(createCtx(life.node), input)).kind, 'wait')
  assert.deepEqual((await reportProblem(createCtx(life.node), { ...input, kind: 'x', words: 'ngắn', contact: 'a', idNumber: '1' }) as { errors: { field: string }[] }).errors.map((e) => e.field), ['kind', 'words', 'contact', 'idNumber'])
})

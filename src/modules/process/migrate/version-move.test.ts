import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import type { Sql, Tx } from '../../../platform/db.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { runDue } from '../../../platform/jobs.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { calendarModule } from '../../calendar/index.ts'
import { drainFollowers, listEvents } from '../../ledger/index.ts'
import { assignTask, completeTask, diagramFor, fireDueTimers, getInstance, listTasks, pauseProcess, processModule, publishProcess, resumeProcess, startProcess } from '../index.ts'
import { draw, subProcess, userTasks, written } from '../testing.ts'
import { cancelVersionMove, planVersionMove } from './plan-version-move.ts'
import { previewVersionMove } from './preview-version-move.ts'
import { mappingOf } from './propose-mapping.ts'
import { runVersionMove } from './run-version-move.ts'
import { findVersionMove, listMoveItems } from './version-move.store.ts'

const officer = newId()

interface World {
  db: Sql; node: Node; ctx: Ctx
  at(local: string): void
  act<T>(work: (tx: Tx, ctx: Ctx) => Promise<T>): Promise<T>
  publish(bpmn: string): Promise<string>
  run(): Promise<string>
  done(subject: string, element: string, outcome?: string): Promise<void>
  open(subject: string): Promise<string[]>
  /** Plans a move by the proposed mapping and what is chosen, and runs it to its end. */
  move(from: string, to: string, chosen?: Record<string, string>): Promise<string>
}

async function world(t: TestContext): Promise<World> {
  const { db } = await testDatabase(t)
  let now = new Date('2026-03-02T08:00:00+07:00')
  const node = testNode(db, { now: () => now, modules: [calendarModule, processModule] })
  await calendarModule.seed?.(node)
  const act: World['act'] = (work) => { const ctx = systemCtx(node, 'test'); return transact(ctx, (tx) => work(tx, ctx)) }
  const w: World = {
    db, node, act, get ctx() { return systemCtx(node, 'test') }, at: (local) => { now = new Date(`2026-03-${local}:00+07:00`) },
    async publish(bpmn) {
      const published = await act((tx, ctx) => publishProcess(tx, ctx, { bpmn }))
      assert.deepEqual(published.problems, [])
      return (published as { definitionId: string }).definitionId
    },
    async run() {
      const subject = newId()
      await act((tx, ctx) => startProcess(tx, ctx, { processKey: 'k', subject, agencyCode: 'H21.45' }))
      return subject
    },
    async done(subject, element, outcome) {
      const task = (await listTasks(db, { subject, open: true })).find((one) => one.elementId === element)!
      await act((tx, ctx) => completeTask(tx, ctx, { taskId: task.id, outcome }))
    },
    open: async (subject) => (await listTasks(db, { subject, open: true })).map((task) => task.elementId).sort(),
    async move(from, to, chosen = {}) {
      const { proposals } = await previewVersionMove(db, [from], to, new Map([[from, new Map(Object.entries(chosen))]]))
      const { id, mistakes } = await planVersionMove(w.ctx, { processKey: 'k', from: [from], to, mapping: { [from]: Object.fromEntries(mappingOf(proposals.get(from)!)) }, reason: 'Quyết định 1' })
      assert.deepEqual(mistakes, [])
      while (await runDue(node) > 0);
      return id
    },
  }
  return w
}

test('dossiers go on under another version: steps by their ids or names, with their officers; whose step is gone stays, and the report says why', async (t) => {
  const w = await world(t)
  const names = { b: 'motcua:role="specialist" motcua:limit="PT4H"' }
  const v1 = await w.publish(draw('k', 's>a a>b b>c c>e', { attributes: names }))
  const [atA, atB, atC] = [await w.run(), await w.run(), await w.run()]
  for (const subject of [atB, atC]) await w.done(subject, 'a')
  await w.done(atC, 'b')
  const [task] = await listTasks(w.db, { subject: atB, open: true })
  await w.act((tx, ctx) => assignTask(tx, ctx, { taskId: task!.id, assignee: officer }))
  const v2 = await w.publish(draw('k', 's>a a>zb zb>d d>e', { attributes: { zb: 'motcua:role="specialist" motcua:limit="P1D"' } }).replace('name="zb"', 'name="b"'))
  const before = new Map((await w.db<{ subject: string; due: Date }[]>`SELECT subject, due_at AS due FROM process.task WHERE done_at IS NULL`).map((row) => [row.subject, row.due]))

  const { groups } = await previewVersionMove(w.db, [v1], v2, new Map())
  assert.deepEqual(groups.map((g) => [g.at.map((l) => l.vi).join(), g.count, g.result, g.problems.map((p) => p.key).join(), g.otherLimit.length]).sort(), [['a', 1, 'same', '', 0], ['b', 1, 'mapped', '', 1], ['c', 1, 'refused', 'process.move.refused.gone', 0]])

  const id = await w.move(v1, v2)
  const move = (await findVersionMove(w.db, id))!
  assert.equal(move.state, 'done')
  const items = await listMoveItems(w.db, id, { limit: 10, offset: 0 })
  assert.deepEqual(new Map(items.map((item) => [item.subject, item.result])), new Map([[atA, 'moved'], [atB, 'moved'], [atC, 'left']]))
  assert.deepEqual([await w.open(atA), await w.open(atB), await w.open(atC)], [['a'], ['zb'], ['c']])
  const [moved] = await listTasks(w.db, { subject: atB, open: true })
  assert.deepEqual([moved!.id, moved!.assignee], [task!.id, officer], 'the same task, still his')
  assert.ok(moved!.dueAt > before.get(atB)!, 'the longer limit counts from the beginning of the step')
  assert.equal((await listTasks(w.db, { subject: atA, open: true }))[0]!.dueAt.getTime(), before.get(atA)!.getTime(), 'the same limit, the same date')
  assert.deepEqual(items.find((item) => item.subject === atB)!.steps.map(({ from, to, dueTo }) => [from, to, dueTo.getTime()]), [['b', 'zb', moved!.dueAt.getTime()]])
  const event = (await listEvents(w.db, atB)).find((e) => e.type === 'process.version_changed')!
  assert.deepEqual([event.data.fromDefinition, event.data.toDefinition, event.data.steps[0].to], [v1, v2, 'zb'])
  assert.ok(!(await listEvents(w.db, atC)).some((e) => e.type === 'process.version_changed'))
  assert.deepEqual((await listEvents(w.db, 'k')).map((e) => e.type), ['process.published', 'process.published', 'process.version_move_planned', 'process.version_move_done'])

  assert.equal((await getInstance(w.db, atB))!.version, 2)
  assert.deepEqual((await diagramFor(w.db, atB, 'vi'))!.steps.map(({ name, state }) => `${state} ${name}`), ['done a', 'current b', 'ahead d'])
  await drainFollowers(w.node)
  assert.deepEqual([...await w.db`SELECT element_id, definition_id FROM process.step_time WHERE task_id = ${task!.id}`], [{ element_id: 'zb', definition_id: v2 }], 'the time goes with the step')
  for (const step of ['zb', 'd']) await w.done(atB, step)
  await w.done(atC, 'c')
  assert.deepEqual([(await getInstance(w.db, atB))!.state, (await getInstance(w.db, atC))!.state], ['ended', 'ended'])
})

test('what is waited for beside the flow: a clock that runs keeps its moment, one that is new begins, one that is gone is cancelled, one that rang does not ring again', async (t) => {
  const w = await world(t)
  const bpmn = (timers: Record<string, string>) => draw('k', `s>a a>e ${Object.keys(timers).map((name) => `${name}:a>r${name} r${name}>e${name.slice(-1)}`).join(' ')}`, { timers })
  const v1 = await w.publish(bpmn({ t1: 'PT1H', t2: 'P9D', t3: 'P8D' }))
  const subject = await w.run()
  w.at('02T10:00')
  assert.equal(await fireDueTimers(w.node), 1)
  const timers = () => w.db<{ element: string; at: Date }[]>`SELECT element_id AS element, fire_at AS at FROM process.timer WHERE fired_at IS NULL AND cancelled_at IS NULL ORDER BY element_id`
  const [was] = await timers()
  const v2 = await w.publish(bpmn({ t1: 'PT1H', t2: 'PT2H', t4: 'P7D' }))
  await w.move(v1, v2)
  const now = await timers()
  assert.deepEqual(now.map((timer) => timer.element), ['t2', 't4'])
  assert.equal(now[0]!.at.getTime(), was!.at.getTime())
  assert.deepEqual(await w.open(subject), ['a', 'rt1'])
  await w.done(subject, 'rt1')
  await w.done(subject, 'a')
  assert.equal((await getInstance(w.db, subject))!.state, 'ended')
  assert.equal((await timers()).length, 0)
})

test('a marking that could not end there is not moved: a branch that was never begun would be waited for', async (t) => {
  const w = await world(t)
  const v1 = await w.publish(draw('k', 's>a a>b b>e'))
  const subject = await w.run()
  await w.done(subject, 'a')
  const v2 = await w.publish(draw('k', 's>p p>a p>b a>p2 b>p2 p2>e'))
  const id = await w.move(v1, v2)
  const [item] = await listMoveItems(w.db, id, { limit: 1, offset: 0 })
  assert.deepEqual(item!.problems.map(({ key, params }) => [key, params.problem]), [['process.move.refused.unsound', 'process.problem.stuck']])
  const v3 = await w.publish(written('k', `<startEvent id="s"/>${userTasks('a')}${subProcess('u', `<startEvent id="us"/>${userTasks('b')}<endEvent id="ue"/>`, 'us>b b>ue')}<endEvent id="e"/>`, 's>a a>u u>e'))
  const [other] = await listMoveItems(w.db, await w.move(v1, v3), { limit: 1, offset: 0 })
  assert.deepEqual(other!.problems.map(({ key }) => key), ['process.move.refused.other_place'])
  const v4 = await w.publish(draw('k', 's>a a>b b>c c>e', { limit: 'P9D' }))
  const [limited] = await listMoveItems(w.db, await w.move(v1, v4), { limit: 1, offset: 0 })
  assert.deepEqual(limited!.problems.map(({ key }) => key), ['process.move.refused.limit'])
  assert.deepEqual(await w.open(subject), ['b'])
})

test('one that stands still stays so and goes on from there; a step of another role goes back to the inbox of that role; answers go with renamed steps', async (t) => {
  const w = await world(t)
  const v1 = await w.publish(draw('k', 's>a a>b b>x x>c{ok} x>e* c>e'))
  const subject = await w.run()
  await w.done(subject, 'a', undefined)
  const [task] = await listTasks(w.db, { subject, open: true })
  await w.act((tx, ctx) => assignTask(tx, ctx, { taskId: task!.id, assignee: officer }))
  await w.act((tx, ctx) => pauseProcess(tx, ctx, { subject }))
  const v2 = await w.publish(draw('k', 's>a a>b b>x x>c{ok} x>e* c>e', { attributes: { b: 'motcua:role="leader" motcua:limit="PT1H"' } }))
  const id = await w.move(v1, v2)
  const [item] = await listMoveItems(w.db, id, { limit: 1, offset: 0 })
  assert.equal(item!.steps[0]!.returned, true)
  const [moved] = await listTasks(w.db, { subject, open: true })
  assert.deepEqual([moved!.role, moved!.assignee, (await getInstance(w.db, subject))!.state], ['leader', null, 'paused'])
  await w.act((tx, ctx) => resumeProcess(tx, ctx, { subject }))
  await w.done(subject, 'b', 'ok')
  const v3 = await w.publish(draw('k', 's>a a>bb bb>x x>c{ok} x>e* c>x2 x2>d{ok} x2>e* d>e').replace(/(<sequenceFlow [^>]*sourceRef="x2" targetRef="d">.*?)outcome = /, '$1outcomes.bb = '))
  await w.move(v2, v3, { b: 'bb' })
  await w.done(subject, 'c')
  assert.deepEqual(await w.open(subject), ['d'], 'what was answered at b is known as the answer of bb')
})

test('a run that is killed goes on where it stood, does nothing twice and stops when it is told to', async (t) => {
  const w = await world(t)
  const v1 = await w.publish(draw('k', 's>a a>e'))
  const subjects = await Promise.all(Array.from({ length: 7 }, () => w.run()))
  const v2 = await w.publish(draw('k', 's>a a>b b>e'))
  const at = new Date('2026-03-02T19:30:00+07:00')
  const plan = { processKey: 'k', from: [v1], to: v2, mapping: {}, reason: 'Quyết định 1', at }
  const { id } = await planVersionMove(w.ctx, plan)
  assert.equal(await runDue(w.node), 0, 'not before its time')
  w.at('02T19:31')
  // The database fails after three: as if the program had been killed there.
  const begin = w.node.db.begin.bind(w.node.db)
  let left = 5
  const failing = new Proxy(w.node.db, { get: (target, name) => (name === 'begin' ? (...args: never[]) => { if (left-- <= 0) throw new Error('killed'); return (begin as (...a: never[]) => unknown)(...args) } : Reflect.get(target, name) as unknown) })
  await assert.rejects(runVersionMove({ ...w.node, db: failing } as Node, { moveId: id }, { id: 1, attempts: 1 }), /killed/)
  const some = (await listMoveItems(w.db, id, { limit: 10, offset: 0 })).length
  assert.ok(some > 0 && some < 7, `${some}`)
  while (await runDue(w.node) > 0);
  await runVersionMove(w.node, { moveId: id }, { id: 2, attempts: 1 })
  assert.deepEqual([(await listMoveItems(w.db, id, { limit: 10, offset: 0 })).length, (await findVersionMove(w.db, id))!.state], [7, 'done'])
  for (const subject of subjects) assert.equal((await listEvents(w.db, subject)).filter((e) => e.type === 'process.version_changed').length, 1)

  const stopped = await planVersionMove(w.ctx, { ...plan, from: [v2], to: v1, at: new Date('2026-03-09T00:00:00Z') })
  await cancelVersionMove(w.ctx, stopped.id)
  w.at('09T19:31')
  while (await runDue(w.node) > 0);
  assert.equal((await listMoveItems(w.db, stopped.id, { limit: 1, offset: 0 })).length, 0)
  await assert.rejects(cancelVersionMove(w.ctx, stopped.id), (e) => isRefusal(e, 'MOVE_OVER'))
  await assert.rejects(planVersionMove(w.ctx, { ...plan, from: [newId()] }), (e) => isRefusal(e, 'VERSIONS_NOT_OF_PROCESS'))
  assert.deepEqual((await planVersionMove(w.ctx, { ...plan, from: [v1, v2], reason: ' ' })).mistakes.map((m) => m.field), ['to', 'reason'])
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { systemCtx, transact, type Ctx } from '../../platform/ctx.ts'
import type { Sql } from '../../platform/db.ts'
import { isRefusal } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { runDue } from '../../platform/jobs.ts'
import { ServiceError, type ServiceTask } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { root } from '../../platform/root.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { decisions } from '../decisions/index.ts'
import { completeTask, deliverMessage, fireDueTimers, getInstance, listTasks, pauseProcess, processModule, publishProcess, resumeProcess, startProcess } from './index.ts'
import { listFailedSteps } from './read-failed-steps.ts'
import { retryFailedStep } from './retry-failed-step.ts'
import { draw, subProcess, userTasks, written } from './testing.ts'

interface World { db: Sql; node: Node; clock: { now: Date }; ctx(): Ctx; start(key: string, variables?: Record<string, unknown>, message?: string): Promise<string>; complete(subject: string, elementId: string, outcome?: string): Promise<void>; open(subject: string): Promise<string[]>; events(subject: string): Promise<string[]> }

async function world(t: TestContext, files: string[], serviceTasks: Record<string, ServiceTask> = {}): Promise<World> {
  const { db } = await testDatabase(t)
  const clock = { now: new Date('2026-03-02T09:00:00+07:00') }
  const node = testNode(db, { now: () => clock.now, modules: [{ name: 'work', serviceTasks }, processModule, decisions] })
  const ctx = (): Ctx => systemCtx(node, 'test')
  await decisions.seed!(node)
  for (const bpmn of files) assert.deepEqual((await transact(ctx(), (tx) => publishProcess(tx, ctx(), { bpmn, validFrom: new Date(0) }))).problems, [])
  return {
    db, node, clock, ctx,
    async start(processKey, variables = {}, message) {
      const subject = newId()
      await transact(ctx(), (tx) => startProcess(tx, ctx(), { processKey, subject, agencyCode: 'H21.19', variables, ...(message ? { message } : {}) }))
      return subject
    },
    async complete(subject, elementId, outcome) {
      const task = (await listTasks(db, { subject, open: true })).find((one) => one.elementId === elementId)
      assert.ok(task, `an open task ${elementId}`)
      await transact(ctx(), (tx) => completeTask(tx, ctx(), { taskId: task.id, ...(outcome ? { outcome } : {}) }))
    },
    open: async (subject) => (await listTasks(db, { subject, open: true })).map((task) => task.elementId).sort(),
    events: async (subject) => (await db<{ type: string }[]>`SELECT type FROM ledger.event WHERE subject = ${subject} ORDER BY id`).map((event) => event.type.replace('process.', '')),
  }
}

const start = '<startEvent id="s"/>'
const ends = '<endEvent id="e"/><endEvent id="e2"/>'
const service = (id: string, more = ''): string => `<serviceTask id="${id}" name="${id}" motcua:service="register"/>${more}`

test('a message goes to the process of its dossier, once, and its variables count at once', async (t) => {
  const w = await world(t, [written('k', `${start}<receiveTask id="paid" name="paid" messageRef="m"/><exclusiveGateway id="x" default="x_b"/>${userTasks('a', 'b')}${ends}`, 's>paid paid>x x>a x>b a>e b>e2', '<message id="m" name="paid"/>').replace('sourceRef="x" targetRef="a">', 'sourceRef="x" targetRef="a"><conditionExpression xsi:type="tFormalExpression">amount = 0</conditionExpression>')])
  const subject = await w.start('k')
  const deliver = (message: string) => transact(w.ctx(), (tx) => deliverMessage(tx, w.ctx(), { subject, message, variables: { amount: 0 } }))
  await assert.rejects(deliver('other'), (e) => isRefusal(e, 'MESSAGE_NOT_EXPECTED'))
  await transact(w.ctx(), (tx) => pauseProcess(tx, w.ctx(), { subject }))
  await assert.rejects(deliver('paid'), (e) => isRefusal(e, 'PROCESS_PAUSED'))
  await transact(w.ctx(), (tx) => resumeProcess(tx, w.ctx(), { subject }))
  const both = await Promise.allSettled([deliver('paid'), deliver('paid')])
  assert.equal(both.filter((one) => one.status === 'rejected' && isRefusal(one.reason, 'MESSAGE_NOT_EXPECTED')).length, 1)
  assert.deepEqual(await w.open(subject), ['a'])
})

test('a sent message is an event of the ledger, and a process begins at the start of its message', async (t) => {
  const w = await world(t, [written('k', `<startEvent id="sm"><messageEventDefinition messageRef="m"/></startEvent><sendTask id="ask" name="ask" messageRef="n"/>${userTasks('a')}<endEvent id="e"/>`, 'sm>ask ask>a a>e', '<message id="m" name="filed"/><message id="n" name="opinion"/>')])
  const subject = await w.start('k', {}, 'filed')
  assert.deepEqual(await w.events(subject), ['started', 'task_created', 'message_sent'])
  await assert.rejects(w.start('k', {}, 'other'), (e) => isRefusal(e, 'MESSAGE_NOT_EXPECTED'))
})

test('a signal is heard by every running process that waits for it, and by none twice', async (t) => {
  const hearing = written('hearing', `${start}${userTasks('a', 'b')}<boundaryEvent id="edge" attachedToRef="a"><signalEventDefinition signalRef="r"/></boundaryEvent>${ends}`, 's>a a>e edge>b b>e2', '<signal id="r" name="recall"/>')
  const saying = written('saying', `${start}${userTasks('c')}<endEvent id="e"><signalEventDefinition signalRef="r"/></endEvent>`, 's>c c>e', '<signal id="r" name="recall"/>')
  const w = await world(t, [hearing, saying])
  const [one, two, three] = [await w.start('hearing'), await w.start('hearing'), await w.start('hearing')]
  await w.complete(three, 'a')
  await transact(w.ctx(), (tx) => pauseProcess(tx, w.ctx(), { subject: two }))
  await w.complete(await w.start('saying'), 'c')
  await runDue(w.node)
  assert.deepEqual([await w.open(one), await w.open(two), await w.open(three)], [['b'], ['a'], []])
  await transact(w.ctx(), (tx) => resumeProcess(tx, w.ctx(), { subject: two }))
  w.clock.now = new Date('2100-01-01')
  await runDue(w.node)
  assert.deepEqual(await w.open(two), ['b'])
  assert.equal(await runDue(w.node), 0)
})

test('a service task runs by the job queue, and its answer becomes variables', async (t) => {
  const w = await world(t, [written('k', `${start}${service('call')}<exclusiveGateway id="x" default="x_b"/>${userTasks('a', 'b')}${ends}`, 's>call call>x x>a x>b a>e b>e2').replace('sourceRef="x" targetRef="a">', 'sourceRef="x" targetRef="a"><conditionExpression xsi:type="tFormalExpression">known</conditionExpression>')],
    { register: async (_, { variables }) => ({ known: variables.number === 7 }) })
  const subject = await w.start('k', { number: 7 })
  assert.deepEqual(await w.open(subject), [])
  await runDue(w.node)
  assert.deepEqual([await w.open(subject), await w.events(subject)], [['a'], ['started', 'service_answered', 'task_created']])
})

test('a service that fails is tried again with back-off; what never works stays for an administrator and is told', async (t) => {
  let fails = 2
  const w = await world(t, [written('k', `${start}${service('call')}${userTasks('a')}<endEvent id="e"/>`, 's>call call>a a>e')], { register: async () => { if (fails-- > 0) throw new Error('no answer'); return {} } })
  const subject = await w.start('k')
  const tries = async (): Promise<void> => { w.clock.now = new Date('2100-01-01'); await runDue(w.node) }
  await runDue(w.node)
  const [job] = await w.db<{ wait: number; attempts: number }[]>`SELECT extract(epoch FROM run_at - now())::float8 AS wait, attempts FROM platform.job`
  assert.ok(job!.attempts === 1 && job!.wait > 0 && job!.wait <= 2, `${job!.wait} s`)
  assert.equal(await runDue(w.node), 0)
  await tries()
  await tries()
  assert.deepEqual(await w.open(subject), ['a'])
  fails = 100
  const lost = await w.start('k')
  for (let i = 0; i < 14; i++) await tries()
  assert.equal(100 - fails, 12)
  const [dead] = await w.db<{ failed_at: Date | null; last_error: string }[]>`SELECT failed_at, last_error FROM platform.job`
  assert.ok(dead?.failed_at && /no answer/.test(dead.last_error))
  assert.equal((await w.events(lost)).at(-1), 'service_failed')
  const [stopped] = await listFailedSteps(w.db)
  assert.deepEqual([stopped?.subject, stopped?.step.vi, stopped?.error], [lost, 'call', 'Error: no answer'])
  fails = 0
  const retry = () => transact(w.ctx(), (tx) => retryFailedStep(tx, w.ctx(), stopped!.jobId))
  await retry()
  await assert.rejects(retry(), (e) => isRefusal(e, 'STEP_NOT_STOPPED'))
  await tries()
  assert.deepEqual([await w.open(lost), await listFailedSteps(w.db)], [['a'], []])
})

test('an answer for which the process has an error event goes its way', async (t) => {
  const w = await world(t, [written('k', `${start}${service('call', '<boundaryEvent id="edge" attachedToRef="call"><errorEventDefinition errorRef="x"/></boundaryEvent>')}${userTasks('a', 'b')}${ends}`, 's>call call>a a>e edge>b b>e2', '<error id="x" errorCode="NOT_FOUND"/>')], { register: async () => { throw new ServiceError('NOT_FOUND') } })
  const subject = await w.start('k')
  await runDue(w.node)
  assert.deepEqual([await w.open(subject), await w.db`SELECT 1 FROM platform.job`.then((jobs) => jobs.length)], [['b'], 0])
})

test('a service that a pause stopped is asked again when the process goes on; one whose step is gone is not', async (t) => {
  let asked = 0
  const late = '<boundaryEvent id="late" attachedToRef="call"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition></boundaryEvent>'
  const w = await world(t, [written('k', `${start}${service('call', late)}${userTasks('a', 'b')}${ends}`, 's>call call>a a>e late>b b>e2')], { register: async () => { asked++; return {} } })
  const subject = await w.start('k')
  await transact(w.ctx(), (tx) => pauseProcess(tx, w.ctx(), { subject }))
  await runDue(w.node)
  assert.equal(asked, 0)
  await transact(w.ctx(), (tx) => resumeProcess(tx, w.ctx(), { subject }))
  await runDue(w.node)
  assert.deepEqual([asked, await w.open(subject)], [1, ['a']])
  const slow = await w.start('k')
  w.clock.now = new Date(w.clock.now.getTime() + 3_600_000)
  assert.equal(await fireDueTimers(w.node), 1)
  await runDue(w.node)
  assert.deepEqual([asked, await w.open(slow)], [1, ['b']])
})

test('a business rule task decides by the table in force, and records it; where no rule fits, an error event catches that or the step is refused', async (t) => {
  const rule = '<businessRuleTask id="fee" name="fee" motcua:decision="phi-chung-thuc-ban-sao" motcua:resultVariable="fee"/>'
  const w = await world(t, [
    written('k', `${start}${userTasks('a', 'b')}${rule}<endEvent id="e"/>`, 's>a a>fee fee>b b>e'),
    written('mended', `${start}${userTasks('a', 'b', 'c')}${rule}<boundaryEvent id="edge" attachedToRef="fee"><errorEventDefinition errorRef="x"/></boundaryEvent>${ends}`, 's>a a>fee fee>b b>e edge>c c>e2', '<error id="x" errorCode="UNDECIDED"/>'),
  ])
  const subject = await w.start('k', { papers: [{ pages: 5, copies: 3 }], other: 1 })
  await w.complete(subject, 'a')
  const [row] = await w.db<{ fee: number }[]>`SELECT (variables->'fee')::int AS fee FROM process.instance WHERE subject = ${subject}`
  assert.deepEqual([row!.fee, await w.open(subject), (await w.db`SELECT 1 FROM decisions.decision_taken`).length], [21_000, ['b'], 1])
  const undecided = await w.start('k', { papers: [] })
  await assert.rejects(w.complete(undecided, 'a'), (e) => isRefusal(e, 'UNDECIDED'))
  assert.deepEqual(await w.open(undecided), ['a'])
  const mended = await w.start('mended', { papers: [] })
  await w.complete(mended, 'a')
  assert.deepEqual(await w.open(mended), ['c'])
})

test('what this node does not have is said when a process is published', async (t) => {
  const w = await world(t, [])
  const problems = async (elements: string, flows: string): Promise<unknown[]> => (await transact(w.ctx(), (tx) => publishProcess(tx, w.ctx(), { bpmn: written('k', `${start}${elements}<endEvent id="e"/>`, flows) }))).problems.map(({ key, params }) => [key.replace('process.problem.', ''), params.id])
  assert.deepEqual(await problems(service('call'), 's>call call>e'), [['unknown_service', 'call']])
  assert.deepEqual(await problems('<businessRuleTask id="fee" name="fee" motcua:decision="none"/>', 's>fee fee>e'), [['unknown_decision', 'fee']])
  assert.deepEqual(await problems('<callActivity id="sub" name="sub" calledElement="none"/>', 's>sub sub>e'), [['unknown_process', 'sub']])
  assert.deepEqual(await problems('<scriptTask id="sc" name="sc"/>', 's>sc sc>e'), [['unsupported', 'sc']])
})

test('a called process runs inside the same instance, and stays as it was when its caller was published', async (t) => {
  const w = await world(t, [draw('called', 's>a a>x x>b{ok} x>c* b>e c>e'), written('k', `${start}<callActivity id="call" name="call" calledElement="called"/>${userTasks('d')}<endEvent id="e"/>`, 's>call call>d d>e')])
  await transact(w.ctx(), (tx) => publishProcess(tx, w.ctx(), { bpmn: draw('called', 's>z z>e') }))
  const subject = await w.start('k')
  await w.complete(subject, 'call/a', 'ok')
  assert.deepEqual(await w.open(subject), ['call/b'])
  await w.complete(subject, 'call/b')
  await w.complete(subject, 'd')
  assert.equal((await getInstance(w.db, subject))?.state, 'ended')
})

test('a step for each of several offices has a row for each, which says for which; when enough are done the others are taken back', async (t) => {
  const w = await world(t, [written('k', `${start}<userTask id="ask" name="ask" motcua:role="specialist" motcua:limit="PT1H"><multiInstanceLoopCharacteristics motcua:items="offices"><completionCondition xsi:type="tFormalExpression">numberOfCompletedInstances &gt;= 2</completionCondition></multiInstanceLoopCharacteristics></userTask>${userTasks('a')}<endEvent id="e"/>`, 's>ask ask>a a>e')])
  for (const offices of [undefined, 'H21.1', -1, Array.from({ length: 1001 }, () => 'x')]) await assert.rejects(w.start('k', { offices }), (e) => isRefusal(e, 'ITEMS_UNKNOWN'))
  const subject = await w.start('k', { offices: ['H21.1', 'H21.2', 'H21.3'] })
  assert.deepEqual((await listTasks(w.db, { subject })).map((task) => [task.item, task.name.vi]).sort(), [['H21.1', 'ask (H21.1)'], ['H21.2', 'ask (H21.2)'], ['H21.3', 'ask (H21.3)']])
  await w.complete(subject, 'ask')
  assert.deepEqual(await w.open(subject), ['ask', 'ask'])
  await w.complete(subject, 'ask')
  assert.deepEqual(await w.open(subject), ['a'])
  assert.equal((await w.events(subject)).filter((type) => type === 'task_cancelled').length, 1)
})

test('a step in a loop comes again while its condition holds, and not more often than the loop says', async (t) => {
  const looping = (attributes: string, condition: string): string => written('k', `${start}<userTask id="again" name="again" motcua:role="specialist" motcua:limit="PT1H"><standardLoopCharacteristics ${attributes}>${condition ? `<loopCondition xsi:type="tFormalExpression">${condition}</loopCondition>` : ''}</standardLoopCharacteristics></userTask><endEvent id="e"/>`, 's>again again>e')
  const turns = async (attributes: string, condition: string, outcomes: readonly string[], variables: Record<string, unknown> = {}): Promise<number> => {
    const w = await world(t, [looping(attributes, condition)])
    const subject = await w.start('k', variables as never)
    let done = 0
    for (; (await w.open(subject)).length > 0; done++) await w.complete(subject, 'again', outcomes[done])
    assert.equal((await getInstance(w.db, subject))?.state, 'ended')
    return done
  }
  assert.equal(await turns('', 'outcome = "again"', ['again', 'again', 'ok']), 3)
  assert.equal(await turns('loopMaximum="2"', 'outcome = "again"', ['again', 'again']), 2)
  assert.equal(await turns('', '', ['again']), 1)
  assert.equal(await turns('', 'unheardOf', ['again']), 1)
  assert.equal(await turns('testBefore="true"', 'wanted', [], { wanted: false }), 0)
  assert.equal(await turns('testBefore="true" loopMaximum="3"', 'wanted', ['a', 'b', 'c'], { wanted: true }), 3)
})

test('an event sub-process with a clock fires once and leaves the steps open', async (t) => {
  const aside = subProcess('aside', `<startEvent id="sa" isInterrupting="false"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT2H</timeDuration></timerEventDefinition></startEvent>${userTasks('remind')}<endEvent id="ea"/>`, 'sa>remind remind>ea', 'triggeredByEvent="true"')
  const w = await world(t, [written('k', `${start}${aside}${userTasks('a')}<endEvent id="e"/>`, 's>a a>e')])
  const subject = await w.start('k')
  w.clock.now = new Date(w.clock.now.getTime() + 2 * 3_600_000)
  assert.deepEqual([await fireDueTimers(w.node), await fireDueTimers(w.node), await w.open(subject)], [1, 0, ['a', 'remind']])
  await w.complete(subject, 'a')
  await w.complete(subject, 'remind')
  assert.equal((await getInstance(w.db, subject))?.state, 'ended')
})

test('a reminder that rings three times does so while the step is open, and not once more', async (t) => {
  const remind = (cycle: string, cancel: boolean): string => written('k', `${start}${userTasks('a')}<boundaryEvent id="late" attachedToRef="a" cancelActivity="${cancel}"><timerEventDefinition><timeCycle xsi:type="tFormalExpression">${cycle}</timeCycle></timerEventDefinition></boundaryEvent>${ends}`, 's>a a>e late>e2')
  const w = await world(t, [remind('R3/PT1H', false)])
  for (const [cycle, cancel] of [['R3/PT1H', true], ['R/PT1H', false], ['R3/P1M', false]] as const) {
    assert.deepEqual((await transact(w.ctx(), (tx) => publishProcess(tx, w.ctx(), { bpmn: remind(cycle, cancel) }))).problems.map(({ key, params }) => [key, params.duration]), [['process.problem.bad_timer', cycle]])
  }
  const [slow, quick] = [await w.start('k'), await w.start('k')]
  const rings: number[] = []
  for (let hour = 0; hour < 5; hour++) {
    w.clock.now = new Date(w.clock.now.getTime() + 3_600_000)
    rings.push(await fireDueTimers(w.node))
    if (hour === 0) await w.complete(quick, 'a')
  }
  assert.deepEqual([rings, await w.open(slow)], [[2, 1, 1, 0, 0], ['a']])
})

test('what was running before tokens had numbers goes on where it was', async (t) => {
  const w = await world(t, [draw('k', 's>p p>a p>b p>w a>j b>j w>j j>c c>e late:b>e2', { timers: { late: 'PT1H', w: 'PT3H' } }).replaceAll('id="j" name="j" motcua:role="specialist" motcua:limit="PT1H"', 'id="j"').replace('<userTask id="j"/>', '<parallelGateway id="j"/>')])
  const subject = await w.start('k')
  await w.complete(subject, 'a')
  await w.db`UPDATE process.instance i SET marking = jsonb_build_object('waiting', jsonb_build_array('b', 'w'), 'arrived', (SELECT jsonb_agg(f->>'id') FROM process.definition d, jsonb_array_elements(d.model->'flows') f WHERE d.id = i.definition_id AND f->>'from' = 'a')) WHERE subject = ${subject}`
  await w.db`UPDATE process.task SET token = NULL`
  await w.db`UPDATE process.timer SET token = NULL`
  const migration = readFileSync(join(root, 'src/modules/process/migrations/20261128T1000-tokens-form-a-tree.sql'), 'utf8')
  await w.db.unsafe(migration.slice(migration.indexOf('-- Until now')))
  assert.deepEqual((await getInstance(w.db, subject))?.waiting.sort(), ['b', 'w'])
  w.clock.now = new Date(w.clock.now.getTime() + 3_600_000)
  assert.equal(await fireDueTimers(w.node), 1)
  assert.deepEqual(await w.open(subject), ['b'])
  await w.complete(subject, 'b')
  w.clock.now = new Date(w.clock.now.getTime() + 2 * 3_600_000)
  assert.equal(await fireDueTimers(w.node), 1)
  assert.deepEqual(await w.open(subject), ['c'])
})

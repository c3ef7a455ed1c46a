import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Officer } from '../../platform/actor.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../platform/ctx.ts'
import type { Sql } from '../../platform/db.ts'
import { isRefusal } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import type { Node } from '../../platform/node.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { modules } from '../../app.ts'
import { assignTask, cancelProcess, completeTask, findOpenTask, fireDueTimers, getInstance, listTasks, pauseProcess, processModule, publishProcess, resumeProcess, startProcess } from './index.ts'
import { shippedDefinitions } from './definitions/index.ts'
import { draw } from './testing.ts'

interface World { db: Sql; node: Node; clock: { now: Date }; system(): Ctx }

/** Monday 2 March 2026, 9:00. */
const monday = new Date('2026-03-02T09:00:00+07:00')
const at = (local: string): string => new Date(`${local.replace(' ', 'T')}:00+07:00`).toISOString()

async function world(t: TestContext): Promise<World> {
  const { db } = await testDatabase(t)
  const clock = { now: monday }
  const node = testNode(db, { modules, now: () => clock.now })
  await processModule.seed!(node)
  return { db, node, clock, system: () => systemCtx(node, 'test') }
}

const officer = (roles: string[], agencyCode = 'H21.19', id = newId()): Officer => ({ kind: 'officer', id, name: 'Cán bộ', agencyCode, unitId: null, roles, permissions: new Set(), methods: ['pwd', 'otp'], authenticatedAt: new Date(), sessionId: 's' })

async function start({ system }: World, processKey: string): Promise<string> {
  const subject = newId()
  const ctx = system()
  await transact(ctx, (tx) => startProcess(tx, ctx, { processKey, subject, agencyCode: 'H21.19', variables: {} }))
  return subject
}

async function complete({ db, system }: World, subject: string, elementId: string, outcome?: string, ctx: Ctx = system()): Promise<boolean> {
  const task = (await listTasks(db, { subject, open: true })).find((one) => one.elementId === elementId)
  assert.ok(task, `an open task ${elementId}`)
  return (await transact(ctx, (tx) => completeTask(tx, ctx, { taskId: task.id, outcome }))).ended
}

const openIds = async ({ db }: World, subject: string): Promise<string[]> => (await listTasks(db, { subject, open: true })).map((task) => task.elementId).sort()

test('a driving licence exchange goes through all its steps, the parallel ones in any order', async (t) => {
  const w = await world(t)
  const subject = await start(w, 'driving-licence-exchange')
  assert.deepEqual(await openIds(w, subject), ['check'])
  await complete(w, subject, 'check')
  assert.deepEqual(await openIds(w, subject), ['check_violations', 'verify_licence'])
  await complete(w, subject, 'check_violations')
  assert.deepEqual(await openIds(w, subject), ['verify_licence'])
  await complete(w, subject, 'verify_licence')
  await complete(w, subject, 'appraise')
  await complete(w, subject, 'draft')
  await complete(w, subject, 'review', 'returned')
  assert.deepEqual(await openIds(w, subject), ['draft'])
  await complete(w, subject, 'draft')
  await complete(w, subject, 'review', 'approved')
  await complete(w, subject, 'sign')
  assert.equal(await complete(w, subject, 'return'), true)
  assert.equal((await getInstance(w.db, subject))?.state, 'ended')
  const types = (await w.db<{ type: string }[]>`SELECT type FROM ledger.event WHERE subject = ${subject} ORDER BY id`).map((e) => e.type)
  assert.equal(types[0], 'process.started')
  assert.equal(types.at(-1), 'process.ended')
  assert.equal(types.filter((type) => type === 'process.task_created').length, 10)
  assert.equal(types.filter((type) => type === 'process.task_completed').length, 10)
})

test('the exclusive gateway of birth registration follows the outcome, and its default without one', async (t) => {
  const w = await world(t)
  const verified = await start(w, 'birth-registration')
  await complete(w, verified, 'check')
  await complete(w, verified, 'appraise', 'verify')
  assert.deepEqual(await openIds(w, verified), ['verify'])
  const direct = await start(w, 'birth-registration')
  await complete(w, direct, 'check')
  await complete(w, direct, 'appraise')
  assert.deepEqual(await openIds(w, direct), ['draft'])
})

test('a step offers the outcomes of the gateway behind it in both languages, and no other is taken', async (t) => {
  const w = await world(t)
  const subject = await start(w, 'birth-registration')
  await complete(w, subject, 'check')
  const task = await findOpenTask(w.db, { subject, act: 'appraise' })
  assert.deepEqual(task?.outcomes, [{ value: 'verify', name: { vi: 'Cần xác minh', en: 'Verify' } }, { value: 'enough', name: { vi: 'Đủ căn cứ', en: 'Enough' } }])
  await assert.rejects(complete(w, subject, 'appraise', 'whatever'), (e) => isRefusal(e, 'OUTCOME_UNKNOWN'))
  assert.deepEqual(await openIds(w, subject), ['appraise'])
})

test('of two people who complete a step at once one wins and the other is told', async (t) => {
  const w = await world(t)
  for (let round = 0; round < 5; round++) {
    const subject = await start(w, 'birth-registration')
    const { id: taskId } = (await findOpenTask(w.db, { subject }))!
    const ctx = w.system()
    const results = await Promise.allSettled([1, 2, 3].map(() => transact(ctx, (tx) => completeTask(tx, ctx, { taskId }))))
    const refused = results.filter((r) => r.status === 'rejected')
    assert.equal(refused.length, 2)
    assert.ok(refused.every((r) => isRefusal(r.reason, 'TASK_ALREADY_DONE')))
    assert.equal((await listTasks(w.db, { subject, act: 'appraise' })).length, 1)
  }
})

test('the two last branches completed at once join exactly once', async (t) => {
  const w = await world(t)
  for (let round = 0; round < 5; round++) {
    const subject = await start(w, 'household-business')
    await Promise.all([complete(w, subject, 'check_name'), complete(w, subject, 'check_conditions')])
    assert.deepEqual(await openIds(w, subject), ['draft'])
  }
})

test('steps are due in working time from when they came', async (t) => {
  const w = await world(t)
  w.clock.now = new Date('2026-03-06T16:30:00+07:00')
  const subject = await start(w, 'household-business')
  const due = (await listTasks(w.db, { subject })).map((task) => [task.elementId, task.dueAt.toISOString()])
  assert.deepEqual(due, [['check_name', at('2026-03-09 10:30')], ['check_conditions', at('2026-03-09 14:30')]])
})

test('a pause shifts what is due by the time that was left, and nothing can be completed in it', async (t) => {
  const w = await world(t)
  const subject = await start(w, 'household-business')
  const ctx = w.system()
  await transact(ctx, (tx) => pauseProcess(tx, ctx, { subject }))
  await assert.rejects(complete(w, subject, 'check_name'), (e) => isRefusal(e, 'PROCESS_PAUSED'))
  await assert.rejects(transact(ctx, (tx) => pauseProcess(tx, ctx, { subject })), (e) => isRefusal(e, 'PROCESS_NOT_RUNNING'))
  w.clock.now = new Date('2026-03-05T14:30:00+07:00')
  const later = w.system()
  await transact(later, (tx) => resumeProcess(tx, later, { subject }))
  const due = (await listTasks(w.db, { subject })).map((task) => task.dueAt.toISOString())
  assert.deepEqual(due, [at('2026-03-06 08:30'), at('2026-03-06 10:30')])
  await complete(w, subject, 'check_name')
})

test('an officer completes only steps of the own agency and role, and not those given to a colleague', async (t) => {
  const w = await world(t)
  const subject = await start(w, 'household-business')
  const as = (actor: Officer): Ctx => createCtx(w.node, { actor })
  for (const wrong of [officer(['leader']), officer(['specialist'], 'H21.20'), officer([])]) {
    await assert.rejects(complete(w, subject, 'check_name', undefined, as(wrong)), (e) => isRefusal(e, 'TASK_NOT_YOURS'))
  }
  const mine = officer(['specialist'])
  const task = (await findOpenTask(w.db, { subject }))!
  const giver = as(officer(['leader']))
  await transact(giver, (tx) => assignTask(tx, giver, { taskId: task.id, assignee: mine.id }))
  await assert.rejects(complete(w, subject, 'check_name', undefined, as(officer(['specialist']))), (e) => isRefusal(e, 'TASK_OF_ANOTHER'))
  await complete(w, subject, 'check_name', undefined, as(mine))
  assert.equal((await listTasks(w.db, { subject, open: false }))[0]?.doneBy, `officer:${mine.id}`)
})

test('steps of a role can lie with another agency', async (t) => {
  const w = await world(t)
  const ctx = w.system()
  const subject = newId()
  await transact(ctx, (tx) => startProcess(tx, ctx, { processKey: 'birth-registration', subject, agencyCode: 'H21.19', agencyByRole: { 'one-stop': 'H21.1' } }))
  assert.deepEqual((await listTasks(w.db, { agencyCode: 'H21.1', roles: ['one-stop'], open: true })).map((task) => task.subject), [subject])
})

test('a subject has one live process; a cancelled one leaves nothing open and may begin anew', async (t) => {
  const w = await world(t)
  const ctx = w.system()
  const subject = await start(w, 'driving-licence-exchange')
  await complete(w, subject, 'check')
  await assert.rejects(transact(ctx, (tx) => startProcess(tx, ctx, { processKey: 'birth-registration', subject, agencyCode: 'H21.19' })), (e) => isRefusal(e, 'PROCESS_ALREADY_STARTED'))
  await transact(ctx, (tx) => cancelProcess(tx, ctx, { subject }))
  assert.deepEqual(await openIds(w, subject), [])
  w.clock.now = new Date('2026-04-02T09:00:00+07:00')
  assert.equal(await fireDueTimers(w.node), 0)
  await transact(ctx, (tx) => startProcess(tx, ctx, { processKey: 'birth-registration', subject, agencyCode: 'H21.19' }))
})

test('an unknown process and an unknown step are refused', async (t) => {
  const w = await world(t)
  const ctx = w.system()
  await assert.rejects(start(w, 'no-such'), (e) => isRefusal(e, 'PROCESS_NOT_FOUND'))
  for (const taskId of ['x', newId()]) await assert.rejects(transact(ctx, (tx) => completeTask(tx, ctx, { taskId })), (e) => isRefusal(e, 'TASK_NOT_FOUND'))
})

test('a reminder fires once in working time and leaves the step open; a completed step is not reminded of', async (t) => {
  const w = await world(t)
  const slow = await start(w, 'driving-licence-exchange')
  const quick = await start(w, 'driving-licence-exchange')
  await complete(w, slow, 'check')
  await complete(w, quick, 'check')
  await complete(w, quick, 'verify_licence')
  w.clock.now = new Date('2026-03-02T16:59:00+07:00')
  assert.equal(await fireDueTimers(w.node), 0)
  w.clock.now = new Date('2026-03-03T07:30:00+07:00')
  assert.equal(await fireDueTimers(w.node), 1)
  assert.equal(await fireDueTimers(w.node), 0)
  assert.deepEqual(await openIds(w, slow), ['check_violations', 'verify_licence'])
  assert.equal((await w.db`SELECT 1 FROM ledger.event WHERE subject = ${slow} AND type = 'process.timer_fired'`).length, 1)
})

test('two processes that look for timers at once fire each one once', async (t) => {
  const w = await world(t)
  for (let i = 0; i < 12; i++) await complete(w, await start(w, 'driving-licence-exchange'), 'check')
  w.clock.now = new Date('2026-03-05T09:00:00+07:00')
  const fired = await Promise.all([fireDueTimers(w.node), fireDueTimers(w.node), fireDueTimers(w.node)])
  assert.equal(fired.reduce((a, b) => a + b), 12)
  assert.equal((await w.db`SELECT 1 FROM ledger.event WHERE type = 'process.timer_fired'`).length, 12)
})

test('an interrupting timer takes the step away and goes its own way; an intermediate one waits', async (t) => {
  const w = await world(t)
  const bpmn = draw('timed', 's>a a>w w>b b>e late:a>c c>e', { timers: { w: 'P1D', late: 'PT2H!' } })
  const ctx = w.system()
  assert.deepEqual((await transact(ctx, (tx) => publishProcess(tx, ctx, { bpmn }))).problems, [])
  const waits = await start(w, 'timed')
  const late = await start(w, 'timed')
  await complete(w, waits, 'a')
  assert.deepEqual(await openIds(w, waits), [])
  w.clock.now = new Date(monday.getTime() + 2 * 3_600_000)
  assert.equal(await fireDueTimers(w.node), 1)
  assert.deepEqual(await openIds(w, late), ['c'])
  assert.ok((await listTasks(w.db, { subject: late })).find((task) => task.elementId === 'a')?.cancelledAt)
  w.clock.now = new Date(monday.getTime() + 24 * 3_600_000)
  assert.equal(await fireDueTimers(w.node), 1)
  assert.deepEqual(await openIds(w, waits), ['b'])
  assert.equal(await complete(w, waits, 'b'), true)
})

test('a running instance stays on its version; publishing the same file again has no effect', async (t) => {
  const w = await world(t)
  const old = await start(w, 'household-business')
  const file = shippedDefinitions().find((one) => one.file.startsWith('household'))!.bpmn
  const ctx = w.system()
  const publish = (bpmn: string) => transact(ctx, (tx) => publishProcess(tx, ctx, { bpmn }))
  assert.equal(((await publish(file)) as { version: number }).version, 1)
  assert.equal(((await publish(file.replace('PT6H', 'PT5H'))) as { version: number }).version, 2)
  assert.equal((await getInstance(w.db, old))?.version, 1)
  assert.equal((await getInstance(w.db, await start(w, 'household-business')))?.version, 2)
})

test('nothing of a step is kept when the act around it fails', async (t) => {
  const w = await world(t)
  const subject = await start(w, 'birth-registration')
  const ctx = w.system()
  const task = (await findOpenTask(w.db, { subject }))!
  await assert.rejects(transact(ctx, async (tx) => { await completeTask(tx, ctx, { taskId: task.id }); throw new Error('disk full') }), /disk full/)
  assert.deepEqual(await openIds(w, subject), ['check'])
})

test('many people, timers and pauses at once: every dossier comes to its end, with one event per step', async (t) => {
  const w = await world(t)
  const subjects = await Promise.all(Array.from({ length: 6 }, (_, i) => start(w, i % 2 ? 'household-business' : 'driving-licence-exchange')))
  const live = new Set(subjects)
  const refusals = new Set<string>()
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      if (!isRefusal(error)) throw error
      refusals.add(error.code)
    }
  }
  const person = async (): Promise<void> => {
    for (let turn = 0; turn < 400 && live.size > 0; turn++) {
      const ctx = w.system()
      const subject = [...live][turn % live.size]!
      const task = (await listTasks(w.db, { subject, open: true })).at(turn % 2 ? 0 : -1)
      if (!task) { live.delete(subject); continue }
      if (turn % 9 === 0) await attempt(() => transact(ctx, (tx) => pauseProcess(tx, ctx, { subject })))
      await attempt(() => transact(ctx, (tx) => completeTask(tx, ctx, { taskId: task.id })))
      await attempt(() => transact(ctx, (tx) => resumeProcess(tx, ctx, { subject })))
    }
  }
  const clock = async (): Promise<void> => {
    while (live.size > 0) {
      w.clock.now = new Date(w.clock.now.getTime() + 3_600_000)
      await fireDueTimers(w.node)
    }
  }
  await Promise.all([person(), person(), person(), person(), clock()])
  for (const subject of subjects) assert.equal((await getInstance(w.db, subject))?.state, 'ended')
  const [count] = await w.db<{ done: number; events: number }[]>`
    SELECT (SELECT count(*) FROM process.task WHERE done_at IS NOT NULL)::int AS done, (SELECT count(*) FROM ledger.event WHERE type = 'process.task_completed')::int AS events`
  assert.deepEqual({ ...count }, { done: 3 * 8 + 3 * 5, events: 3 * 8 + 3 * 5 })
  assert.ok(refusals.has('TASK_ALREADY_DONE'), [...refusals].join())
})

import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { isRefusal } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { listEvents } from '../ledger/index.ts'
import { getTask, listTasks } from '../process/index.ts'
import { acceptDossier } from './accept-dossier.ts'
import { completeStep, type StepInput } from './complete-step.ts'
import { findDossier } from './dossiers.store.ts'
import { smallOffice, type Sitting, type SmallOffice } from './testing/small-office.ts'

suite('steps that come together', () => {
let office!: SmallOffice
let [desk, specialist, stranger]: Sitting[] = []
before(async () => {
  office = await smallOffice()
  ;[desk, specialist, stranger] = [await office.officer('one-stop'), await office.officer('specialist'), await office.officer('specialist', { agencyCode: office.there })]
})
after(() => office.stop())

/** The first step of a dossier just received. */
async function received(): Promise<StepInput> {
  const dossierId = await office.file()
  await acceptDossier(desk!.ctx, { dossierId })
  const task = (await listTasks(office.node.db, { subject: dossierId, open: true })).find((one) => one.role === 'specialist')!
  return { dossierId, taskId: task.id, outcome: task.outcomes[0]?.value }
}
const several = (count: number): Promise<StepInput[]> => Promise.all(Array.from({ length: count }, received))

const outcomes = (settled: readonly PromiseSettledResult<unknown>[]): string[] => settled.map((one) => (one.status === 'fulfilled' ? 'done' : isRefusal(one.reason) ? one.reason.code : 'failed'))
const typesOf = async (dossierId: string): Promise<string[]> => (await listEvents(office.node.db, dossierId)).map((event) => event.type)
/** In how many transactions the steps were written. */
async function transactionsOf(steps: readonly StepInput[]): Promise<number> {
  const [row] = await office.node.db<{ n: number }[]>`SELECT count(DISTINCT xid)::int AS n FROM ledger.event WHERE type = 'process.task_completed' AND subject = ANY (${steps.map((step) => step.dossierId)})`
  return row!.n
}

test('they share a transaction, and each leaves what it leaves alone', async () => {
  const steps = await several(8)
  await completeStep(specialist!.ctx, steps[0]!)
  const together = steps.slice(1)
  assert.deepEqual(outcomes(await Promise.allSettled(together.map((step) => completeStep(specialist!.ctx, step)))), together.map(() => 'done'))
  assert.equal(await transactionsOf(together), 1)
  const alone = await typesOf(steps[0]!.dossierId)
  assert.ok(alone.includes('process.task_completed'))
  for (const { dossierId, taskId } of together) {
    assert.deepEqual(await typesOf(dossierId), alone)
    assert.equal((await findDossier(office.node.db, dossierId))!.state, (await findDossier(office.node.db, steps[0]!.dossierId))!.state)
    assert.equal((await getTask(office.node.db, taskId))!.doneBy, `officer:${specialist!.id}`)
    assert.equal((await listTasks(office.node.db, { subject: dossierId, open: true })).length, (await listTasks(office.node.db, { subject: steps[0]!.dossierId, open: true })).length)
  }
})

test('who is refused hears his own reason, and nobody fails for him', async () => {
  const steps = await several(7)
  const [a, b, c, d, ...rest] = steps as [StepInput, StepInput, StepInput, StepInput, ...StepInput[]]
  await completeStep(specialist!.ctx, a)
  const asked = [
    completeStep(specialist!.ctx, a),
    completeStep(stranger!.ctx, b),
    completeStep(specialist!.ctx, { ...c, taskId: newId() }),
    // More than the column holds: the database refuses it, and with it the transaction of all.
    completeStep(specialist!.ctx, { ...d, note: 'x'.repeat(4001) }),
    ...rest.map((step) => completeStep(specialist!.ctx, step)),
  ]
  assert.deepEqual(outcomes(await Promise.allSettled(asked)), ['TASK_ALREADY_DONE', 'NOT_FOUND', 'WRONG_TASK', 'failed', ...rest.map(() => 'done')])
  for (const { taskId, dossierId } of [b, c, d]) {
    assert.equal((await getTask(office.node.db, taskId))!.doneAt, null)
    assert.ok(!(await typesOf(dossierId)).includes('process.task_completed'))
  }
})

test('of many who do the same step at once one wins', async () => {
  const [step, other] = await several(2)
  const settled = await Promise.allSettled([...Array.from({ length: 6 }, () => completeStep(specialist!.ctx, step!)), completeStep(specialist!.ctx, other!)])
  assert.deepEqual(outcomes(settled).sort(), ['TASK_ALREADY_DONE', 'TASK_ALREADY_DONE', 'TASK_ALREADY_DONE', 'TASK_ALREADY_DONE', 'TASK_ALREADY_DONE', 'done', 'done'])
  assert.equal((await typesOf(step!.dossierId)).filter((type) => type === 'process.task_completed').length, 1)
})

test('both branches of several dossiers at once: all are done, and each dossier goes on once', async () => {
  const dossiers = await Promise.all([1, 2, 3, 4].map(async () => (await received()).dossierId))
  const branches = (await Promise.all(dossiers.map((subject) => listTasks(office.node.db, { subject, open: true })))).flat()
  assert.equal(branches.length, 8)
  const settled = await Promise.allSettled(branches.map(({ id, subject }) => completeStep(specialist!.ctx, { dossierId: subject, taskId: id })))
  assert.deepEqual(outcomes(settled), branches.map(() => 'done'))
  for (const subject of dossiers) {
    assert.deepEqual((await listTasks(office.node.db, { subject, open: true })).map((task) => task.act), ['draft-result'])
    const types = await typesOf(subject)
    assert.equal(types.filter((type) => type === 'process.task_completed').length, 2)
    assert.equal(types.filter((type) => type === 'dossier.started').length, 1, types.join())
  }
})

test('one whose dossier somebody else holds waits for him, and keeps nobody waiting', async () => {
  const [held, ...others] = await several(4) as [StepInput, ...StepInput[]]
  const [locked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holder = office.owner.begin(async (tx) => {
    await tx`SELECT 1 FROM dossiers.dossier WHERE id = ${held.dossierId} FOR UPDATE`
    locked.resolve()
    await released.promise
  })
  await locked.promise
  let done = false
  const waiting = completeStep(specialist!.ctx, held).then(() => { done = true })
  await Promise.all(others.map((step) => completeStep(specialist!.ctx, step)))
  assert.equal(done, false)
  released.resolve()
  await Promise.all([holder, waiting])
  assert.equal(done, true)
})
})

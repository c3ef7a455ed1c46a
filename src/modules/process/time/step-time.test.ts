import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import type { Sql, Tx } from '../../../platform/db.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { calendarModule, loadCalendar } from '../../calendar/index.ts'
import { drainFollowers } from '../../ledger/index.ts'
import { assignTask, cancelProcess, completeTask, diagramFor, listBehindElement, listTasks, listTimedProcedures, listTimedVersions, pauseProcess, processModule, publishProcess, readElementTimes, resumeProcess, startProcess } from '../index.ts'
import { draw, subProcess, userTasks, written } from '../testing.ts'
import { bucketOf, lengthOf, quantile } from './step-time.ts'
import { timesOfSubject } from './times-of-subject.ts'

const hour = 3600
const officer = newId()

interface World { db: Sql; node: Node; at(local: string): void; act<T>(work: (tx: Tx, ctx: Ctx) => Promise<T>): Promise<T>; publish(bpmn: string): Promise<string>; run(key: string, more?: { agencyCode?: string; unitId?: string }): Promise<string>; task(subject: string): Promise<string> }

async function world(t: TestContext): Promise<World> {
  const { db } = await testDatabase(t)
  // Monday.
  let now = new Date('2026-03-02T08:00:00+07:00')
  const node = testNode(db, { now: () => now, modules: [calendarModule, processModule] })
  await calendarModule.seed?.(node)
  const act: World['act'] = (work) => { const ctx = systemCtx(node, 'test'); return transact(ctx, (tx) => work(tx, ctx)) }
  return {
    db, node, act, at: (local) => { now = new Date(`2026-03-${local}:00+07:00`) },
    async publish(bpmn) {
      const published = await act((tx, ctx) => publishProcess(tx, ctx, { bpmn }))
      assert.deepEqual(published.problems, [])
      return (published as { definitionId: string }).definitionId
    },
    async run(key, { agencyCode = 'H21.45', unitId } = {}) {
      const subject = newId()
      await act((tx, ctx) => startProcess(tx, ctx, { processKey: key, subject, agencyCode, matter: { procedureCode: '1.000001', sectorCode: null, unitId: unitId ?? null } }))
      return subject
    },
    task: async (subject) => (await listTasks(db, { subject, open: true }))[0]!.id,
  }
}

test('a step waits until somebody takes it, is worked on until it is done, and stops while the clock of its dossier stands; nights and days off are no office time', async (t) => {
  const w = await world(t)
  await w.publish(draw('k', 's>a a>b b>e'))
  const subject = await w.run('k')
  const a = await w.task(subject)
  w.at('02T10:00')
  await w.act((tx, ctx) => assignTask(tx, ctx, { taskId: a, assignee: officer }))
  w.at('02T11:00')
  await w.act((tx, ctx) => pauseProcess(tx, ctx, { subject }))
  w.at('03T09:00')
  await w.act((tx, ctx) => resumeProcess(tx, ctx, { subject }))
  w.at('03T10:00')
  await w.act((tx, ctx) => assignTask(tx, ctx, { taskId: a, assignee: null }))
  w.at('03T10:30')
  await w.act((tx, ctx) => completeTask(tx, ctx, { taskId: a }))
  w.at('03T11:30')
  const calendar = await loadCalendar(w.db)
  const office = (await timesOfSubject(w.db, calendar, subject, w.node.now(), () => 'H21.45')).get(a)!
  assert.deepEqual(office.office, { waiting: 2.5 * hour, working: 2 * hour, stopped: office.office.stopped })
  assert.deepEqual(office.wall, { waiting: 2.5 * hour, working: 2 * hour, stopped: 22 * hour })
  assert.ok(office.office.stopped > 4 * hour && office.office.stopped < 8 * hour, 'the night is no office time')
  const steps = (await diagramFor(w.db, subject, 'vi', { clock: { calendar, now: w.node.now() } }))!
  assert.deepEqual(steps.steps.map(({ name, time }) => [name, time?.office.waiting]), [['a', 2.5 * hour], ['b', hour]], 'the open step counts until now')
  assert.match(steps.svg, />1 ngày 2 giờ<|>\d ngày \d+ giờ</, 'the bar says the sum')
  assert.equal((await diagramFor(w.db, subject, 'vi'))!.steps[0]!.time, undefined)

  await drainFollowers(w.node)
  const [row] = await w.db<{ waiting: number; working: number; stopped: number; ended: string }[]>`SELECT office_waiting AS waiting, office_working AS working, office_stopped AS stopped, ended FROM process.step_time WHERE task_id = ${a}`
  assert.deepEqual(row, { ...office.office, ended: 'done' }, 'what the follower folds is what the ledger says')
})

test('steps are counted for their agency, those above it and their unit, by month, and once; cancelled ones are not', async (t) => {
  const w = await world(t)
  const definitionId = await w.publish(draw('k', 's>a a>b b>e'))
  const done: string[] = []
  for (const [i, where] of [{ agencyCode: 'H21.45.02', unitId: 'u1' }, { agencyCode: 'H21.45.02' }, { agencyCode: 'H21.46' }, { agencyCode: 'H21.450' }].entries()) {
    w.at('02T08:00')
    const subject = await w.run('k', where)
    w.at(`02T${String(9 + i).padStart(2, '0')}:00`)
    await w.act(async (tx, ctx) => completeTask(tx, ctx, { taskId: (await listTasks(tx, { subject, open: true }))[0]!.id }))
    done.push(subject)
  }
  const gone = await w.run('k', { agencyCode: 'H21.45.02' })
  await w.act((tx, ctx) => cancelProcess(tx, ctx, { subject: gone }))
  await drainFollowers(w.node)
  await drainFollowers(w.node)
  const times = async (agencyCode: string, unitId: string | null = null, month = '2026-03-01') => {
    const found = (await readElementTimes(w.db, { procedureCode: '1.000001', definitionId, within: [{ agencyCode, unitId }], from: month, until: month })).get('a')
    return [found?.n ?? 0, found?.standing ?? 0]
  }
  assert.deepEqual([await times('H21'), await times('H21.45'), await times('H21.45.02'), await times('H21.45.02', 'u1'), await times('H21.46'), await times('H21', null, '2026-02-01')], [[4, 0], [2, 0], [2, 0], [1, 0], [1, 0], [0, 0]])
  const all = await readElementTimes(w.db, { procedureCode: '1.000001', definitionId, within: [{ agencyCode: 'H21', unitId: null }], from: '2026-01-01', until: '2026-12-01' })
  assert.equal(all.get('b')!.standing, 4)
  assert.ok(Math.abs(all.get('a')!.median - 2 * hour) < 0.04 * 2 * hour && all.get('a')!.p90 > 2 * hour)
  assert.equal(all.get('a')!.sum, all.get('a')!.office.waiting)
  assert.deepEqual(await listTimedProcedures(w.db), ['1.000001'])
  assert.deepEqual((await listTimedVersions(w.db, '1.000001')).map((v) => [v.definitionId, v.version]), [[definitionId, 1]])

  const asked = { procedureCode: '1.000001', definitionId, within: [{ agencyCode: 'H21.45', unitId: null }], from: '2026-03-01', until: '2026-03-01', elementId: 'a' }
  const paging = { limit: 10, offset: 0, calendar: await loadCalendar(w.db), now: w.node.now() }
  assert.deepEqual((await listBehindElement(w.db, { ...asked, standing: false }, paging)).map((row) => row.subject), [done[1], done[0]], 'the slowest first; H21.450 is not below H21.45')
  assert.deepEqual((await listBehindElement(w.db, { ...asked, standing: false }, { ...paging, limit: 1, offset: 1 })).map((row) => row.subject), [done[0]])
  const [longest] = await listBehindElement(w.db, { ...asked, elementId: 'b', standing: true }, paging)
  assert.equal(longest!.subject, done[0])
  assert.ok(longest!.office.waiting > 0, 'counted until now')
})

test('what is read from classes lies within four hundredths of the truth', () => {
  let seed = 7
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647
  for (let round = 0; round < 200; round++) {
    const lengths = Array.from({ length: 1 + Math.floor(random() * 60) }, () => Math.floor(random() ** 4 * 4e6)).sort((a, b) => a - b)
    const counts = new Map<number, number>()
    for (const length of lengths) counts.set(bucketOf(length), (counts.get(bucketOf(length)) ?? 0) + 1)
    for (const share of [0.5, 0.9]) {
      const exact = lengths[Math.ceil(share * lengths.length) - 1]!
      assert.ok(Math.abs(quantile(counts, share)! - exact) <= 0.04 * exact + 3, `${quantile(counts, share)} instead of ${exact}`)
    }
  }
  assert.equal(quantile(new Map(), 0.5), undefined)
  assert.equal(lengthOf(bucketOf(0)), 0)
})

test('steps of sub-processes and called processes stand on the picture, come where their process stands, and colour what is around them', async (t) => {
  const w = await world(t)
  await w.publish(draw('inner', 's>ia ia>ib ib>e'))
  await w.publish(written('outer', `<startEvent id="s"/><callActivity id="c" name="Gọi" calledElement="inner"/>${subProcess('u', `<startEvent id="us"/>${userTasks('ua')}<endEvent id="ue"/>`, 'us>ua ua>ue')}${userTasks('z')}<endEvent id="e"/>`, 's>c c>u u>z z>e'))
  const subject = await w.run('outer')
  const shown = async () => (await diagramFor(w.db, subject, 'vi', { clock: { calendar: await loadCalendar(w.db), now: w.node.now() } }))!
  const seen = async () => (await shown()).steps.map(({ name, state }) => `${state} ${name}`)
  assert.deepEqual(await seen(), ['current ia', 'ahead ib', 'ahead ua', 'ahead z'])
  const count = (svg: string, fill: string): number => svg.match(new RegExp(`rx="6" fill="${fill.replace(/[()]/g, '\\$&')}"`, 'g'))?.length ?? 0
  const brand = 'var(--mc-brand, #9B1B1E)'
  assert.deepEqual([(await shown()).svg.match(/<svg /g)?.length, count((await shown()).svg, brand)], [3, 2], 'a picture each of the whole, the sub-process and the called one; the step and its call are at work')
  for (let i = 0; i < 2; i++) {
    w.at(`02T0${9 + i}:00`.replace('010', '10'))
    const taskId = await w.task(subject)
    await w.act((tx, ctx) => completeTask(tx, ctx, { taskId }))
  }
  assert.deepEqual(await seen(), ['done ia', 'done ib', 'current ua', 'ahead z'])
  const { svg } = await shown()
  assert.deepEqual([count(svg, brand), count(svg, '#EAF3EE')], [2, 3], 'the call is done with its two steps')
  assert.match(svg, /<strong>Gọi: /)
})

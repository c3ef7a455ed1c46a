import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Actor, Officer } from '../../../platform/actor.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import type { Sql, Tx } from '../../../platform/db.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { runDue } from '../../../platform/jobs.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { calendarModule } from '../../calendar/index.ts'
import { listEvents } from '../../ledger/index.ts'
import { organisations } from '../../organisations/index.ts'
import { assignTask, completeTask, diagramFor, listTasks, mayDo, processModule, publishProcess, startProcess } from '../index.ts'
import { draw } from '../testing.ts'
import { decideOverride } from './decide-override.ts'
import { overrideOf } from './in-force.ts'
import { proposeOverride, type ProposeOverride } from './propose-override.ts'
import type { StepOverride } from './step-override.store.ts'

interface World { db: Sql; node: Node; here: string; there: string; unit: string; at(local: string): void; act<T>(work: (tx: Tx, ctx: Ctx) => Promise<T>): Promise<T>; admin(name: string): Ctx; run(agencyCode?: string): Promise<string>; change(what: Partial<ProposeOverride>): Promise<string> }

async function world(t: TestContext): Promise<World> {
  const { db } = await testDatabase(t)
  let now = new Date('2026-03-02T08:00:00+07:00')
  const node = testNode(db, { now: () => now, modules: [calendarModule, organisations, processModule] })
  await calendarModule.seed?.(node)
  await organisations.seed?.(node)
  const act: World['act'] = (work) => { const ctx = systemCtx(node, 'test'); return transact(ctx, (tx) => work(tx, ctx)) }
  const [here, there] = (await db<{ code: string }[]>`SELECT code FROM organisations.agency WHERE node_code = ${node.config.code} AND parent_code IS NOT NULL ORDER BY code LIMIT 2`).map((row) => row.code)
  const [unit] = await db<{ id: string }[]>`INSERT INTO organisations.unit (id, agency_code, name_vi, name_en, position) VALUES ('don-vi-thu', ${here!}, 'Đơn vị thử', 'Test unit', 1) RETURNING id`
  const published = await act((tx, ctx) => publishProcess(tx, ctx, { bpmn: draw('k', 's>a a>b b>e') }))
  assert.deepEqual(published.problems, [])
  const admin = (name: string): Ctx => createCtx(node, { actor: { kind: 'officer', id: name, name, agencyCode: node.config.code, unitId: null, roles: [], permissions: new Set(['process.give-steps']), methods: ['pwd', 'otp'], authenticatedAt: now, sessionId: 's' } satisfies Actor })
  return {
    db, node, here: here!, there: there!, unit: unit!.id, act, admin, at: (local) => { now = new Date(`2026-03-${local}:00+07:00`) },
    async run(agencyCode = here) {
      const subject = newId()
      await act((tx, ctx) => startProcess(tx, ctx, { processKey: 'k', subject, agencyCode: agencyCode!, matter: { procedureCode: '1.1', sectorCode: null, unitId: 'cua-thu-tuc' } }))
      return subject
    },
    async change(what) {
      const { id, mistakes } = await proposeOverride(admin('one'), { processKey: 'k', elementId: 'a', agencyCode: null, role: null, unitId: null, withOpen: false, reason: 'Quyết định 3', validFrom: now, ...what })
      assert.deepEqual(mistakes, [])
      await decideOverride(admin('two'), { id, decision: 'confirmed' })
      return id
    },
  }
}

const open = async (w: World, subject: string) => (await listTasks(w.db, { subject, open: true })).map(({ elementId, role, assignee, matter }) => [elementId, role, assignee, matter.unitId])

test('from its day on a step is another role’s, once a second administrator has confirmed it; it ends as openly as it began', async (t) => {
  const w = await world(t)
  const before = await w.run()
  const { id } = await proposeOverride(w.admin('one'), { processKey: 'k', elementId: 'a', agencyCode: null, role: 'leader', unitId: null, withOpen: false, reason: 'Quyết định 3', validFrom: new Date('2026-03-03T00:00:00+07:00') })
  await assert.rejects(decideOverride(w.admin('one'), { id, decision: 'confirmed' }), (e) => isRefusal(e, 'SAME_PERSON'))
  w.at('03T08:00')
  assert.deepEqual(await open(w, await w.run()), [['a', 'specialist', null, 'cua-thu-tuc']], 'only proposed')
  w.at('02T09:00')
  await decideOverride(w.admin('two'), { id, decision: 'confirmed' })
  await assert.rejects(decideOverride(w.admin('two'), { id, decision: 'dropped' }), (e) => isRefusal(e, 'OVERRIDE_DECIDED'))
  assert.deepEqual(await open(w, await w.run()), [['a', 'specialist', null, 'cua-thu-tuc']], 'not before its day')
  w.at('03T08:00')
  const during = await w.run()
  assert.deepEqual(await open(w, during), [['a', 'leader', null, 'cua-thu-tuc']])
  assert.deepEqual(await open(w, before), [['a', 'specialist', null, 'cua-thu-tuc']], 'what is open stays')
  assert.equal((await diagramFor(w.db, during, 'vi'))!.steps[0]!.role, 'Lãnh đạo (thay cho Chuyên viên)')
  await w.change({ validFrom: new Date('2026-03-04T00:00:00+07:00') })
  w.at('04T08:00')
  assert.deepEqual(await open(w, await w.run()), [['a', 'specialist', null, 'cua-thu-tuc']], 'the process holds again')
  assert.deepEqual((await listEvents(w.db, 'k')).map((e) => e.type).slice(1), ['process.step_override_proposed', 'process.step_override_confirmed', 'process.step_override_proposed', 'process.step_override_confirmed'])
  assert.ok(!JSON.stringify(await listEvents(w.db, 'k')).includes('Quyết định'), 'the reason is in no event')
})

test('a step of one agency goes to one of its units, also those that are open: who had one gives it back, and officers of that unit alone find it', async (t) => {
  const w = await world(t)
  const [mine, others] = [await w.run(w.here), await w.run(w.there)]
  const [task] = await listTasks(w.db, { subject: mine, open: true })
  await w.act((tx, ctx) => assignTask(tx, ctx, { taskId: task!.id, assignee: newId() }))
  await w.change({ agencyCode: w.here, unitId: w.unit, withOpen: true })
  while (await runDue(w.node) > 0);
  while (await runDue(w.node) > 0);
  assert.deepEqual([await open(w, mine), await open(w, others)], [[['a', 'specialist', null, w.unit]], [['a', 'specialist', null, 'cua-thu-tuc']]])
  assert.deepEqual((await listEvents(w.db, mine)).map((e) => e.type), ['process.started', 'process.task_created', 'process.task_assigned', 'process.task_given', 'process.task_assigned'])
  const of = (unitId: string): Officer => ({ kind: 'officer', id: newId(), name: '', agencyCode: w.here, unitId, roles: ['specialist'], scopes: [{ role: 'specialist', agencyCode: w.here, unitId, sectorCode: null, procedureCode: null }], permissions: new Set(), methods: ['pwd'], authenticatedAt: new Date(), sessionId: 's' })
  const [now] = await listTasks(w.db, { subject: mine, open: true })
  for (const [unitId, expected] of [[w.unit, true], ['cua-thu-tuc', false]] as const) {
    assert.equal(mayDo(of(unitId), now!), expected, unitId)
    assert.equal((await listTasks(w.db, { officer: of(unitId), open: true })).length, expected ? 1 : 0, unitId)
  }
  await w.act((tx, ctx) => completeTask(tx, ctx, { taskId: now!.id }))
  assert.deepEqual(await open(w, mine), [['b', 'specialist', null, 'cua-thu-tuc']], 'only the one step')
  assert.deepEqual(await open(w, await w.run(w.here)), [['a', 'specialist', null, w.unit]], 'new ones too')
})

test('what cannot be is said beside its field', async (t) => {
  const w = await world(t)
  const propose = async (what: Partial<ProposeOverride>) => (await proposeOverride(w.admin('one'), { processKey: 'k', elementId: 'a', agencyCode: null, role: 'leader', unitId: null, withOpen: false, reason: 'x', validFrom: new Date(), ...what })).mistakes.map((m) => m.field)
  const table: [Partial<ProposeOverride>, string[]][] = [[{ unitId: w.unit }, ['unit']], [{ unitId: w.unit, agencyCode: w.there }, ['unit']], [{ agencyCode: 'G01.08' }, ['agency']], [{ role: 'king' }, ['role']], [{ validFrom: undefined }, ['day']], [{ reason: ' ' }, ['reason']], [{ unitId: w.unit, agencyCode: w.here }, []]]
  for (const [what, fields] of table) assert.deepEqual(await propose(what), fields, JSON.stringify(what))
  await assert.rejects(propose({ elementId: 's' }), (e) => isRefusal(e, 'STEP_NOT_FOUND'))
})

test('an agency’s own change goes before that for all, the later before the earlier', () => {
  const one = (agencyCode: string | null, day: number, role: string): StepOverride => ({ id: role, processKey: 'k', elementId: 'a', agencyCode, role, unitId: null, validFrom: new Date(Date.UTC(2026, 2, day)), withOpen: false, reason: '', state: 'confirmed', proposedBy: '', proposedAt: new Date(0), decidedBy: '', decidedAt: new Date(0) })
  const all = [one(null, 1, 'r1'), one('X', 2, 'r2'), one(null, 3, 'r3'), one('X', 4, 'r4')]
  const table: [string, number, string | undefined][] = [['X', 0, undefined], ['X', 1, 'r1'], ['X', 2, 'r2'], ['X', 3, 'r2'], ['X', 5, 'r4'], ['Y', 2, 'r1'], ['Y', 5, 'r3']]
  for (const [agencyCode, day, role] of table) assert.equal(overrideOf(all, { processKey: 'k', elementId: 'a', agencyCode }, new Date(Date.UTC(2026, 2, day, 12)))?.role ?? undefined, role, `${agencyCode} ${day}`)
})

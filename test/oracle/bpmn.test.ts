import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemCtx, transact } from '../../src/platform/ctx.ts'
import { newId } from '../../src/platform/ids.ts'
import { testDatabase } from '../../src/platform/testing/database.ts'
import { testNode } from '../../src/platform/testing/node.ts'
import { begin, comeTo } from '../../src/modules/process/advance.ts'
import { byConditions } from '../../src/modules/process/chooser.ts'
import { checkSoundness, completeTask, deliverMessage, fireDueTimers, getInstance, parseProcess, publishProcess, startProcess } from '../../src/modules/process/index.ts'
import type { Marking } from '../../src/modules/process/marking.ts'
import type { ProcessModel } from '../../src/modules/process/model.ts'
import { randomBlock, randomFrom } from './support/process/blocks.ts'
import { compare, inWords, loadEngine, messagesThatDoNotInterrupt, offers } from './support/process/compare.ts'
import { drawn } from './support/process/drawn.ts'
import { mutants } from './support/process/mutants.ts'
import { after, begun, offered } from './support/process/oracle.ts'

// `npm run oracle:bpmn` does the same on 10,000 cases.
test('the process engine agrees with the oracle on random sound processes', async () => {
  const differences = await compare(await loadEngine(), 1, 200)
  assert.equal(differences.length, 0, differences.map(inWords).join('\n'))
})

for (const mutant of mutants) {
  test(`the oracle notices: ${mutant.name}`, async () => {
    assert.ok((await compare(await loadEngine(mutant), 1, 500, 1)).length > 0)
  })
}

test('processes that were damaged and still pass the check never get stuck and never double a step', async () => {
  let passed = 0
  for (let seed = 1; seed <= 200; seed++) {
    const random = randomFrom(seed)
    const block = randomBlock(random)
    const { model } = await parseProcess(drawn(block))
    const flow = model!.flows[random(model!.flows.length)]!
    const scopeOf = (id: string): string | undefined => model!.nodes.find((node) => node.id === id)!.in
    const targets = model!.nodes.filter((node) => node.in === scopeOf(flow.from) && node.kind !== 'start')
    flow.to = targets[random(targets.length)]!.id
    if (checkSoundness(model!).length > 0) continue
    passed++
    const chooser = () => byConditions(model!, { outcome: ['v', 'v1', 'v2', 'v12'][random(4)]!, outcomes: {}, variables: {} })
    const once = messagesThatDoNotInterrupt(block)
    let move = begin(model!, chooser())
    for (let step = 0; step < 60 && !move.ended; step++) {
      const { tokens } = move.marking
      const open = [...offers(model!, move.marking)]
      assert.ok(open.length > 0, `seed ${seed} is stuck at ${tokens.map((token) => token.at).join()}`)
      assert.equal(new Set(tokens.map((token) => [token.at, token.in, token.by, token.nth].join())).size, tokens.length, `seed ${seed}`)
      const [name, id] = open[random(open.length)]!
      if (once.has(name.slice(name.lastIndexOf('/') + 1))) continue
      move = comeTo(model!, move.marking, id, chooser())
    }
  }
  assert.ok(passed > 10, `${passed} of the damaged processes passed the check`)
})

test('random processes run through the database as the oracle says', async (t) => {
  const { db } = await testDatabase(t)
  const clock = { now: new Date('2026-03-02T09:00:00+07:00') }
  const node = testNode(db, { now: () => clock.now })
  const ctx = () => systemCtx(node, 'test')
  for (let seed = 1; seed <= 25; seed++) {
    const random = randomFrom(seed)
    const block = randomBlock(random)
    const subject = newId()
    const published = await transact(ctx(), (tx) => publishProcess(tx, ctx(), { bpmn: drawn(block), validFrom: new Date(0) }))
    assert.deepEqual(published.problems, [])
    await transact(ctx(), (tx) => startProcess(tx, ctx(), { processKey: 'k', subject, agencyCode: 'H21' }))
    let left = begun(block)
    for (let step = 0; step < 12 && left; step++) {
      const ours = await offersInDatabase(subject)
      const theirs = offered(left).sort()
      assert.deepEqual([...ours.keys()].sort(), theirs, `seed ${seed}`)
      const name = theirs[random(theirs.length)]!
      const outcome = ['v1', 'v2'][random(2)]!
      // A message by its name alone finds one of several places; one beside the way could come twice.
      if (name.includes('/') || messagesThatDoNotInterrupt(block).has(name)) continue
      left = after(left, name, await doInDatabase(subject, ours.get(name)!, outcome))
    }
    assert.equal((await getInstance(db, subject))?.state, left === null ? 'ended' : 'running', `seed ${seed}`)
  }

  /** What the rows offer: open tasks, open timers, and messages that a token waits for. */
  async function offersInDatabase(subject: string): Promise<Map<string, number>> {
    const [row] = await db<{ marking: Marking; model: ProcessModel; tasks: number[]; timers: number[] }[]>`
      SELECT i.marking, d.model, ARRAY (SELECT token FROM process.task WHERE instance_id = i.id AND done_at IS NULL AND cancelled_at IS NULL) AS tasks,
        ARRAY (SELECT token FROM process.timer WHERE instance_id = i.id AND fired_at IS NULL AND cancelled_at IS NULL) AS timers
      FROM process.instance i JOIN process.definition d ON d.id = i.definition_id WHERE i.subject = ${subject}`
    const { marking, model, tasks, timers } = row!
    const all = offers(model, marking)
    const messages = [...all.values()].filter((id) => model.nodes.some((one) => one.id === marking.tokens.find((token) => token.id === id)!.at && (one.kind === 'catch' || one.kind === 'start')))
    assert.deepEqual([...tasks, ...timers, ...messages].sort((a, b) => a - b), [...all.values()].sort((a, b) => a - b))
    return all
  }

  /** Does a step as people, clocks and messages do; the outcome that the engine was told. */
  async function doInDatabase(subject: string, token: number, wish: string): Promise<string> {
    const [task] = await db<{ id: string; outcomes: { value: string }[] }[]>`SELECT k.id, k.outcomes FROM process.task k JOIN process.instance i ON i.id = k.instance_id WHERE i.subject = ${subject} AND k.token = ${token} AND i.state = 'running'`
    if (task) {
      const outcome = task.outcomes.length === 0 || task.outcomes.some((one) => one.value === wish) ? wish : undefined
      await transact(ctx(), (tx) => completeTask(tx, ctx(), { taskId: task.id, ...(outcome ? { outcome } : {}) }))
      return outcome ?? 'v'
    }
    const rung = await db`UPDATE process.timer r SET fire_at = ${clock.now} FROM process.instance i WHERE i.id = r.instance_id AND i.subject = ${subject} AND r.token = ${token}`
    if (rung.count > 0) assert.equal(await fireDueTimers(node), 1)
    else {
      const [{ at } = { at: '' }] = await db<{ at: string }[]>`SELECT t->>'at' AS at FROM process.instance, jsonb_array_elements(marking->'tokens') AS t WHERE subject = ${subject} AND (t->>'id')::int = ${token}`
      await transact(ctx(), (tx) => deliverMessage(tx, ctx(), { subject, message: at }))
    }
    return 'v'
  }
})

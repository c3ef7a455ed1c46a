import assert from 'node:assert/strict'
import { test } from 'node:test'
import { begin, comeTo } from '../../src/modules/process/advance.ts'
import { byConditions } from '../../src/modules/process/chooser.ts'
import { checkSoundness, parseProcess } from '../../src/modules/process/index.ts'
import type { Marking } from '../../src/modules/process/marking.ts'
import { moveMarking } from '../../src/modules/process/migrate/move-marking.ts'
import { mappingOf, proposeMapping } from '../../src/modules/process/migrate/propose-mapping.ts'
import type { ProcessModel } from '../../src/modules/process/model.ts'
import { randomBlock, randomFrom, type Block, type Random } from './support/process/blocks.ts'
import { messagesThatDoNotInterrupt, offers } from './support/process/compare.ts'
import { drawn } from './support/process/drawn.ts'

const cases = Number(process.env.MOVES ?? 300)

/** Another version of a process: a part more or fewer, done at once instead of one after the other, a step renamed; or a flow that leads elsewhere. */
function edited(block: Block, random: Random): { block: Block; renamed: Map<string, string> } {
  const copy = structuredClone(block)
  const renamed = new Map<string, string>()
  const lists: Block[][] = []
  const turnable: (Block & { kind: 'sequence' | 'parallel' })[] = []
  const tasks: (Block & { kind: 'task' })[] = []
  JSON.stringify(copy, (_, value: unknown) => {
    const one = value as Block | null
    if (one && typeof one === 'object' && 'kind' in one) {
      if (one.kind === 'sequence' || one.kind === 'parallel') { lists.push(one.parts); turnable.push(one) }
      if (one.kind === 'race') lists.push(one.parts)
      if (one.kind === 'task') tasks.push(one)
    }
    return value
  })
  const any = <T>(all: readonly T[]): T => all[random(all.length)]!
  for (let n = 1 + random(2); n > 0; n--) {
    const what = random(4)
    if (what === 0 && tasks.length > 0) {
      const task = any(tasks)
      const name = `r${random(1000)}${n}`
      renamed.set(task.name, name)
      task.name = name
    } else if (what === 1 && lists.length > 0) any(lists).splice(random(3), 0, { kind: 'task', name: `x${random(1000)}${n}` })
    else if (what === 2 && lists.length > 0) { const list = any(lists); if (list.length > 2) list.splice(random(list.length), 1) }
    else if (turnable.length > 0) { const one = any(turnable); one.kind = one.kind === 'sequence' ? 'parallel' : 'sequence' }
  }
  return { block: copy, renamed }
}

/** Now and then a flow leads elsewhere, where that is sound. */
function damaged(model: ProcessModel, random: Random): ProcessModel {
  if (random(3) > 0) return model
  const copy = structuredClone(model)
  const flow = copy.flows[random(copy.flows.length)]!
  const scope = copy.nodes.find((node) => node.id === flow.from)!.in
  const targets = copy.nodes.filter((node) => node.in === scope && node.kind !== 'start')
  flow.to = targets[random(targets.length)]!.id
  return checkSoundness(copy).length === 0 ? copy : model
}

interface Played { marking: Marking; ended: boolean; taken: string[] }

function play(model: ProcessModel, from: Played, random: Random, steps: number, outcomes: readonly string[], except: ReadonlySet<string>): Played {
  let now = from
  for (let step = 0; step < steps && !now.ended; step++) {
    const open = [...offers(model, now.marking)].filter(([name]) => !except.has(name.slice(name.lastIndexOf('/') + 1)))
    assert.ok(open.length > 0, `stuck at ${now.marking.tokens.map((token) => token.at).join()}`)
    const outcome = outcomes[random(outcomes.length)]!
    const move = comeTo(model, now.marking, open[random(open.length)]![1], byConditions(model, { outcome, outcomes: {}, variables: {} }))
    now = { marking: move.marking, ended: move.ended, taken: [...now.taken, ...move.taken] }
    assert.equal(new Set(now.marking.tokens.map((token) => [token.at, token.in, token.by, token.nth].join())).size, now.marking.tokens.length, 'a step is there twice')
  }
  return now
}

test('wherever a running process is moved to another version, it ends properly there; whatever cannot be moved says why', async () => {
  let [moved, refused, changed] = [0, 0, 0]
  const reasons = new Set<string>()
  for (let seed = 1; seed <= cases; seed++) {
    const random = randomFrom(seed * 7)
    const block = randomBlock(random)
    const edit = edited(block, random)
    const [from, to] = [(await parseProcess(drawn(block))).model!, damaged((await parseProcess(drawn(edit.block))).model!, random)]
    if (checkSoundness(from).length > 0 || checkSoundness(to).length > 0) continue
    const except = new Set([...messagesThatDoNotInterrupt(block), ...messagesThatDoNotInterrupt(edit.block)])
    const first = begin(from, byConditions(from, { outcome: 'v', outcomes: {}, variables: {} }))
    const before = play(from, { marking: first.marking, ended: first.ended, taken: first.taken }, random, random(8), ['v', 'v1', 'v2', 'v12'], except)
    if (before.ended) continue
    const mapping = mappingOf(proposeMapping(from, to, edit.renamed))
    const after = moveMarking(from, to, before, mapping)
    if ('refused' in after) {
      refused++
      assert.ok(after.refused.length > 0)
      for (const { key } of after.refused) reasons.add(key)
      continue
    }
    moved++
    if (JSON.stringify(from) !== JSON.stringify(to)) changed++
    const ids = new Set(after.marking.tokens.map((token) => token.id))
    assert.equal(ids.size, after.marking.tokens.length, `seed ${seed}: numbers are unique`)
    assert.ok(after.marking.tokens.every((token) => token.id < after.marking.next && (token.in === undefined || ids.has(token.in))), `seed ${seed}`)
    try {
      // Outcomes that nobody wrote leave every loop.
      assert.ok(play(to, { ...after, ended: false }, random, 200, ['v'], except).ended, 'does not end')
    } catch (error) {
      assert.fail(`seed ${seed}: ${String(error)} from ${JSON.stringify(before.marking)} to ${JSON.stringify(after.marking)} in ${JSON.stringify(edit.block)}`)
    }
  }
  assert.ok(moved > cases / 4 && changed > cases / 10 && refused > cases / 20, `${moved} moved, ${changed} of them to something else, ${refused} refused`)
  for (const why of ['gone', 'undoing', 'unsound']) assert.ok(reasons.has(`process.move.refused.${why}`), `nothing was refused as ${why}: ${[...reasons].join()}`)
})

test('to the same version everything that runs can be moved, and stays as it is', async () => {
  for (let seed = 1; seed <= cases; seed++) {
    const random = randomFrom(seed)
    const block = randomBlock(random)
    const { model } = await parseProcess(drawn(block))
    if (checkSoundness(model!).length > 0) continue
    const first = begin(model!, byConditions(model!, { outcome: 'v', outcomes: {}, variables: {} }))
    const before = play(model!, { marking: first.marking, ended: first.ended, taken: first.taken }, random, random(8), ['v', 'v1', 'v2', 'v12'], messagesThatDoNotInterrupt(block))
    if (before.ended || before.marking.tokens.some((token) => token.undo)) continue
    const after = moveMarking(model!, model!, before, new Map())
    assert.ok(!('refused' in after), `seed ${seed}: ${JSON.stringify(after)} at ${JSON.stringify(before.marking)}`)
    assert.deepEqual([after.marking, after.armed, after.disarmed, after.taken], [{ ...before.marking, tokens: [...before.marking.tokens].sort((a, b) => a.id - b.id) }, [], [], before.taken], `seed ${seed}`)
  }
})

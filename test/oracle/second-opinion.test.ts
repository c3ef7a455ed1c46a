import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Engine } from 'bpmn-engine'
import { randomBlock, randomFrom, type Block } from './support/process/blocks.ts'
import { drawn } from './support/process/drawn.ts'
import { after, begun, offered } from './support/process/oracle.ts'

/** Blocks that bpmn-engine can be driven through from outside by the names of steps alone. */
const kinds = new Set(['task', 'sequence', 'parallel', 'choice', 'inclusive', 'loop', 'sub'])

/**
 * Where it does otherwise, and why we do not follow it.
 * 495: a parallel join is passed while a step of a choice in one of its branches is open, since the way that was not chosen counts as arrived. BPMN 2.0.2, 13.4.1, wants a token on each flow.
 */
const otherwise: readonly number[] = [495]

interface Waiting { id: string; type: string; signal(): void; getPostponed?(): Waiting[] }

function waiting(list: readonly Waiting[]): Waiting[] {
  return list.flatMap((one) => (one.type === 'bpmn:UserTask' ? [one] : waiting((one.getPostponed?.() ?? []).filter((inner) => inner.id !== one.id))))
}

/** What differs first; undefined where nothing does. */
async function difference(block: Block, random: (below: number) => number): Promise<string | undefined> {
  let outcome = 'v'
  const answers = { is1: () => outcome === 'v1', is2: () => outcome === 'v2', has1: () => outcome.includes('1'), has2: () => outcome.includes('2') }
  const source = drawn(block, { is: (n) => `\${environment.services.is${n}()}`, has: (n) => `\${environment.services.has${n}()}` })
  const execution = await new Engine({ name: 'k', source, services: answers }).execute()
  let left = begun(block)
  for (let step = 0; step < 30; step++) {
    const theirs = waiting(execution.getPostponed() as Waiting[])
    const names = theirs.map((one) => one.id).sort().join()
    if (names !== offered(left).sort().join()) return `${names} instead of ${offered(left).sort().join()}`
    if (!left) return undefined
    const name = offered(left).sort()[random(offered(left).length)]!
    outcome = ['v', 'v1', 'v2', 'v12'][random(4)]!
    left = after(left, name, outcome)
    theirs.find((one) => one.id === name)!.signal()
  }
  return undefined
}

test('an engine of others agrees with the oracle where it can run the same files', async () => {
  const found: number[] = []
  let compared = 0
  for (let seed = 1; seed <= 600; seed++) {
    const random = randomFrom(seed)
    const block = randomBlock(random)
    if ([...JSON.stringify(block).matchAll(/"kind":"(\w+)"/g)].some(([, kind]) => !kinds.has(kind!))) continue
    compared++
    if (await difference(block, random)) found.push(seed)
  }
  assert.ok(compared > 70, `${compared} compared`)
  assert.deepEqual(found, otherwise)
})

import type { ProcessModel } from '../../../../src/modules/process/model.ts'
import type { Marking, Token } from '../../../../src/modules/process/marking.ts'
import type { Mutant } from '../planted-fault.ts'
import { assertPlanted, loadWithFault } from '../planted-fault.ts'
import { randomBlock, randomFrom, type Block } from './blocks.ts'
import { drawn } from './drawn.ts'
import { after, begun, offered } from './oracle.ts'

/** The engine's parts that the comparison plays, as they are or with a planted fault. */
export interface Engine {
  parseProcess: typeof import('../../../../src/modules/process/parse-process.ts').parseProcess
  checkSoundness: typeof import('../../../../src/modules/process/soundness.ts').checkSoundness
  begin: typeof import('../../../../src/modules/process/advance.ts').begin
  comeTo: typeof import('../../../../src/modules/process/advance.ts').comeTo
  byConditions: typeof import('../../../../src/modules/process/chooser.ts').byConditions
}

export async function loadEngine(mutant?: Mutant): Promise<Engine> {
  const load = (file: string): Promise<unknown> => loadWithFault('process', file, mutant)
  const engine = { ...await load('parse-process.ts') as object, ...await load('soundness.ts') as object, ...await load('advance.ts') as object, ...await load('chooser.ts') as object } as Engine
  if (mutant) assertPlanted(mutant)
  return engine
}

export interface Difference { seed: number; what: string; block: Block; steps: string[] }

const mostSteps = 40

/** Plays one random process by a random schedule in both; undefined where they agree at every step. */
export async function compareOne(engine: Engine, seed: number): Promise<Difference | undefined> {
  const random = randomFrom(seed)
  const block = randomBlock(random)
  const steps: string[] = []
  const differ = (what: string): Difference => ({ seed, what, block, steps })
  const { model, problems } = await engine.parseProcess(drawn(block))
  if (!model) return differ(`not read: ${JSON.stringify(problems)}`)
  try {
    const unsound = engine.checkSoundness(model).filter(({ key }) => !['process.problem.too_tangled', 'process.problem.no_task'].includes(key))
    if (unsound.length > 0) return differ(`not sound: ${JSON.stringify(unsound)}`)
    return play(engine, model, block, random, steps, differ)
  } catch (error) {
    return differ(`fails: ${String(error)}`)
  }
}

function play(engine: Engine, model: ProcessModel, block: Block, random: (below: number) => number, steps: string[], differ: (what: string) => Difference): Difference | undefined {
  const chooser = (outcome: string) => engine.byConditions(model, { outcome, outcomes: {}, variables: {} })
  const once = messagesThatDoNotInterrupt(block)
  let left = begun(block)
  let move = engine.begin(model, chooser('v'))
  while (steps.length < mostSteps) {
    const [ours, theirs] = [offers(model, move.marking), offered(left).sort()]
    if ([...ours.keys()].sort().join() !== theirs.join() || ours.size !== theirs.length) return differ(`the engine offers ${[...ours.keys()].sort().join()}, the oracle ${theirs.join()}`)
    if (move.ended !== (left === null)) return differ(`the engine ${move.ended ? 'has ended' : 'goes on'}, the oracle ${left === null ? 'has ended' : 'goes on'}`)
    const open = theirs.filter((name) => !(once.has(name.slice(name.lastIndexOf('/') + 1)) && steps.some((step) => step.startsWith(`${name} `))))
    if (!left || open.length === 0) return undefined
    const name = open[random(open.length)]!
    const outcome = ['v', 'v1', 'v2', 'v12'][random(4)]!
    steps.push(`${name} ${outcome}`)
    left = after(left, name, outcome)
    move = engine.comeTo(model, move.marking, ours.get(name)!, chooser(outcome))
  }
  return undefined
}

/** What can come from outside, under the oracle's names, with the token of each. */
export function offers(model: ProcessModel, { tokens }: Marking): Map<string, number> {
  const kinds = new Map(model.nodes.map((node) => [node.id, node]))
  const place = (token: Token | undefined): string => (token ? `${place(tokens.find((one) => one.id === token.in))}${token.nth === undefined ? '' : `${token.nth}/`}` : '')
  const comes = (token: Token): boolean => {
    const node = kinds.get(token.at)!
    if (token.items || token.by !== undefined) return false
    return node.kind === 'user' || node.kind === 'timer' || node.kind === 'catch' || node.kind === 'boundary-timer' || (node.kind === 'start' && token.armed === true)
  }
  return new Map(tokens.filter(comes).map((token) => [`${place(token)}${token.at}`, token.id]))
}

/** Messages that can come again and again while what they begin runs: a second one would have the same names. */
export function messagesThatDoNotInterrupt(block: Block): Set<string> {
  const found = new Set<string>()
  JSON.stringify(block, (_, value: unknown) => {
    if (value && typeof value === 'object' && 'kind' in value && value.kind === 'listening' && !(value as Block & { kind: 'listening' }).interrupting) found.add((value as Block & { kind: 'listening' }).message)
    return value
  })
  return found
}

/** So many random cases from a seed on; the first differences, at most `most`. */
export async function compare(engine: Engine, seed: number, cases: number, most = 10): Promise<Difference[]> {
  const found: Difference[] = []
  for (let n = 0; n < cases && found.length < most; n++) {
    const difference = await compareOne(engine, seed + n)
    if (difference) found.push(difference)
  }
  return found
}

export function inWords({ seed, what, block, steps }: Difference): string {
  return `seed ${seed}: ${what}\n  after ${steps.join(', ') || 'the beginning'}\n  in ${JSON.stringify(block)}`
}

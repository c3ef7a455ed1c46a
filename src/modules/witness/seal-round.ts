import { systemCtx, transact } from '../../platform/ctx.ts'
import type { Node } from '../../platform/node.ts'
import { appendEvent, findCheckpoint, LogDiffers, noteSeen, noteUnseen, sealLog, type KeptCheckpoint } from '../ledger/index.ts'
import { askWitness, LogBehind } from './ask-witness.ts'
import { quorumOf, witnessesOf, type Witness } from './witnesses.ts'

/** How far the clock of this node may be from that of a witness. */
export const clockToleranceMs = 120_000

export interface Round {
  /** 'sealed': enough witnesses saw the newest checkpoint; 'alone': there is nobody to ask. */
  readonly outcome: 'sealed' | 'alone' | 'unseen' | 'behind' | 'wrong-clock' | 'differs'
  /** Where the log is behind what a witness saw of it: who. */
  readonly behind?: Witness | undefined
}

/** What one process remembers between rounds. */
export interface Memory { /** Clock of the machine that only runs forward, and this node's, when witnesses last agreed with it. */ agreed?: { monotonic: number; clock: number } | undefined; said?: string | undefined }

/**
 * Signs what the log has come to and has the witnesses cosign it. After a start, and when the clock has moved otherwise than time passes, the last checkpoint is cosigned once more before anything
 * new is signed: so a clock that was set back, and a database that was restored, show before they do harm.
 */
export async function sealRound(node: Node, memory: Memory): Promise<Round> {
  const witnesses = await witnessesOf(node)
  const last = await findCheckpoint(node.db)
  let checked: Asked | undefined
  if (last && !agrees(node, memory)) {
    checked = await ask(node, witnesses.known, last)
    if (checked.behind || checked.isWrongClock) return await settle(node, memory, witnesses.expected, last, checked)
  }
  let sealed: KeptCheckpoint
  try {
    sealed = await sealLog(node)
  } catch (error) {
    if (!(error instanceof LogDiffers)) throw error
    await sayOnce(node, memory, 'log.differs', { index: error.index, about: error.subject })
    return await settle(node, memory, witnesses.expected, last, undefined, 'differs')
  }
  return await settle(node, memory, witnesses.expected, sealed, checked && sealed.size === last?.size ? checked : await ask(node, witnesses.known, sealed))
}

function agrees(node: Node, { agreed }: Memory): boolean {
  if (!agreed) return false
  return Math.abs(node.now().getTime() - agreed.clock - (performance.now() - agreed.monotonic)) < clockToleranceMs / 2
}

interface Asked { readonly seenBy: number; readonly at: Date | undefined; readonly behind: Witness | undefined; readonly isWrongClock: boolean }

async function ask(node: Node, witnesses: readonly Witness[], checkpoint: KeptCheckpoint): Promise<Asked> {
  const answers = await Promise.allSettled(witnesses.map((witness) => askWitness(node, witness, checkpoint)))
  const times = answers.filter((a) => a.status === 'fulfilled').map((a) => a.value)
  const faults = answers.filter((a) => a.status === 'rejected').map((a) => a.reason as unknown)
  const behind = faults.filter((f) => f instanceof LogBehind).sort((a, b) => b.seen - a.seen || Number(b.witness.isMirror) - Number(a.witness.isMirror))[0]
  for (const fault of faults) node.log.info({ err: fault }, 'a witness has not cosigned the transparency log')
  const far = times.filter((at) => Math.abs(at.getTime() - node.now().getTime()) > clockToleranceMs)
  return { seenBy: times.length, at: times.sort((a, b) => a.getTime() - b.getTime())[0], behind: behind?.witness, isWrongClock: far.length > 0 && far.length * 2 >= times.length }
}

async function settle(node: Node, memory: Memory, expected: number, checkpoint: KeptCheckpoint | undefined, asked: Asked | undefined, outcome?: Round['outcome']): Promise<Round> {
  if (asked?.behind) return { outcome: 'behind', behind: asked.behind }
  if (asked?.isWrongClock) await sayOnce(node, memory, 'log.clock-differs', { witnesses: asked.at!.toISOString() })
  const ctx = systemCtx(node, 'witness')
  const isSeen = asked !== undefined && !asked.isWrongClock && asked.seenBy >= quorumOf(expected)
  if (isSeen) {
    const wasUnseen = await node.db.begin((tx) => noteSeen(tx as never, checkpoint!.size, node.now()))
    if (asked.seenBy > 0) memory.agreed = { monotonic: performance.now(), clock: node.now().getTime() }
    memory.said = undefined
    if (wasUnseen) await transact(ctx, (tx) => appendEvent(tx, ctx, { type: 'log.sealed-again', subject: node.config.code, data: { size: checkpoint!.size } }))
    return { outcome: expected === 0 ? 'alone' : 'sealed' }
  }
  await transact(ctx, async (tx) => {
    const since = await noteUnseen(tx, node.now())
    if (since) await appendEvent(tx, ctx, { type: 'log.unsealed', subject: node.config.code, data: { since: since.toISOString() } })
  })
  return { outcome: outcome ?? (asked?.isWrongClock ? 'wrong-clock' : 'unseen') }
}

/** An alarm is an event once, until the log is seen again. */
async function sayOnce(node: Node, memory: Memory, type: string, data: object): Promise<void> {
  const said = `${type} ${JSON.stringify(Object.keys(data))}`
  if (memory.said === said) return
  memory.said = said
  const ctx = systemCtx(node, 'witness')
  node.log.error(data, `transparency log: ${type}`)
  await transact(ctx, (tx) => appendEvent(tx, ctx, { type, subject: node.config.code, data }))
}

import type { Node } from '../../../platform/node.ts'

interface Holds { entering: boolean; readonly beforeFirstSeal: Set<Promise<unknown>> }
const holds = new WeakMap<Node, Holds>()

function holdsOf(node: Node): Holds {
  const known = holds.get(node) ?? { entering: false, beforeFirstSeal: new Set() }
  holds.set(node, known)
  return known
}

/** Nothing is entered into the log in this process until `release` is called: a node that was restored from a backup first asks how far its log was. @returns release */
export function holdLog(node: Node): () => void {
  const own = holdsOf(node)
  own.entering = true
  return () => { own.entering = false }
}

export const isLogHeld = (node: Node): boolean => holdsOf(node).entering

/** What is done with an earlier clock before the log begins (the past of a demo) belongs into its first checkpoint, which has no window behind it. */
export function doneBeforeFirstSeal(node: Node, work: Promise<unknown>): void {
  const { beforeFirstSeal } = holdsOf(node)
  beforeFirstSeal.add(work)
  void work.catch(() => {}).finally(() => beforeFirstSeal.delete(work))
}

export const mayBeginLog = (node: Node): boolean => holdsOf(node).beforeFirstSeal.size === 0

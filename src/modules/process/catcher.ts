import type { Token } from './marking.ts'
import { triggerOf, type ModelIndex, type ProcessNode } from './model.ts'

/** Whether an element waits for a signal of this name, or for an error or escalation with this code. */
export function hears(node: ProcessNode, type: 'signal' | 'error' | 'escalation', name: string): boolean {
  const trigger = triggerOf(node)
  if (trigger?.type === 'signal') return type === 'signal' && trigger.name === name
  return (trigger?.type === 'error' || trigger?.type === 'escalation') && trigger.type === type && (trigger.code === undefined || trigger.code === name)
}

/** The armed event that catches an error or escalation of what is at or inside the token `at`: in front of an event sub-process first, then at the edge, then further out. */
export function catcherOf(index: ModelIndex, tokens: readonly Token[], at: number | undefined, type: 'error' | 'escalation', code: string): Token | undefined {
  const candidates = tokens.filter((token) => token.armed && token.in === at && hears(index.node(token.at), type, code))
  const nearest = candidates.find((token) => index.node(token.at).kind === 'start') ?? candidates[0]
  return nearest ?? (at === undefined ? undefined : catcherOf(index, tokens, tokens.find((token) => token.id === at)?.in, type, code))
}

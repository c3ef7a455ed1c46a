import { actorKey } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../catalogue.errors.ts'
import type { Decision, DecisionState } from './decision.ts'
import { mayIssueFor } from './decision.ts'
import { lockDecision, updateDecision } from './decision.store.ts'

/**
 * The decision, locked, for an act of its own office in one of these states.
 * @throws NOT_AUTHOR at a local node, DECISION_NOT_FOUND, NOT_ISSUER, DECISION_NOT_IN_STATE
 */
export async function openDecision(tx: Tx, ctx: Ctx, id: string, states: readonly DecisionState[]): Promise<Decision> {
  if (ctx.node.config.kind !== 'national') throw errors.NOT_AUTHOR()
  const decision = await lockDecision(tx, id)
  if (!decision) throw errors.DECISION_NOT_FOUND()
  if (!mayIssueFor(ctx.actor, decision.issuer)) throw errors.NOT_ISSUER({ issuer: decision.issuer })
  if (!states.includes(decision.state)) throw errors.DECISION_NOT_IN_STATE({ state: ctx.t(`catalogue.decisions.state.${decision.state}`) })
  return decision
}

/** Moves a decision and says so in the ledger. */
export async function moveDecision(tx: Tx, ctx: Ctx, decision: Decision, change: Partial<Decision> & { state: DecisionState }, event: string): Promise<Decision> {
  const moved = { ...decision, ...change }
  await updateDecision(tx, moved)
  await appendEvent(tx, ctx, { type: event, subject: decision.id, data: { number: decision.number, issuer: decision.issuer, state: moved.state, effectiveOn: decision.effectiveOn } })
  return moved
}

export const keyOf = (ctx: Ctx): string => actorKey(ctx.actor)

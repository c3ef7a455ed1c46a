import type { Req } from '../../../../platform/http/route.ts'
import { isId } from '../../../../platform/ids.ts'
import { errors } from '../../catalogue.errors.ts'
import { mayIssueFor, visibleIssuer, type Decision } from '../decision.ts'
import { findDecision } from '../decision.store.ts'

/** The decision in the address. A draft of another office is not found. @throws DECISION_NOT_FOUND */
export async function readDecision(req: Req): Promise<Decision> {
  const { ctx } = req
  const decision = isId(req.params.id) ? await findDecision(ctx.db, req.params.id) : undefined
  const visible = visibleIssuer(ctx.actor, ctx.node.config.national.code)
  if (!decision || (decision.state !== 'published' && visible !== undefined && visible !== decision.issuer)) throw errors.DECISION_NOT_FOUND()
  return decision
}

/** As readDecision, where the office itself is to act. @throws NOT_ISSUER */
export async function readOwnDecision(req: Req): Promise<Decision> {
  const decision = await readDecision(req)
  if (!mayIssueFor(req.ctx.actor, decision.issuer)) throw errors.NOT_ISSUER({ issuer: decision.issuer })
  return decision
}

import type { Ctx } from '../../../platform/ctx.ts'
import { errors } from '../identity.errors.ts'
import { findActingRight, representedOf } from './acting.ts'

/** The context of one request of an API that says for whom it acts, whatever its session does. @throws MANDATE_NOT_FOUND also for another person's */
export async function actUnder(ctx: Ctx, mandateId: string): Promise<Ctx> {
  const { actor } = ctx
  const right = actor.kind === 'person' ? await findActingRight(ctx.db, actor.id, mandateId, ctx.now) : undefined
  if (!right || actor.kind !== 'person') throw errors.MANDATE_NOT_FOUND()
  const { actingEnded: _ended, ...person } = actor
  return { ...ctx, actor: { ...person, actingFor: representedOf(right) } }
}

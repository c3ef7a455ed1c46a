import type { Person } from '../../../../platform/actor.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { Req } from '../../../../platform/http/route.ts'
import { errors } from '../../identity.errors.ts'

/** The context of a request whose route lets persons in only. */
export function personCtx(req: Req): Ctx & { actor: Person } {
  if (req.ctx.actor.kind !== 'person') throw errors.MANDATE_NOT_FOUND()
  return { ...req.ctx, actor: req.ctx.actor }
}

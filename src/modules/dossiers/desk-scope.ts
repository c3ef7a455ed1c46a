import type { Ctx } from '../../platform/ctx.ts'
import type { Dossier } from './dossier.ts'
import { errors } from './dossiers.errors.ts'

/** True when the officer's agency is the dossier's, or above it. */
export function isOfDesk(ctx: Ctx, dossier: Pick<Dossier, 'agencyCode'>): boolean {
  const { actor } = ctx
  return actor.kind === 'officer' && (dossier.agencyCode === actor.agencyCode || dossier.agencyCode.startsWith(`${actor.agencyCode}.`))
}

/** What an officer may not know exists is not found. @throws NOT_FOUND */
export function assertOfDesk(ctx: Ctx, dossier: Pick<Dossier, 'agencyCode'>): void {
  if (!isOfDesk(ctx, dossier)) throw errors.NOT_FOUND()
}

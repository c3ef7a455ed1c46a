import { coversAgency } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Db } from '../../../platform/db.ts'
import { deskReach } from '../desk-scope.ts'
import type { Consultation } from './consultation.store.ts'

/** Officers of the asked agency itself whose role is not limited to other procedures. */
export async function mayAnswer(ctx: Ctx, c: Pick<Consultation, 'askedAgency' | 'procedureCode'>, db?: Db): Promise<boolean> {
  return (await answerable(ctx, db))(c)
}

/** The same for many, the officer's roles read once. */
export async function answerable(ctx: Ctx, db?: Db): Promise<(c: Pick<Consultation, 'askedAgency' | 'procedureCode'>) => boolean> {
  const { actor } = ctx
  const reach = await deskReach(ctx, 'dossiers.handle', db)
  return (c) => actor.kind === 'officer' && actor.agencyCode === c.askedAgency && reach.some((r) => coversAgency(r.agencyCode, c.askedAgency) && (r.procedureCodes === undefined || r.procedureCodes.has(c.procedureCode)))
}

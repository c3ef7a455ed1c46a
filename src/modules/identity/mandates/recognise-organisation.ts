import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { errors } from '../identity.errors.ts'

/** An organisation as its electronic identity describes it. */
export interface RecognisedOrganisation { taxCode: string; name: string; representativeAccountId: string }

/** Makes an organisation that came by its electronic identity known here, with the person who represents it. */
export async function recogniseOrganisation(_tx: Tx, _ctx: Ctx, _organisation: RecognisedOrganisation): Promise<void> {
  throw errors.ORGANISATIONS_NOT_AVAILABLE()
}

import { actorKey } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../identity.errors.ts'
import { endOfficerCertificate } from './officer-certificate.store.ts'

/**
 * The certificate no longer opens the officer's account, and sessions that it opened end at once.
 * @throws identity.CERTIFICATE_NOT_BOUND
 */
export async function unbindCertificate(tx: Tx, ctx: Ctx, input: { officerId: string; bindingId: string }): Promise<void> {
  if (!(await endOfficerCertificate(tx, { id: input.bindingId, officerId: input.officerId, by: actorKey(ctx.actor) }, ctx.now))) throw errors.CERTIFICATE_NOT_BOUND()
  await tx`UPDATE identity.session SET ended_at = ${ctx.now} WHERE officer_id = ${input.officerId} AND ended_at IS NULL AND methods @> ARRAY['sc']`
  await appendEvent(tx, ctx, { type: 'identity.certificate_unbound', subject: input.officerId, data: { bindingId: input.bindingId } })
}

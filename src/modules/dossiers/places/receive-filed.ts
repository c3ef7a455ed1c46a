import { transact } from '../../../platform/ctx.ts'
import { loadCalendar } from '../../calendar/index.ts'
import { getProcedureVersion } from '../../catalogue/index.ts'
import type { OfficerCtx } from '../../identity/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { agencyName, findAgency } from '../../organisations/index.ts'
import { accept } from '../accept-dossier.ts'
import { referencePattern, type Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossierByCode, lockDossier } from '../dossiers.store.ts'
import { receivesFor } from '../reception/receives-for.ts'
import { saveServed } from './places.store.ts'

/**
 * A filing that lies at an agency of this node, by the reference that the person at this desk shows, where the procedure lets this desk receive it.
 * Nobody but who filed knows the reference. @throws NOT_FOUND, NOT_RECEIVED_HERE
 */
export async function findFiled(ctx: OfficerCtx, reference: string): Promise<Dossier> {
  const code = reference.trim().toUpperCase()
  const dossier = referencePattern.test(code) ? await findDossierByCode(ctx.db, code) : undefined
  if (!dossier || dossier.nodeCode !== ctx.node.config.code || dossier.state !== 'new') throw errors.NOT_FOUND()
  const procedure = await getProcedureVersion(ctx.db, dossier.procedureCode, dossier.procedureVersion)
  if (procedure && (await receivesFor(ctx, ctx.actor.agencyCode, dossier, procedure.content.filingScope))) return dossier
  const agency = await findAgency(ctx.db, dossier.agencyCode, ctx.now)
  throw errors.NOT_RECEIVED_HERE({ agency: agency ? agencyName(agency, ctx.lang) : dossier.agencyCode })
}

/**
 * Receives at this desk what was filed for another agency of the node ("tiếp nhận không phụ thuộc địa giới hành chính"): the code and the clock are that agency's, which handles
 * it; the place of receipt stands beside it. @throws NOT_FOUND, NOT_RECEIVED_HERE and the refusals of acceptDossier
 */
export async function receiveFiled(ctx: OfficerCtx, input: { reference: string }): Promise<Dossier> {
  const found = await findFiled(ctx, input.reference)
  const calendar = await loadCalendar(ctx.db)
  return transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, found.id, ctx.node.config.code)
    const accepted = await accept(tx, ctx, calendar, dossier, {})
    await saveServed(tx, dossier.id, { what: 'receipt', agencyCode: ctx.actor.agencyCode, officerId: ctx.actor.id, at: ctx.now })
    if (dossier.agencyCode !== ctx.actor.agencyCode) await appendEvent(tx, ctx, { type: 'reception.received_elsewhere', subject: dossier.id, data: { agency: ctx.actor.agencyCode, decides: dossier.agencyCode } })
    return accepted
  })
}

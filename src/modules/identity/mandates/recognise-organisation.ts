import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { appendEvent } from '../../ledger/index.ts'
import { newMandateId } from './acting.ts'
import { actingRights } from './mandate.ts'
import { insertMandate, saveEnd } from './mandates.store.ts'
import { findRepresentation, keepOrganisation, listStaffMandates } from './organisations.store.ts'
import { tellNodes } from './tell-nodes.ts'

export const recheckQueue = 'identity.recheck-organisation'

export interface RecognisedOrganisation { taxCode: string; name: string; representativeAccountId: string }

/**
 * Opens or renews the account of an organisation for the person whom a trusted source has just named as its legal representative: the
 * business register, a certificate, or the electronic identity of the organisation (Decree 69/2024). Who represented it before loses that
 * right; mandates of its staff rest while nobody represents it and hold again from now. The register is asked again soon by a job.
 */
export async function recogniseOrganisation(tx: Tx, ctx: Ctx, o: RecognisedOrganisation): Promise<{ organisationId: string; mandateId: string }> {
  const organisation = await keepOrganisation(tx, { id: newMandateId(ctx.now), taxCode: o.taxCode, name: o.name }, ctx.now)
  if (organisation.isNew) await appendEvent(tx, ctx, { type: 'identity.organisation_opened', subject: organisation.id, data: {} })
  await enqueue(tx, { queue: recheckQueue, payload: { organisationId: organisation.id }, key: organisation.id })
  const before = await findRepresentation(tx, organisation.id)
  if (before?.accountId === o.representativeAccountId) return { organisationId: organisation.id, mandateId: before.mandateId }
  if (before) await endRepresentation(tx, ctx, organisation.id, before.mandateId)
  const mandateId = newMandateId(ctx.now)
  await insertMandate(tx, {
    id: mandateId, kind: 'representative', actingAccountId: o.representativeAccountId, representedAccountId: null, organisationId: organisation.id, wardId: null, offeredBy: 'acting', offeredAccountId: o.representativeAccountId,
    invitedIdNumber: null, invitedName: null, relation: 'representative', scope: 'all', scopeCodes: [], rights: [...actingRights], startsAt: ctx.now, expiresAt: null, lapsesAt: null,
    state: 'accepted', offeredAt: ctx.now, actingConfirmedAt: ctx.now, representedConfirmedAt: ctx.now, paper: null, endedAt: null,
  })
  await appendEvent(tx, ctx, { type: 'identity.representative_recognised', subject: mandateId, data: { organisationId: organisation.id, accountId: o.representativeAccountId } })
  for (const id of await listStaffMandates(tx, organisation.id)) await tellNodes(tx, ctx, id, true)
  return { organisationId: organisation.id, mandateId }
}

/** The register names somebody else, or the organisation is no more: its representative's right ends, that of its staff rests. */
export async function endRepresentation(tx: Tx, ctx: Ctx, organisationId: string, mandateId: string): Promise<void> {
  await saveEnd(tx, mandateId, 'withdrawn', ctx.now)
  await appendEvent(tx, ctx, { type: 'identity.mandate_withdrawn', subject: mandateId, data: { by: 'register', organisationId } })
  for (const id of [mandateId, ...(await listStaffMandates(tx, organisationId))]) await tellNodes(tx, ctx, id, false)
}

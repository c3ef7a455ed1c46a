import { systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { enqueue, type JobHandler } from '../../../platform/jobs.ts'
import { appendEvent } from '../../ledger/index.ts'
import { askBusinessRegister } from './business-register.client.ts'
import { findOrganisation, findRepresentation, listLongUnchecked, lockOrganisation, saveChecked } from './organisations.store.ts'
import { endRepresentation, recheckQueue } from './recognise-organisation.ts'

/**
 * Asks the business register again and draws the consequence: another representative, or an organisation that is no more, ends the old
 * one's right at once. 'unavailable' changes nothing.
 */
export async function recheckOrganisation(ctx: Ctx, organisationId: string): Promise<'checked' | 'unavailable'> {
  const organisation = await findOrganisation(ctx.db, organisationId)
  if (!organisation) return 'checked'
  const answer = await askBusinessRegister(ctx.node, organisation.taxCode)
  if (answer.kind === 'unavailable') return 'unavailable'
  const found = answer.kind === 'found' ? answer.organisation : { name: organisation.name, state: 'dissolved' as const, representativeIdNumber: '' }
  await transact(ctx, async (tx) => {
    const before = await lockOrganisation(tx, organisationId)
    await saveChecked(tx, organisationId, found, ctx.now)
    if (before && before.state !== found.state) await appendEvent(tx, ctx, { type: 'identity.organisation_changed', subject: organisationId, data: { state: found.state } })
    const representation = await findRepresentation(tx, organisationId)
    if (representation && (found.state === 'dissolved' || representation.idNumber !== found.representativeIdNumber)) await endRepresentation(tx, ctx, organisationId, representation.mandateId)
  })
  return 'checked'
}

/** Where the register does not answer, the next look at all organisations asks again. */
export const recheckOne: JobHandler = async (node, payload) => {
  await recheckOrganisation(systemCtx(node, recheckQueue), String(payload.organisationId))
}

const almostADay = 20 * 3_600_000

/** Asks for a look at every organisation that the register was not asked about today. */
export async function recheckAll(ctx: Ctx): Promise<number> {
  const waiting = await listLongUnchecked(ctx.db, new Date(ctx.now.getTime() - almostADay), 5000)
  if (waiting.length > 0) await transact(ctx, async (tx) => {
    for (const { id } of waiting) await enqueue(tx, { queue: recheckQueue, payload: { organisationId: id }, key: id })
  })
  return waiting.length
}

import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { listOfficers, type OfficerCtx } from '../../identity/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { assertOfDesk } from '../desk-scope.ts'
import { findDossiers } from '../dossiers.store.ts'
import { insertList, isDelegated, listInHand, lockOfficer, withPost, type PostalList } from './postal.store.ts'

type Made = { listId: string } | { errors: FieldError[] }

/** Postal staff hand what they have to the one-stop desk: the list is signed by making it. Only what is in their own hands. */
export async function giveToDesk(ctx: OfficerCtx, input: { dossierIds: readonly string[] }): Promise<Made> {
  return transact(ctx, async (tx) => {
    await lockOfficer(tx, ctx.actor.id)
    const inHand = new Set((await listInHand(tx, ctx.actor.id)).map((one) => one.dossierId))
    const ids = [...new Set(input.dossierIds)].filter((id) => inHand.has(id))
    if (ids.length === 0) return { errors: [{ field: 'dossier', key: 'dossiers.postal.itemsMissing' }] }
    return { listId: await make(tx, ctx, { direction: 'to-desk', toOfficer: null }, ids) }
  })
}

/** The one-stop desk hands results to a member of the postal staff who may return them. */
export async function giveToPost(ctx: OfficerCtx, input: { dossierIds: readonly string[]; officerId: string }): Promise<Made> {
  return transact(ctx, async (tx) => {
    await lockOfficer(tx, ctx.actor.agencyCode)
    const ids = await readyForPost(tx, ctx, input.dossierIds)
    const { agencyCode } = ctx.actor
    const isPostal = (await listOfficers(tx, { agencyCode, role: 'postal-staff' })).some((o) => o.id === input.officerId) && (await isDelegated(tx, { id: input.officerId, agencyCode }, 'return', civilDate(ctx.now)))
    const errors: FieldError[] = [...(ids.length === 0 ? [{ field: 'dossier', key: 'dossiers.postal.itemsMissing' }] : []), ...(isPostal ? [] : [{ field: 'officer', key: 'dossiers.postal.officerNotDelegated' }])]
    return errors.length > 0 ? { errors } : { listId: await make(tx, ctx, { direction: 'to-post', toOfficer: input.officerId }, ids) }
  })
}

/** Of these, the results of this desk that nobody has taken away yet. */
export async function readyForPost(tx: Tx | Ctx['db'], ctx: Ctx, dossierIds: readonly string[]): Promise<string[]> {
  const away = await withPost(tx, dossierIds)
  const known = (await findDossiers(tx, dossierIds)).filter((d) => d.state === 'finished' && d.nodeCode === ctx.node.config.code && !away.has(d.id))
  return (await Promise.all(known.map(async (d) => (await assertOfDesk(ctx, d, 'dossiers.receive', tx).then(() => true, () => false) ? [d.id] : [])))).flat()
}

async function make(tx: Tx, ctx: OfficerCtx, list: Pick<PostalList, 'direction' | 'toOfficer'>, ids: readonly string[]): Promise<string> {
  const { id: givenBy, agencyCode } = ctx.actor
  const id = newId(ctx.now.getTime())
  await insertList(tx, { ...list, id, agencyCode, givenBy, givenAt: ctx.now }, ids)
  await appendEvent(tx, ctx, { type: 'postal.list_given', subject: id, data: { agency: agencyCode, direction: list.direction, from: givenBy, to: list.toOfficer, dossiers: ids } })
  return id
}

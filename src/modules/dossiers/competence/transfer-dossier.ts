import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { getProcedureVersion } from '../../catalogue/index.ts'
import { unitInCharge } from '../../identity/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { findAgency, nodeOfAgency } from '../../organisations/index.ts'
import { cancelProcess, startProcess } from '../../process/index.ts'
import { assertOfDesk } from '../desk-scope.ts'
import { factsOf, type Dossier } from '../dossier.ts'
import { allowedActions, type DossierState } from '../dossier-states.ts'
import { errors } from '../dossiers.errors.ts'
import { lockDossier, saveProgress, saveReason } from '../dossiers.store.ts'
import { insertTransfer, isUnplaced, markPlaced } from './competence.store.ts'

export interface TransferInput { dossierId: string; agencyCode: string; reason: string }

const movable: ReadonlySet<DossierState> = new Set(['new', 'received', 'in-progress'])
/** While it stands still for the applicant it stays where the applicant was asked from. */
export const isMovable = ({ state }: Pick<Dossier, 'state'>): boolean => movable.has(state)
const longestReason = 1000

/**
 * Transfers a dossier to the agency of this node that is competent ("chuyển hồ sơ đến cơ quan có thẩm quyền"). Code, date and clock stay as promised: where it lies
 * is the administration's affair. The process begins anew there. Returns what is wrong with the input. @throws NOT_FOUND, NOT_IN_STATE
 */
export async function transferDossier(ctx: Ctx, input: TransferInput): Promise<FieldError[]> {
  return transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    const by = await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    return move(tx, ctx, dossier, input, by)
  })
}

/** An officer of the receiving node who knows says which agency it is ("phân hồ sơ chưa rõ thẩm quyền"). @throws NOT_FOUND where it does not wait in the queue */
export async function placeDossier(ctx: Ctx, input: TransferInput): Promise<FieldError[]> {
  return transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    if (!(await isUnplaced(tx, dossier.id))) throw errors.NOT_FOUND()
    // The node's own agency, under which it waits, may be the one.
    return move(tx, ctx, dossier, input, {}, { mayStay: true })
  })
}

async function move(tx: Tx, ctx: Ctx, dossier: Dossier, { agencyCode, reason }: TransferInput, by: { inPlaceOf?: string | undefined }, { mayStay = false } = {}): Promise<FieldError[]> {
  if (!isMovable(dossier)) throw errors.NOT_IN_STATE({ state: dossier.state, action: 'transfer', allowed: allowedActions(dossier.state).join(', ') })
  const agency = await findAgency(tx, agencyCode, ctx.now)
  const isElsewhere = !agency || nodeOfAgency(agency.code) !== ctx.node.config.code
  const wrong: FieldError[] = [
    ...(isElsewhere || (agency.code === dossier.agencyCode && !mayStay) ? [{ field: 'toAgency', key: 'dossiers.competence.agencyMissing' }] : []),
    ...(reason.trim() === '' ? [{ field: 'transferReason', key: 'dossiers.desk.reasonMissing' }] : [...reason].length > longestReason ? [{ field: 'transferReason', key: 'dossiers.desk.reasonTooLong', params: { max: longestReason } }] : []),
  ]
  if (wrong.length > 0) return wrong
  if (dossier.receivedAt) await beginAnew(tx, ctx, dossier, agencyCode)
  await markPlaced(tx, dossier.id, ctx.now)
  await insertTransfer(tx, { id: newId(ctx.now.getTime()), dossierId: dossier.id, fromAgency: dossier.agencyCode, toAgency: agencyCode, reason: reason.trim(), at: ctx.now, by: actorKey(ctx.actor) })
  await saveReason(tx, dossier.id, 'transfer', reason.trim(), ctx.now)
  const saved = await saveProgress(tx, { ...dossier, agencyCode })
  await appendEvent(tx, ctx, { type: 'dossier.transferred', subject: saved.id, data: { ...factsOf(saved), from: dossier.agencyCode, ...(by.inPlaceOf ? { inPlaceOf: by.inPlaceOf } : {}) } })
  return []
}

async function beginAnew(tx: Tx, ctx: Ctx, dossier: Dossier, agencyCode: string): Promise<void> {
  const procedure = await getProcedureVersion(tx, dossier.procedureCode, dossier.procedureVersion)
  if (!procedure?.content.service) throw errors.PROCEDURE_NOT_ONLINE()
  const matter = { procedureCode: dossier.procedureCode, sectorCode: procedure.content.sector.code }
  await cancelProcess(tx, ctx, { subject: dossier.id })
  await startProcess(tx, ctx, { processKey: procedure.content.service.processKey, subject: dossier.id, agencyCode, variables: {}, matter: { ...matter, unitId: await unitInCharge(tx, agencyCode, matter, ctx.now) } })
}

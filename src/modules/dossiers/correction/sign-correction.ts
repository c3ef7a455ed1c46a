import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import { makeOrderedPapers, revokeDocument } from '../../documents/index.ts'
import { demandFreshProof, isHeadOf } from '../../identity/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { assertOfDesk } from '../desk-scope.ts'
import { errors } from '../dossiers.errors.ts'
import { lockDossier } from '../dossiers.store.ts'
import { settleResult, storeResult } from '../papers/issue-result.ts'
import { findOpenCorrection, markCorrectionSigned } from './correction.store.ts'
import { findResultInForce } from './result-in-force.ts'

/**
 * The leader signs a corrected result: a paper with a number of its own takes the place of the old one, which stays to be read and is shown as replaced, with the
 * reason, to whoever verifies it. Who proposed it never signs it. @throws NOT_FOUND, CORRECTION_MISSING, SAME_PERSON, STEP_NOT_YOURS, RESULT_MISSING, FRESH_PROOF_NEEDED
 */
export async function signCorrection(ctx: Ctx, input: { dossierId: string }): Promise<void> {
  const { actor } = ctx
  // What nobody has opened yet is made first: nodes hear of papers in the order in which they were signed.
  await makeOrderedPapers(ctx, input.dossierId)
  await transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    const correction = await findOpenCorrection(tx, dossier.id)
    if (!correction || actor.kind !== 'officer') throw errors.CORRECTION_MISSING()
    if (actor.agencyCode !== dossier.agencyCode || !isHeadOf(ctx, { agencyCode: dossier.agencyCode, unitId: null })) throw errors.STEP_NOT_YOURS()
    if (correction.proposedBy === actorKey(actor)) throw errors.SAME_PERSON()
    await demandFreshProof(tx, ctx)
    const old = await findResultInForce(tx, dossier.id)
    if (!old) throw errors.RESULT_MISSING()
    const result = await settleResult(tx, ctx, actor, dossier, correction, { key: `result:${dossier.id}:${correction.id}`, isAnother: true })
    const documentId = await storeResult(tx, ctx, result)
    await revokeDocument(tx, ctx, old.id, `Được thay bằng văn bản số ${result.shownNumber}. Lý do: ${correction.reason}`)
    await markCorrectionSigned(tx, correction.id, { at: ctx.now, by: actorKey(ctx.actor), documentId, replacedId: old.id })
    await appendEvent(tx, ctx, { type: 'dossier.letter_issued', subject: dossier.id, data: { node: dossier.nodeCode, origin: dossier.originNode, documentId, kind: 'result', replaces: old.id } })
    await appendEvent(tx, ctx, { type: 'dossier.result_corrected', subject: dossier.id, data: { node: dossier.nodeCode, origin: dossier.originNode, documentId, replaces: old.id } })
  })
}

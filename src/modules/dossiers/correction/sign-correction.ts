import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { renderPdf, revokeDocument, signPdf, storeDocument } from '../../documents/index.ts'
import { demandFreshProof, isHeadOf } from '../../identity/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { getAgency } from '../../organisations/index.ts'
import { assertOfDesk } from '../desk-scope.ts'
import { errors } from '../dossiers.errors.ts'
import { lockDossier, nextNumber } from '../dossiers.store.ts'
import { finalResult } from '../papers/build-result.ts'
import { findOpenCorrection, markCorrectionSigned } from './correction.store.ts'
import { findResultInForce } from './result-in-force.ts'

/**
 * The leader signs a corrected result: a paper with a number of its own takes the place of the old one, which stays to be read and is shown as replaced, with the
 * reason, to whoever verifies it. Who proposed it never signs it. @throws NOT_FOUND, CORRECTION_MISSING, SAME_PERSON, STEP_NOT_YOURS, RESULT_MISSING, FRESH_PROOF_NEEDED
 */
export async function signCorrection(ctx: Ctx, input: { dossierId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    const correction = await findOpenCorrection(tx, dossier.id)
    if (!correction || ctx.actor.kind !== 'officer') throw errors.CORRECTION_MISSING()
    if (ctx.actor.agencyCode !== dossier.agencyCode || !isHeadOf(ctx, { agencyCode: dossier.agencyCode, unitId: null })) throw errors.STEP_NOT_YOURS()
    if (correction.proposedBy === actorKey(ctx.actor)) throw errors.SAME_PERSON()
    await demandFreshProof(tx, ctx)
    const old = await findResultInForce(tx, dossier.id)
    if (!old) throw errors.RESULT_MISSING()
    const number = await nextNumber(tx, `${dossier.agencyCode}/${correction.template}/${civilDate(ctx.now).slice(0, 4)}`)
    const { template, data, title, shownNumber } = await finalResult(tx, ctx, dossier, correction, number)
    const bySigner = await signPdf(ctx.node, await renderPdf(ctx.node, template, data), { signer: { officerId: ctx.actor.id, name: ctx.actor.name, title: ctx.t('dossiers.leader') } })
    const agency = await getAgency(tx, dossier.agencyCode, ctx.now)
    const sealed = await signPdf(ctx.node, bySigner, { signer: { agencyCode: agency.code, name: agency.nameVi } })
    const documentId = await storeDocument(tx, ctx, { kind: 'result', subject: dossier.id, title, number: shownNumber, bytes: sealed, signedAt: ctx.now, key: `result:${dossier.id}:${correction.id}`, fileName: `${template}-${dossier.code}-${number}.pdf` })
    await revokeDocument(tx, ctx, old.id, `Được thay bằng văn bản số ${shownNumber}. Lý do: ${correction.reason}`)
    await markCorrectionSigned(tx, correction.id, { at: ctx.now, by: actorKey(ctx.actor), documentId, replacedId: old.id })
    await appendEvent(tx, ctx, { type: 'dossier.letter_issued', subject: dossier.id, data: { node: dossier.nodeCode, origin: dossier.originNode, documentId, kind: 'result', replaces: old.id } })
    await appendEvent(tx, ctx, { type: 'dossier.result_corrected', subject: dossier.id, data: { node: dossier.nodeCode, origin: dossier.originNode, documentId, replaces: old.id } })
  })
}

import { transact, type Ctx } from '../../../platform/ctx.ts'
import { civilDate, translator } from '../../../platform/i18n.ts'
import { sha256 } from '../../../platform/ids.ts'
import { findDocumentByKey, findOfficialForm, renderPdf, signPdf, storeDocument } from '../../documents/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { getAgency } from '../../organisations/index.ts'
import { assertOfDesk } from '../desk-scope.ts'
import type { Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { batchSlip } from '../papers/batch-slip.ts'

/**
 * One slip of reception for many dossiers of one person: sealed, and kept with each of them. The same dossiers get the same slip again.
 * @throws NOT_FOUND where one is not received or not of this desk; NOT_ONE_OWNER
 */
export async function issueBatchSlip(ctx: Ctx, dossiers: readonly Dossier[]): Promise<{ dossierId: string; documentId: string }> {
  const { actor } = ctx
  for (const dossier of dossiers) await assertOfDesk(ctx, dossier, 'dossiers.receive')
  const form = await findOfficialForm(ctx.db, 'appointment-slip', civilDate(ctx.now))
  const [first] = dossiers
  if (!first || !form || actor.kind !== 'officer') throw errors.NOT_FOUND()
  const keyOf = (d: Dossier): string => `batch-slip:${d.id}:${sha256(dossiers.map((one) => one.id).sort().join()).toString('hex').slice(0, 32)}`
  const known = await findDocumentByKey(ctx.db, keyOf(first))
  if (known) return { dossierId: first.id, documentId: known.id }
  const agency = await getAgency(ctx.db, first.agencyCode, ctx.now)
  const data = await batchSlip(ctx, dossiers, actor.name, form)
  const bytes = await signPdf(ctx.node, await renderPdf(ctx.node, 'batch-slip', { ...data, signature: { ...data.signature, signedAt: ctx.now, signedBy: agency.nameVi } }), { signer: { agencyCode: agency.code, name: agency.nameVi } })
  return transact(ctx, async (tx) => {
    const kept: string[] = []
    for (const d of dossiers) {
      const documentId = await storeDocument(tx, ctx, { kind: 'batch-slip', subject: d.id, title: translator('vi')('dossiers.paper.batch-slip'), bytes, signedAt: ctx.now, key: keyOf(d), fileName: `batch-slip-${d.code}.pdf` })
      await appendEvent(tx, ctx, { type: 'dossier.letter_issued', subject: d.id, data: { node: d.nodeCode, origin: d.originNode, documentId, kind: 'batch-slip' } })
      kept.push(documentId)
    }
    return { dossierId: first.id, documentId: kept[0]! }
  })
}

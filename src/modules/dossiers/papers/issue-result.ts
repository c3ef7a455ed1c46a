import type { Officer } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { renderPdf, signPdf, storeDocument } from '../../documents/index.ts'
import { getAgency } from '../../organisations/index.ts'
import type { Dossier } from '../dossier.ts'
import { nextNumber, type ResultDraft } from '../dossiers.store.ts'
import { finalResult } from './build-result.ts'

export interface IssuedResult { documentId: string; shownNumber: string }

/**
 * Gives a drafted result its number of the year, typesets it, and keeps it with the signature of who signs and the seal of the agency. `key` makes it once;
 * `isAnother` where the dossier has one already. @throws RESULT_MISSING
 */
export async function issueResult(tx: Tx, ctx: Ctx, signer: Officer, dossier: Dossier, draft: Pick<ResultDraft, 'template' | 'data'>, { key, inPlace = false, isAnother = false }: { key: string; inPlace?: boolean; isAnother?: boolean }): Promise<IssuedResult> {
  const number = await nextNumber(tx, `${dossier.agencyCode}/${draft.template}/${civilDate(ctx.now).slice(0, 4)}`)
  const { template, data, title, shownNumber } = await finalResult(tx, ctx, dossier, draft, number, inPlace)
  const bySigner = await signPdf(ctx.node, await renderPdf(ctx.node, template, data), { signer: { officerId: signer.id, name: signer.name, title: ctx.t(inPlace ? 'dossiers.leaderInPlace' : 'dossiers.leader') } })
  const agency = await getAgency(tx, dossier.agencyCode, ctx.now)
  const bytes = await signPdf(ctx.node, bySigner, { signer: { agencyCode: agency.code, name: agency.nameVi } })
  const documentId = await storeDocument(tx, ctx, { kind: 'result', subject: dossier.id, title, number: shownNumber, bytes, signedAt: ctx.now, key, fileName: `${template}-${dossier.code}${isAnother ? `-${number}` : ''}.pdf` })
  return { documentId, shownNumber }
}

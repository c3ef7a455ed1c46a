import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { storeDocument } from './store-document.ts'
import { signPdf, type SignRequest } from './signing/sign-pdf.ts'
import type { TemplateData, TemplateName } from './templates/templates.ts'
import { renderPdf } from './typeset/render-pdf.ts'

export interface IssueRequest<N extends TemplateName> {
  template: N
  data: TemplateData<N>
  /** Id of the dossier. */
  subject: string
  title: string
  number?: string
  fileName?: string
  /** In the order in which they sign; the agency's seal is the last. */
  signers: readonly SignRequest[]
  key?: string
}

/**
 * Typesets, signs and keeps a paper; returns its id. Typesetting takes tens of milliseconds: an act that holds locks typesets before it
 * opens its transaction, with renderPdf, signPdf and storeDocument.
 */
export async function issueDocument<N extends TemplateName>(tx: Tx, ctx: Ctx, request: IssueRequest<N>): Promise<string> {
  const { template, data, signers, ...about } = request
  let bytes = await renderPdf(ctx.node, template, data)
  for (const signer of signers) bytes = await signPdf(ctx.node, bytes, signer)
  return storeDocument(tx, ctx, { ...about, kind: template, bytes, signedAt: signers.length > 0 ? ctx.now : undefined })
}

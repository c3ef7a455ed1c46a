import type { Officer } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import type { OrderedPaper, PaperMaker } from '../../../platform/module.ts'
import type { Node } from '../../../platform/node.ts'
import { orderPapers, renderPdf, signPdf, storeDocument, type PaperOrder, type TemplateData, type TemplateName } from '../../documents/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import type { Dossier } from '../dossier.ts'
import { findDossier, nextNumber, type ResultDraft } from '../dossiers.store.ts'
import { finalResult } from './build-result.ts'

/** A result as its signer saw it: all its words, who signs and for whom. */
interface SignedWords { template: TemplateName; data: TemplateData<TemplateName>; signer: { officerId: string; name: string; title: string }; seal: { agencyCode: string; name: string } }

/** A result that has its number and all its words, and is not kept yet. */
export interface SettledResult { shownNumber: string; words: SignedWords; about: Omit<PaperOrder, 'maker' | 'payload'> & { number: string } }

const maker = 'dossiers.result'

/** Gives a drafted result its number of the year and its last words. `key` keeps it once; `isAnother` where the dossier has one already. @throws RESULT_MISSING */
export async function settleResult(tx: Tx, ctx: Ctx, signer: Officer, dossier: Dossier, draft: Pick<ResultDraft, 'template' | 'data'>, { key, inPlace = false, isAnother = false }: { key: string; inPlace?: boolean; isAnother?: boolean }): Promise<SettledResult> {
  const number = await nextNumber(tx, `${dossier.agencyCode}/${draft.template}/${civilDate(ctx.now).slice(0, 4)}`)
  const { template, data, title, shownNumber, agency } = await finalResult(tx, ctx, dossier, draft, number, inPlace)
  return {
    shownNumber,
    words: { template, data, signer: { officerId: signer.id, name: signer.name, title: ctx.t(inPlace ? 'dossiers.leaderInPlace' : 'dossiers.leader') }, seal: { agencyCode: agency.code, name: agency.nameVi } },
    about: { kind: 'result', subject: dossier.id, title, number: shownNumber, signedAt: ctx.now, key, fileName: `${template}-${dossier.code}${isAnother ? `-${number}` : ''}.pdf` },
  }
}

/** Typesets it and keeps it with the signature of who signs and the seal of the agency; returns its id. */
export async function storeResult(tx: Tx, ctx: Ctx, { words, about }: SettledResult): Promise<string> {
  return storeDocument(tx, ctx, { ...about, bytes: await typeset(ctx.node, words) })
}

/** Keeps what it says; typeset, signed and sealed when somebody opens it. */
export async function orderResult(tx: Tx, ctx: Ctx, { words, about }: SettledResult): Promise<void> {
  await orderPapers(tx, ctx, [{ ...about, maker, payload: { ...words } }])
}

async function typeset(node: Node, { template, data, signer, seal }: SignedWords): Promise<Buffer> {
  return signPdf(node, await signPdf(node, await renderPdf(node, template, data), { signer }), { signer: seal })
}

/** As the order kept it. The moment of signing is the one value of a result that is more than text and numbers. */
function revived(payload: Record<string, unknown>): SignedWords {
  return JSON.parse(JSON.stringify(payload), (name, value: unknown) => (name === 'signedAt' && typeof value === 'string' ? new Date(value) : value)) as SignedWords
}

/** Tells of a letter that is there now; it goes to the nodes that know of the dossier. */
export async function tellOfLetter(tx: Tx, ctx: Ctx, paper: Pick<OrderedPaper, 'id' | 'kind' | 'subject'>): Promise<void> {
  const dossier = await findDossier(tx, paper.subject)
  if (dossier) await appendEvent(tx, ctx, { type: 'dossier.letter_issued', subject: dossier.id, data: { node: dossier.nodeCode, origin: dossier.originNode, documentId: paper.id, kind: paper.kind } })
}

export const resultMaker: Record<string, PaperMaker> = { [maker]: { make: (ctx, _, payload) => typeset(ctx.node, revived(payload)), kept: tellOfLetter } }

import type { Ctx } from '../../../platform/ctx.ts'
import type { TemplateData, TemplateName } from '../../documents/index.ts'
import { isFiledOnline, type Dossier } from '../dossier.ts'
import { findReason, listAttachments, listSupplementRequests } from '../dossiers.store.ts'
import { findAgency } from '../../organisations/index.ts'
import { findReception } from '../reception/reception.store.ts'
import { listExtensions } from '../clock/clock.store.ts'
import { filedWords } from '../pages/filed-words.ts'
import { contactOf, headOf, limitInWords, markOf, ownerOf, procedureOf, readPaperBase, type PaperBase } from './paper-base.ts'

export type SlipKind = 'apology' | 'appointment-slip' | 'supplement-request' | 'refusal' | 'stop-notice'

/** Slips follow from these events (forms 01 to 05 of Circular 03/2025/TT-VPCP). */
export const slipOfEvent: Readonly<Record<string, SlipKind>> = {
  'dossier.accepted': 'appointment-slip',
  'dossier.supplement_requested': 'supplement-request',
  'dossier.refused': 'refusal',
  'dossier.stopped': 'stop-notice',
  'dossier.extended': 'apology',
}

/** Who issues a slip: the officer of the desk that acted, then; sealed for the agency when it is made. */
export interface SlipAuthor { name: string; at: Date; sealedAt: Date }

/** The data of a slip, from rows alone. */
export async function buildSlip(ctx: Ctx, kind: SlipKind, dossier: Dossier, author: SlipAuthor): Promise<TemplateData<TemplateName>> {
  const base = await readPaperBase(ctx, dossier)
  const common = {
    head: headOf(base, author.at), mark: markOf(ctx, dossier), dossierCode: dossier.code ?? dossier.reference, owner: ownerOf(base.content.applicant), procedure: procedureOf(base), request: base.procedure.content.name.vi,
  }
  const signed = (position: string) => ({ position, name: author.name, signedBy: base.agency.nameVi, signedAt: author.sealedAt })
  switch (kind) {
    case 'appointment-slip': return { ...common, ...(await appointment(ctx, base)), signature: signed('Người tiếp nhận hồ sơ') }
    case 'supplement-request': return { ...common, ...(await supplement(ctx, base)), signature: signed('Người hướng dẫn') }
    case 'refusal': return { ...common, submittedAt: dossier.submittedAt, paperCount: (await listAttachments(ctx.db, dossier.id)).length, reason: await reasonOf(ctx, dossier, 'refuse'), contact: contactOf(ctx, base), signature: signed('Người từ chối tiếp nhận') }
    case 'apology': return { ...common, ...(await apology(ctx, base)), signature: signed('Người có thẩm quyền') }
    case 'stop-notice': return { ...common, receivedAt: dossier.receivedAt ?? dossier.submittedAt, stoppedAt: dossier.finishedAt ?? author.at, reason: await reasonOf(ctx, dossier, 'request-withdrawal'), contact: contactOf(ctx, base), signature: signed('Người có thẩm quyền') }
  }
}

async function appointment(ctx: Ctx, base: PaperBase) {
  const { dossier } = base
  const files = await listAttachments(ctx.db, dossier.id)
  const papers = [{ name: 'Tờ khai điện tử', electronic: 1 }, ...files.map((f) => ({ name: f.fileName, electronic: 1 }))]
  return {
    receivingUnit: `Bộ phận một cửa – ${base.agency.nameVi}`, submitter: submitterOf(ctx, base), papers, timeLimit: limitInWords(dossier), receivedAt: dossier.receivedAt ?? dossier.submittedAt, dueAt: dossier.dueAt,
    returnPlace: await returnPlaceOf(ctx, base), online: isFiledOnline(dossier.channel),
  }
}

/** Handed out where it was taken in: who came to a desk need not go to another one. */
async function returnPlaceOf(ctx: Ctx, { dossier, agency }: PaperBase): Promise<string> {
  if (dossier.returnWay === 'online') return 'Trả trực tuyến vào tài khoản của người nộp'
  if (dossier.returnWay === 'post') return 'Qua dịch vụ bưu chính công ích'
  const reception = dossier.channel === 'desk' ? await findReception(ctx.db, dossier.id) : undefined
  return reception ? (await findAgency(ctx.db, reception.agencyCode, ctx.now))?.nameVi ?? agency.nameVi : agency.nameVi
}

/** The old date is the one that was in force when the apology was made. */
async function apology(ctx: Ctx, base: PaperBase) {
  const { dossier } = base
  const extension = (await listExtensions(ctx.db, dossier.id)).at(-1)
  return {
    receivedAt: dossier.receivedAt ?? dossier.submittedAt, dueAt: extension?.dueBefore ?? dossier.promisedAt ?? ctx.now, newDueAt: extension?.dueAfter ?? dossier.dueAt ?? ctx.now,
    handlingUnit: base.agency.nameVi, reason: extension?.reason ?? '', returnPlace: await returnPlaceOf(ctx, base),
  }
}

/** Who stood at the counter or pressed the button, and for whom. */
function submitterOf({ t }: Ctx, base: PaperBase): string {
  const { applicant } = base.content
  return applicant.submittedBy ? filedWords(t, applicant.submittedBy) : applicant.name
}

async function supplement(ctx: Ctx, base: PaperBase) {
  const request = (await listSupplementRequests(ctx.db, base.dossier.id)).at(-1)
  const items = request && request.items.length > 0 ? request.items : ['Nội dung kê khai']
  return { items: items.map((name) => ({ name, what: request?.reason ?? '' })), reason: request?.reason ?? '', requestedAt: request?.requestedAt ?? ctx.now, contact: contactOf(ctx, base) }
}

async function reasonOf(ctx: Ctx, dossier: Dossier, action: string): Promise<string> {
  return (await findReason(ctx.db, dossier.id, action)) || 'Theo đề nghị của người nộp hồ sơ.'
}

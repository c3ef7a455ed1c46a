import type { Ctx } from '../../../platform/ctx.ts'
import type { OfficialForm, TemplateData } from '../../documents/index.ts'
import { listEvents } from '../../ledger/index.ts'
import { isFiledOnline, type Dossier } from '../dossier.ts'
import { edges } from '../dossier-states.ts'
import { findReason, listAttachments, listSupplementRequests } from '../dossiers.store.ts'
import { returnOf } from '../return-way/return-words.tsx'
import { paperCounts } from './paper-counts.ts'
import { controlSlip } from './control-slip.ts'
import { findAgency } from '../../organisations/index.ts'
import { findReception } from '../reception/reception.store.ts'
import { listExtensions } from '../clock/clock.store.ts'
import { filedWords } from '../pages/filed-words.ts'
import { contactOf, headOf, limitInWords, markOf, ownerOf, procedureOf, readPaperBase, registerPlace, type PaperBase } from './paper-base.ts'

export type SlipKind = 'apology' | 'appointment-slip' | 'supplement-request' | 'refusal' | 'stop-notice' | 'control-slip'

/** Papers that go with the dossier inside the office; they are not given to the applicant. */
export const innerPapers: ReadonlySet<string> = new Set<SlipKind>(['control-slip'])

/** Slips follow from these events, as far as the circular of the day has a form for them. The control slip is kept when the way of the dossier has ended. */
export const slipsOfEvent: Readonly<Record<string, readonly SlipKind[]>> = {
  'dossier.accepted': ['appointment-slip'],
  'dossier.supplement_requested': ['supplement-request'],
  'dossier.refused': ['refusal'],
  'dossier.stopped': ['stop-notice', 'control-slip'],
  'dossier.extended': ['apology'],
  'dossier.returned': ['control-slip'],
}

/** Who issues a slip: the officer of the desk that acted, then; sealed for the agency when it is made. */
export interface SlipAuthor { name: string; at: Date; sealedAt: Date }

/** The data of a slip, from rows and the ledger alone; who issues it adds the number where its kind is numbered. */
export async function buildSlip(ctx: Ctx, kind: SlipKind, dossier: Dossier, author: SlipAuthor, form: OfficialForm): Promise<TemplateData<SlipKind>> {
  const base = await readPaperBase(ctx, dossier)
  const common = {
    form, head: { ...headOf(base, author.at), ...registerPlace(dossier) }, mark: markOf(ctx, dossier), dossierCode: dossier.code ?? dossier.reference, owner: ownerOf(base.content.applicant), procedure: procedureOf(base), request: base.procedure.content.name.vi,
  }
  const signed = (position: string) => ({ position, name: author.name, signedBy: base.agency.nameVi, signedAt: author.sealedAt })
  switch (kind) {
    case 'appointment-slip': return { ...common, ...(await appointment(ctx, base)), signature: signed('Người tiếp nhận hồ sơ') }
    case 'supplement-request': return { ...common, ...(await supplement(ctx, base, author)), signature: signed('Người hướng dẫn') }
    case 'refusal': return { ...common, submittedAt: dossier.submittedAt, paperCount: (await listAttachments(ctx.db, dossier.id)).length, online: isFiledOnline(dossier.channel), reason: await reasonOf(ctx, dossier, 'refuse'), contact: contactOf(ctx, base, author.name), signature: signed('Người từ chối tiếp nhận') }
    case 'apology': return { ...common, ...(await apology(ctx, base)), signature: signed('Người có thẩm quyền') }
    case 'control-slip': return { ...common, ...(await controlSlip(ctx, base)), signature: signed('Người lập phiếu') }
    case 'stop-notice': return { ...common, receivedAt: dossier.receivedAt ?? dossier.submittedAt, askedAt: await askedToStopAt(ctx, dossier), stoppedAt: dossier.finishedAt ?? author.at, reason: await reasonOf(ctx, dossier, 'request-withdrawal'), contact: contactOf(ctx, base), signature: signed('Người có thẩm quyền') }
  }
}

async function appointment(ctx: Ctx, base: PaperBase) {
  const { dossier } = base
  return {
    receivingUnit: unitOf(base), submitter: submitterOf(ctx, base), papers: await paperCounts(ctx, base), timeLimit: limitInWords(dossier), receivedAt: dossier.receivedAt ?? dossier.submittedAt, dueAt: dossier.dueAt,
    returnPlace: await returnPlaceOf(ctx, base), online: isFiledOnline(dossier.channel),
  }
}

/** Where the person chose; else handed out where it was taken in: who came to a desk need not go to another one. */
async function returnPlaceOf(ctx: Ctx, { dossier, agency }: PaperBase): Promise<string> {
  const { detail } = await returnOf(ctx, dossier)
  if (dossier.returnWay === 'online') return 'Trả trực tuyến vào tài khoản của người nộp'
  if (dossier.returnWay === 'post') return ['Qua dịch vụ bưu chính công ích', detail].filter(Boolean).join(': ')
  const reception = !detail && dossier.channel === 'desk' ? await findReception(ctx.db, dossier.id) : undefined
  return detail || (reception && (await findAgency(ctx.db, reception.agencyCode, ctx.now))?.nameVi) || agency.nameVi
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

const unitOf = (base: PaperBase): string => `Bộ phận một cửa – ${base.agency.nameVi}`

async function supplement(ctx: Ctx, base: PaperBase, author: SlipAuthor) {
  const request = (await listSupplementRequests(ctx.db, base.dossier.id)).at(-1)
  const items = request && request.items.length > 0 ? request.items : ['Nội dung kê khai']
  const counts = new Map((await paperCounts(ctx, base)).map(({ name, originals, certified, copies, electronic }) => [name, { originals, certified, copies, electronic }]))
  const stage: 'handling' | 'reception' = base.dossier.receivedAt ? 'handling' : 'reception'
  return { unit: base.dossier.receivedAt ? base.agency.nameVi : unitOf(base), stage, items: items.map((name) => ({ name, ...counts.get(name), what: request?.reason ?? '' })), reason: request?.reason ?? '', requestedAt: request?.requestedAt ?? ctx.now, contact: contactOf(ctx, base, author.name) }
}

/** When the applicant asked to stop, as the ledger has it. */
async function askedToStopAt(ctx: Ctx, dossier: Dossier): Promise<Date | null> {
  return (await listEvents(ctx.db, dossier.id)).findLast((e) => e.type === edges['request-withdrawal'].event)?.at ?? null
}

async function reasonOf(ctx: Ctx, dossier: Dossier, action: string): Promise<string> {
  return (await findReason(ctx.db, dossier.id, action)) || 'Theo đề nghị của người nộp hồ sơ.'
}

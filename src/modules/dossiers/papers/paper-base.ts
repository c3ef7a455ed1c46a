import type { Ctx } from '../../../platform/ctx.ts'
import type { Db } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import type { ProcedureVersion } from '../../catalogue/index.ts'
import { getProcedureVersion } from '../../catalogue/index.ts'
import type { Agency } from '../../organisations/index.ts'
import { findAdministrativeUnit, findAgency, getAgency } from '../../organisations/index.ts'
import type { Applicant, Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { findContent, type Content } from '../dossiers.store.ts'

/** What every paper about a dossier draws on. Papers are in Vietnamese, the language of the administration. */
export interface PaperBase {
  dossier: Dossier
  content: Content
  procedure: ProcedureVersion
  agency: Agency
  superior: Agency | undefined
  /** Name of the place for the date line: the commune's or province's, without its kind. */
  place: string
}

/** @param db the transaction, inside an act @throws NOT_FOUND, PROCEDURE_NOT_FOUND */
export async function readPaperBase(ctx: Ctx, dossier: Dossier, db: Db = ctx.db): Promise<PaperBase> {
  const [content, procedure, agency] = await Promise.all([
    findContent(db, dossier.id), getProcedureVersion(db, dossier.procedureCode, dossier.procedureVersion), getAgency(db, dossier.agencyCode, ctx.now),
  ])
  if (!content) throw errors.NOT_FOUND()
  if (!procedure) throw errors.PROCEDURE_NOT_FOUND({ code: dossier.procedureCode })
  const superior = agency.parentCode ? await findAgency(db, agency.parentCode, ctx.now) : undefined
  return { dossier, content, procedure, agency, superior, place: await placeName(ctx, agency, db) }
}

async function placeName(ctx: Ctx, agency: Agency, db: Db): Promise<string> {
  const unit = agency.administrativeUnitCode ? await findAdministrativeUnit(db, agency.administrativeUnitCode, ctx.now) : undefined
  return unit?.name ?? 'Hà Nội'
}

export function headOf(base: PaperBase, now: Date, number: string | null = null) {
  return { superior: base.superior?.nameVi ?? null, agency: base.agency.nameVi, number, place: base.place, date: civilDate(now) }
}

/** Where the register lists the dossier: a book for each year of reception, in it the day and number of the dossier's code. */
export function registerPlace({ code, receivedAt }: Pick<Dossier, 'code' | 'receivedAt'>): { book: string | null; sequence: string | null } {
  return code && receivedAt ? { book: civilDate(receivedAt).slice(0, 4), sequence: /\d{6}-\d+$/.exec(code)?.[0] ?? null } : { book: null, sequence: null }
}

/** The QR code leads to the public look-up: code and degree of completion only. */
export function markOf(ctx: Ctx, dossier: Dossier) {
  const code = dossier.code ?? dossier.reference
  return { url: `${ctx.node.config.baseUrl}/tra-cuu?ma=${encodeURIComponent(code)}`, code }
}

export function ownerOf(applicant: Applicant) {
  return { name: applicant.name, address: applicant.address ?? null, phone: applicant.phone ?? null, email: applicant.email ?? null, idNumber: applicant.idNumber }
}

export const procedureOf = (base: PaperBase) => ({ code: base.procedure.code, name: base.procedure.content.name.vi })

/** `official` knows the dossier. */
export const contactOf = (ctx: Ctx, base: PaperBase, official: string | null = null) => ({ official, name: base.agency.nameVi, phone: ctx.node.config.helpPhone, website: ctx.node.config.baseUrl })

/** "05 ngày làm việc": the limit as Vietnamese papers write it. */
export function limitInWords(dossier: Pick<Dossier, 'limitValue' | 'limitUnit'>): string {
  if (dossier.limitValue === null || dossier.limitUnit === null) return 'theo quy định của pháp luật chuyên ngành'
  const units = { hour: 'giờ làm việc', day: 'ngày', 'working-day': 'ngày làm việc', month: 'tháng' } as const
  return `${String(dossier.limitValue).padStart(2, '0')} ${units[dossier.limitUnit]}`
}

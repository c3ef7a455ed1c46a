import type { Ctx } from '../../../platform/ctx.ts'
import { file, type Reply } from '../../../platform/http/reply.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { fileTypes, writeTable } from '../../../platform/write-table.ts'
import { renderPdf, type OfficialForm } from '../../documents/index.ts'
import { findAdministrativeUnit, findAgency, getAgency } from '../../organisations/index.ts'
import { errors } from '../dossiers.errors.ts'

/** Rows that a file takes: more would hold the typesetter, and no spreadsheet of a month is longer. */
export const mostRows = { pdf: 1000, xlsx: 20_000, csv: 20_000 } as const
export type ListFormat = keyof typeof mostRows
export const listFormats = Object.keys(mostRows) as ListFormat[]
export const formatOf = (asked: string | undefined): ListFormat => (asked === 'pdf' || asked === 'csv' ? asked : 'xlsx')

export interface ListFile {
  name: string
  title: string
  form?: OfficialForm | undefined
  chosen: string[]
  columns: readonly (readonly [title: string, width: number])[]
  rows: string[][]
  /** Who signs by hand below the list, in the PDF. */
  signers?: string[]
}

/** A list as a file: PDF on wide pages with the head of the officer's agency, or a workbook or a table of text. @throws LIST_TOO_LONG */
export async function listFile(ctx: Ctx, format: ListFormat, list: ListFile): Promise<Reply> {
  if (list.rows.length > mostRows[format]) throw errors.LIST_TOO_LONG({ max: mostRows[format] })
  const name = `${list.name}-${civilDate(ctx.now)}.${format}`
  if (format !== 'pdf') return file(await writeTable(format, list.columns.map(([title]) => title), list.rows), { type: fileTypes[format], name })
  const data = { head: await headOfOffice(ctx), form: list.form ?? null, title: list.title, chosen: list.chosen, columns: list.columns.map(([title, width]) => ({ title, width })), rows: list.rows, signers: list.signers ?? [] }
  return file(await renderPdf(ctx.node, 'dossier-list', data), { type: 'application/pdf', name, inline: true })
}

async function headOfOffice({ db, actor, now }: Ctx) {
  const agency = await getAgency(db, actor.kind === 'officer' ? actor.agencyCode : '', now)
  const [superior, unit] = await Promise.all([agency.parentCode ? findAgency(db, agency.parentCode, now) : undefined, agency.administrativeUnitCode ? findAdministrativeUnit(db, agency.administrativeUnitCode, now) : undefined])
  return { superior: superior?.nameVi ?? null, agency: agency.nameVi, number: null, place: unit?.name ?? 'Hà Nội', date: civilDate(now) }
}

import type { ProcedureInput } from '../content.ts'
import type { ExportRow } from './read-export.ts'

/** A cell of the tables: text, number or nothing. */
export type Cell = string | number | null

export interface ExportTable {
  /** Unaccented, as in file names. */
  readonly name: string
  /** Name of the sheet. */
  readonly title: string
  readonly columns: readonly string[]
  rows(v: ExportRow): Cell[][]
}

const withCodes = (list: readonly { code?: string | undefined; name: { vi: string } }[]): string => list.map((a) => (a.code ? `${a.name.vi} (${a.code})` : a.name.vi)).join('; ')
const stepText = (s: ProcedureInput['steps'][number]): string => (s.case ? `${s.case.vi}: ${s.text.vi}` : s.text.vi)

/** The catalogue as tables: one row a procedure, and its lists as tables of their own, tied by code and version. */
export const exportTables: readonly ExportTable[] = [
  {
    name: 'thu-tuc', title: 'Thủ tục',
    columns: ['code', 'version', 'name_vi', 'name_en', 'summary_vi', 'sector_code', 'sector', 'owner_code', 'owner', 'levels', 'executing', 'competent', 'authorised', 'cooperating', 'receiving_place', 'subjects', 'subjects_note', 'steps', 'requirements', 'online_level', 'filing_scope', 'keywords', 'life_events', 'related', 'valid_from', 'decision_number', 'decision_date', 'hash'],
    rows: (v) => {
      const c = v.content
      return [[v.code, v.version, c.name.vi, c.name.en ?? null, c.summary?.vi ?? null, c.sector.code, c.sector.name.vi, c.owner?.code ?? null, c.owner?.name.vi ?? null, c.levels.join('; '), withCodes(c.agencies.executing), withCodes(c.agencies.competent), withCodes(c.agencies.authorised), withCodes(c.agencies.cooperating),
        c.receivingPlace?.vi ?? null, c.subjects.join('; '), c.subjectsNote?.vi ?? null, c.steps.map(stepText).join('\n'), c.requirements.map((r) => r.vi).join('\n'), c.onlineLevel, c.filingScope, c.keywords.join('; '), c.lifeEvents.join('; '), c.related.join('; '), v.validFrom, v.decisionNumber, v.decisionDate, v.hash]]
    },
  },
  {
    name: 'cach-thuc', title: 'Cách thức, phí',
    columns: ['code', 'version', 'channel', 'limit', 'unit', 'limit_note', 'fee', 'fee_note', 'note'],
    rows: (v) => v.content.methods.flatMap((m) => {
      const head: Cell[] = [v.code, v.version, m.channel, m.limit?.value ?? null, m.limit?.unit ?? null, m.limitNote?.vi ?? null]
      const fees: Cell[][] = m.fees.length > 0 ? m.fees.map((f) => [f.amount, f.note?.vi ?? null]) : [[null, null]]
      return fees.map((fee) => [...head, ...fee, m.note?.vi ?? null])
    }),
  },
  {
    name: 'thanh-phan-ho-so', title: 'Thành phần hồ sơ',
    columns: ['code', 'version', 'number', 'case', 'name', 'document_type', 'originals', 'copies', 'form', 'form_url', 'required_when', 'replaced_by', 'source'],
    rows: (v) => v.content.components.map((c, i) => [v.code, v.version, i + 1, c.case?.vi ?? null, c.name.vi, c.documentType ?? null, c.originals, c.copies, c.form?.name ?? null, c.form?.url ?? null, c.requiredWhen?.vi ?? null, c.replacedBy ?? null, c.source]),
  },
  {
    name: 'ket-qua', title: 'Kết quả', columns: ['code', 'version', 'result_code', 'name'],
    rows: (v) => v.content.results.map((r) => [v.code, v.version, r.code ?? null, r.name.vi]),
  },
  {
    name: 'can-cu-phap-ly', title: 'Căn cứ pháp lý', columns: ['code', 'version', 'number', 'name', 'issuer', 'issued_on', 'effective_on'],
    rows: (v) => v.content.legalBases.map((l) => [v.code, v.version, l.number, l.name?.vi ?? null, l.issuer?.vi ?? null, l.issuedOn ?? null, l.effectiveOn ?? null]),
  },
]

import type { ProcedureInput } from '../content.ts'
import { slugOf } from '../plain-text.ts'
import { line, lines } from './clean-text.ts'
import { readComponents } from './convert-components.ts'
import { readLaws } from './convert-laws.ts'
import { readMethods } from './convert-methods.ts'
import { readAgencies, readLevels, readSubjects } from './convert-people.ts'
import { readResults } from './convert-results.ts'
import type { Oddities } from './oddities.ts'

export interface Converted { content: ProcedureInput; decisionNumber?: string }

/** Fields of a row that `convertRow` reads; any other is reported and kept in the remainder. */
const known = new Set(['code', 'name', 'ministry', 'decision', 'levels', 'type', 'field', 'subjects', 'executing_agency', 'competent_agency', 'receiving_address', 'steps', 'methods', 'components', 'legal_basis', 'conditions', 'results',
  'url', 'source', 'methods_raw', 'components_raw', 'legal_raw', 'sections', 'methods_text', 'components_text'])

/** Ministry codes by name in lower case. */
export type Ministries = ReadonlyMap<string, string>

/** Turns one published procedure into our content. What no field takes is kept in `remainder`, and every doubt is an oddity. */
export function convertRow(row: Readonly<Record<string, unknown>>, oddities: Oddities, ministries: Ministries): Converted {
  const code = oddities.code
  const { subjects, note } = readSubjects(row.subjects, oddities)
  const methods = readMethods(row, oddities)
  const place = line(row.receiving_address)
  const kind = line(row.type)
  const from = { ...(line(row.url) ? { url: line(row.url) } : {}), ...(line(row.source) ? { from: line(row.source) } : {}) }
  const content: ProcedureInput = {
    code, name: { vi: nameOf(row, oddities) }, sector: sectorOf(row, oddities), ...ownerOf(row, oddities, ministries), ...(kind ? { kind: { vi: kind } } : {}),
    levels: readLevels(row.levels, oddities), agencies: readAgencies(row, oddities), ...(place ? { receivingPlace: { vi: place } } : {}), subjects, ...(note ? { subjectsNote: { vi: note } } : {}),
    steps: stepsOf(row, oddities), methods, components: readComponents(row, oddities), requirements: requirementsOf(row, oddities), legalBases: readLaws(row, oddities), results: readResults(row, oddities),
    // The published pages do not say whether a service is full or partial.
    onlineLevel: methods.some((m) => m.channel === 'online') ? 'partial' : 'none', filingScope: 'competent-office', related: [], keywords: [], lifeEvents: [],
    ...(Object.keys(from).length > 0 ? { source: from } : {}), ...remainderOf(row, oddities),
  }
  const decision = line(row.decision).replace(/^quyết định( số)?\s*/i, '')
  if (decision === '') oddities.add('decision-missing', row.decision ?? '', 'no publication decision')
  return { content, ...(decision ? { decisionNumber: decision } : {}) }
}

function nameOf(row: Readonly<Record<string, unknown>>, oddities: Oddities): string {
  const name = line(row.name, oddities).replace(/^thủ tục:?\s+(?=\p{L})/iu, '')
  if (name === '') {
    oddities.add('name-missing', '', `named "Thủ tục ${oddities.code}"`)
    return `Thủ tục ${oddities.code}`
  }
  if (name.length > 300) oddities.add('name-long', name, `kept whole, ${name.length} characters`)
  return name.charAt(0).toUpperCase() + name.slice(1)
}

function sectorOf(row: Readonly<Record<string, unknown>>, oddities: Oddities): ProcedureInput['sector'] {
  const name = line(row.field)
  if (name !== '') return { code: slugOf(name), name: { vi: name } }
  oddities.add('sector-missing', row.field ?? '', 'put under "Chưa rõ lĩnh vực"')
  return { code: 'chua-ro', name: { vi: 'Chưa rõ lĩnh vực', en: 'Sector not known' } }
}

function ownerOf(row: Readonly<Record<string, unknown>>, oddities: Oddities, ministries: Ministries): Pick<ProcedureInput, 'owner'> {
  const name = line(row.ministry)
  if (name === '') {
    oddities.add('ministry-missing', '', 'no owner')
    return {}
  }
  const code = ministries.get(name.toLowerCase())
  if (!code) oddities.add('ministry-without-code', name, 'kept without a code')
  return { owner: { name: { vi: name }, ...(code ? { code } : {}) } }
}

function stepsOf(row: Readonly<Record<string, unknown>>, oddities: Oddities): ProcedureInput['steps'] {
  const sections = row.sections as Record<string, unknown> | undefined
  const text = lines(row.steps || sections?.['TRÌNH TỰ THỰC HIỆN'], oddities)
  if (text === '') oddities.add('steps-missing', '', 'no steps are listed')
  const parts = text.split(/(?:^|\n|(?<=[.;:]\s))(?=(?:[-+*•]\s*)?Bước\s+\d+\s*[.:])/).map((p) => p.replace(/\s+/g, ' ').trim()).filter(Boolean)
  const steps = parts.length > 1 ? parts : text.split('\n').map((p) => p.trim()).filter(Boolean)
  return steps.map((vi) => ({ text: { vi } }))
}

function requirementsOf(row: Readonly<Record<string, unknown>>, oddities: Oddities): ProcedureInput['requirements'] {
  const sections = row.sections as Record<string, unknown> | undefined
  const text = lines(row.conditions || sections?.['YÊU CẦU, ĐIỀU KIỆN THỰC HIỆN'], oddities).replace(/KẾT QUẢ XỬ LÝ[\s\S]*$/, '')
  return text.split('\n').map((p) => p.trim()).filter((p) => p !== '' && !/^(không|không có|không có thông tin|không quy định|chưa có thông tin)\.?$/i.test(p)).map((vi) => ({ vi }))
}

function remainderOf(row: Readonly<Record<string, unknown>>, oddities: Oddities): Pick<ProcedureInput, 'remainder'> {
  const rest = Object.entries(row).filter(([key]) => !known.has(key))
  for (const [key, value] of rest) oddities.add('field-unknown', `${key}: ${JSON.stringify(value)}`, 'kept in the remainder')
  const texts = ['methods_text', 'components_text', 'sections'].flatMap((key) => (row[key] ? [[key, row[key]] as const] : []))
  const remainder = Object.fromEntries([...rest, ...texts])
  return Object.keys(remainder).length > 0 ? { remainder } : {}
}

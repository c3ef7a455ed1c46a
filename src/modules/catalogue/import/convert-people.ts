import type { Level, ProcedureInput, Subject } from '../content.ts'
import { line } from './clean-text.ts'
import type { Oddities } from './oddities.ts'

const levels: Readonly<Record<string, Level>> = { 'cấp bộ': 'ministry', bộ: 'ministry', 'cấp tỉnh': 'province', tỉnh: 'province', 'cấp xã': 'commune', xã: 'commune', 'cơ quan khác': 'other' }

/** Levels are spelled three ways: 'Cấp bộ', 'Cấp Bộ', 'Bộ'. */
export function readLevels(value: unknown, oddities: Oddities): Level[] {
  if (!Array.isArray(value) || value.length === 0) {
    oddities.add('levels-missing', value ?? '', 'no level')
    return []
  }
  const found = value.flatMap((one: unknown) => {
    const text = line(one)
    const level = levels[text.toLowerCase()]
    if (!level) oddities.add('level-unknown', text, 'left out')
    else if (!/^(Cấp (bộ|tỉnh|xã)|Cơ quan khác)$/.test(text)) oddities.add('level-spelling', text, `read as ${level}`)
    return level ? [level] : []
  })
  return [...new Set(found)]
}

const subjects: Readonly<Record<string, Subject>> = {
  'công dân việt nam': 'citizen', 'người việt nam định cư ở nước ngoài': 'overseas-vietnamese', 'người nước ngoài': 'foreigner', 'người nước ngoài cư trú tại việt nam': 'foreigner', 'người nước ngoài đã cư trú tại việt nam': 'foreigner',
  'doanh nghiệp': 'enterprise', 'doanh nghiệp việt nam': 'enterprise', 'doanh nghiệp có vốn đầu tư nước ngoài': 'foreign-enterprise', 'hợp tác xã': 'cooperative', 'tổ chức (không bao gồm doanh nghiệp': 'organisation', 'tổ chức (không bao gồm doanh nghiệp, htx)': 'organisation', 'tổ chức nước ngoài': 'foreign-organisation',
  'cán bộ, công chức, viên chức': 'official', 'cán bộ': 'official', 'công chức': 'official', 'viên chức': 'official',
}

export function readSubjects(value: unknown, oddities: Oddities): { subjects: Subject[]; note?: string } {
  const words = Array.isArray(value) ? value.map((v: unknown) => line(v)) : []
  if (words.length === 0) oddities.add('subjects-missing', value ?? '', 'nobody is listed')
  const unknown: string[] = []
  const found = words.flatMap((word, i) => {
    // 'Tổ chức (không bao gồm doanh nghiệp, HTX)' was cut at its comma.
    if (word === 'HTX)' && words[i - 1]?.startsWith('Tổ chức (')) return []
    const subject = subjects[word.toLowerCase()]
    if (!subject) unknown.push(word)
    return subject ? [subject] : []
  })
  if (unknown.length > 0) oddities.add('subject-unknown', unknown.join(', '), 'kept in words')
  return { subjects: [...new Set(found)], ...(unknown.length > 0 ? { note: unknown.join(', ') } : {}) }
}

export function readAgencies(row: Readonly<Record<string, unknown>>, oddities: Oddities): ProcedureInput['agencies'] {
  const sections = row.sections as Record<string, unknown> | undefined
  const list = (value: unknown) => line(String(value ?? '').replace(/\n+/g, '; '), oddities).split(/\s*;\s*/).filter(Boolean).map((vi) => ({ name: { vi } }))
  const executing = list(row.executing_agency || sections?.['CƠ QUAN THỰC HIỆN'])
  if (executing.length === 0) oddities.add('agency-missing', '', 'no executing agency')
  return { executing, competent: list(row.competent_agency), authorised: [], cooperating: [] }
}

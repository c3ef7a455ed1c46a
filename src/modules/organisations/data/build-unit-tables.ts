/**
 * Makes the two compact tables of facts beside this file from the published lists.
 * Run: node src/modules/organisations/data/build-unit-tables.ts FOLDER
 * FOLDER holds before-2025-07-01.json, from-2025-07-01.json, from-2026-04-30.json (thanglequoc/vietnamese-provinces-database, MIT)
 * and merges-2025-07-01.json (dvhcvn/20250701, MIT).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

interface Ward { Code: string; FullName: string }
interface OldProvince { Code: string; FullName: string; District: { Code: string; FullName: string; Ward: Ward[] | null }[] }
interface NewProvince { Code: string; FullName: string; Wards: Ward[] }
interface Merges { data: { level1_id: string; merges: Merge[]; level2s: { level2_id: string; merges: Merge[] }[] }[] }
interface Merge { old_id: string; type: 'full' | 'partial' }

const reform = '2025-07-01'
const secondReform = '2026-04-30'
/** Two new codes that the list of merges writes wrongly (by the list of units itself and by the names). */
const corrections: Record<string, string> = { '06970': '06978', '23737': '23938' }
/** A spelling that the later edition puts right. */
const spellings: Record<string, string> = { 'Xã Phó Bảng': 'Xã Phố Bảng', 'xã Bắc Sơn': 'Xã Bắc Sơn' }

const folder = process.argv[2]
if (!folder) throw new Error('Name the folder that holds the published lists.')
const read = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T

/** The letters without the place of the tone mark: Hòa and Hoà are one name. */
const sameName = (a: string, b: string): boolean => sortMarks(a) === sortMarks(b)
const sortMarks = (text: string): string => {
  const marks: string[] = []
  const plain = text.normalize('NFD').replace(/[\u0300\u0301\u0303\u0309\u0323]/g, (mark) => { marks.push(mark); return '' })
  return plain + marks.join('')
}

type Row = [code: string, fullName: string, parent: string, from: string, to: string]

function oldUnits(): Row[] {
  return read<OldProvince[]>('before-2025-07-01.json').flatMap((p): Row[] => [
    [p.Code, p.FullName, '', '', reform],
    ...p.District.flatMap((d): Row[] => [
      [d.Code, d.FullName, p.Code, '', reform],
      ...(d.Ward ?? []).map((w): Row => [w.Code, w.FullName, d.Code, '', reform]),
    ]),
  ])
}

function newUnits(name: string): Map<string, { fullName: string; parent: string }> {
  const units = read<NewProvince[]>(name).flatMap((p) => [
    [p.Code, { fullName: p.FullName, parent: '' }] as const,
    ...p.Wards.map((w) => [w.Code, { fullName: spellings[w.FullName] ?? w.FullName, parent: p.Code }] as const),
  ])
  return new Map(units)
}

function unitRows(): Row[] {
  const rows = oldUnits()
  const later = newUnits('from-2026-04-30.json')
  for (const [code, unit] of newUnits('from-2025-07-01.json')) {
    const then = later.get(code)
    if (!then) throw new Error(`Unit ${code} is missing in the later list.`)
    const changed = !sameName(then.fullName, unit.fullName)
    rows.push([code, unit.fullName, unit.parent, reform, changed ? secondReform : ''])
    if (changed) rows.push([code, then.fullName, then.parent, secondReform, ''])
  }
  return rows
}

function successionRows(): string[][] {
  const one = (newCode: string) => (m: Merge): string[] => [m.old_id, corrections[newCode] ?? newCode, m.type === 'full' ? '1' : '0']
  return read<Merges>('merges-2025-07-01.json').data.flatMap((p) => [
    ...p.merges.map(one(p.level1_id)),
    ...p.level2s.flatMap((c) => c.merges.map(one(c.level2_id))),
  ])
}

function write(name: string, rows: string[][]): void {
  const bytes = gzipSync(rows.map((r) => r.join('\t')).join('\n') + '\n', { level: 9 })
  writeFileSync(join(import.meta.dirname, name), bytes)
  console.log(`${name}: ${rows.length} rows, ${bytes.length} bytes`)
}

write('administrative-units.tsv.gz', unitRows())
write('successions.tsv.gz', successionRows())

import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { DatedEntry, EntryValues } from '../../../platform/dated-table.ts'
import type { Db, Tx } from '../../../platform/db.ts'
import { isRefusal, type FieldError } from '../../../platform/errors.ts'
import { civilDate, langs, translator } from '../../../platform/i18n.ts'
import { isId, newId } from '../../../platform/ids.ts'
import { errors } from '../catalogue.errors.ts'
import { actsIn, changeInside, openDesk, prepareChange, requireAct, type Desk, type EntryRequest } from './change-entry.ts'
import { isDay, sameValues } from './check-entry.ts'
import { revisionsOf } from './list-change.store.ts'
import type { ListColumn, SharedList } from './list-definition.ts'
import { readTable } from './table-file.ts'

/** One row of the file. A column that the file does not have stays as it is. */
export interface ImportLine { readonly line: number; readonly key: string; readonly values: EntryValues; readonly validTo: string | null; readonly revision: number | null }

export type Outcome = 'add' | 'adjust' | 'disable' | 'unchanged' | 'refused'
export const outcomes: readonly Outcome[] = ['add', 'adjust', 'disable', 'refused', 'unchanged']

export interface PreviewLine {
  readonly line: number
  readonly key: string
  readonly outcome: Outcome
  readonly before: EntryValues | null
  readonly after: EntryValues | null
  readonly from: string
  readonly reasons: readonly FieldError[]
}

export interface ListImport { readonly id: string; readonly list: string; readonly fileName: string; readonly from: string; readonly basis: string; readonly lines: readonly ImportLine[]; readonly seen: Readonly<Record<string, number>>; readonly createdAt: Date; readonly confirmedAt: Date | null }

/** Most entries that one import may change: what a person can look over before confirming. */
export const maxChanges = 5_000

/**
 * Takes a file in and keeps it until it is confirmed or forgotten; changes nothing yet.
 * @throws LIST_RIGHT_MISSING, NOT_AUTHOR
 */
export async function uploadImport(ctx: Ctx, listName: string, input: { bytes: Buffer; fileName: string; from: string; basis: string }): Promise<{ errors: FieldError[] } | { id: string }> {
  const desk = await openDesk(ctx, listName)
  const [someAct] = actsIn(desk)
  requireAct(desk, someAct ?? 'add')
  const invalid: FieldError[] = []
  if (!isDay(input.from)) invalid.push({ field: 'from', key: 'catalogue.lists.invalid.day' })
  if (input.basis.trim() === '') invalid.push({ field: 'basis', key: 'catalogue.lists.invalid.basis' })
  const read = await readTable(input.bytes)
  if ('mistake' in read) return { errors: [...invalid, { field: 'file', key: `catalogue.lists.import.${read.mistake}` }] }
  const lines = linesOf(desk.list, read.rows)
  if ('error' in lines) return { errors: [...invalid, lines.error] }
  if (invalid.length > 0) return { errors: invalid }
  const id = newId()
  const revisions = await revisionsOf(ctx.db, desk.list.name)
  const seen = Object.fromEntries(lines.lines.map((l) => [l.key, revisions.get(l.key) ?? 0]))
  await ctx.db`
    INSERT INTO catalogue.list_import (id, list, actor, agency_code, file_name, lines, from_date, basis, seen, created_at)
    VALUES (${id}, ${desk.list.name}, ${actorKey(ctx.actor)}, ${desk.editor.agencyCode}, ${input.fileName.replaceAll('\u0000', '').slice(0, 200)}, ${ctx.db.json(lines.lines as never)}, ${input.from}, ${input.basis.slice(0, 300)}, ${ctx.db.json(seen)}, ${ctx.now})`
  return { id }
}

/** Headings are known by their name in either language or by the name of the field. */
function linesOf(list: SharedList, rows: readonly (readonly string[])[]): { lines: ImportLine[] } | { error: FieldError } {
  const names = new Map<string, string>()
  for (const field of ['key', ...list.columns.map((c) => c.field), 'validFrom', 'validTo', 'revision']) {
    for (const name of [field, ...langs.map((lang) => translator(lang)(`catalogue.lists.field.${field}`))]) names.set(name.toLowerCase().normalize('NFC'), field)
  }
  const fields = rows[0]!.map((cell) => names.get(cell.toLowerCase().normalize('NFC')))
  const unknown = fields.findIndex((field, i) => field === undefined && rows[0]![i] !== '')
  if (unknown >= 0) return { error: { field: 'file', key: 'catalogue.lists.import.column', params: { column: rows[0]![unknown]!.slice(0, 60) } } }
  if (!fields.includes('key')) return { error: { field: 'file', key: 'catalogue.lists.import.noKey' } }
  return {
    lines: rows.slice(1).map((row, i) => {
      const cell = (field: string): string | undefined => (fields.includes(field) ? (row[fields.indexOf(field)] ?? '') : undefined)
      const values = Object.fromEntries(list.columns.flatMap((c) => (cell(c.field) === undefined ? [] : [[c.field, codeOf(c, cell(c.field)!)]])))
      return { line: i + 2, key: cell('key')!, values, validTo: cell('validTo') || null, revision: /^\d+$/.test(cell('revision') ?? '') ? Number(cell('revision')) : null }
    }),
  }
}

/** A choice written in words becomes its code; empty becomes nothing. */
function codeOf(column: ListColumn, cell: string): string | null {
  if (cell === '') return null
  const words = column.choices?.find((value) => langs.some((lang) => translator(lang)(`catalogue.lists.choice.${column.field}.${value}`).toLowerCase() === cell.toLowerCase()))
  return words ?? cell
}

/** @throws IMPORT_NOT_FOUND also for the import of another officer */
export async function findImport(ctx: Ctx, listName: string, id: string): Promise<ListImport> {
  const [found] = isId(id) ? await ctx.db<ListImport[]>`
    SELECT id, list, file_name AS "fileName", from_date AS "from", basis, lines, seen, created_at AS "createdAt", confirmed_at AS "confirmedAt"
    FROM catalogue.list_import WHERE id = ${id} AND list = ${listName} AND actor = ${actorKey(ctx.actor)}` : []
  if (!found) throw errors.IMPORT_NOT_FOUND()
  return found
}

/** What the import would do now, row by row, in the order of the file. Writes nothing. */
export async function previewImport(db: Db, ctx: Ctx, desk: Desk, given: ListImport): Promise<PreviewLine[]> {
  const [entries, revisions] = await Promise.all([desk.list.table.all(db, civilDate(ctx.now)), revisionsOf(db, desk.list.name)])
  const known = new Map(entries.map((e) => [e.key, e]))
  const counts = new Map<string, number>()
  for (const { key } of given.lines) counts.set(key, (counts.get(key) ?? 0) + 1)
  const preview: PreviewLine[] = []
  for (const line of given.lines) {
    const entry = known.get(line.key)
    const wanted = requestOf(desk.list, given, line, entry)
    const base = { line: line.line, key: line.key, before: entry?.values ?? null, after: wanted && wanted.action !== 'disable' ? wanted.values : null, from: wanted?.from ?? '' }
    if (!wanted) preview.push({ ...base, outcome: 'unchanged', reasons: [] })
    else {
      const reasons = await reasonsAgainst(db, ctx, desk, wanted, { twice: counts.get(line.key)! > 1, twoActs: wanted.action !== 'disable' && line.validTo !== null && line.validTo !== (entry?.validTo ?? null), changedSince: (line.revision ?? given.seen[line.key]) !== (revisions.get(line.key) ?? 0) })
      preview.push({ ...base, outcome: reasons.length > 0 ? 'refused' : wanted.action, reasons })
    }
  }
  return preview
}

/** The act that a row asks for; undefined when it says what stands already. */
function requestOf(list: SharedList, given: ListImport, line: ImportLine, entry: DatedEntry | undefined): EntryRequest | undefined {
  const base = { key: line.key, basis: given.basis, from: given.from, revision: given.seen[line.key] ?? 0 }
  const standing = entry && entry.state !== 'disabled' ? entry : undefined
  if (!standing) {
    // An export also holds what has ended.
    if (entry && (line.validTo !== null || sameValues(entry.values, { ...entry.values, ...line.values }))) return undefined
    return { ...base, action: 'add', values: line.values }
  }
  const values = { ...standing.values, ...line.values }
  const unchanged = sameValues(standing.values, values)
  if (unchanged && line.validTo !== null && line.validTo !== standing.validTo) return { ...base, action: 'disable', values, from: line.validTo }
  return unchanged ? undefined : { ...base, action: 'adjust', values }
}

async function reasonsAgainst(db: Db, ctx: Ctx, desk: Desk, wanted: EntryRequest, { twice, twoActs, changedSince }: { twice: boolean; twoActs: boolean; changedSince: boolean }): Promise<FieldError[]> {
  if (twice) return [{ field: 'key', key: 'catalogue.lists.import.twice' }]
  if (twoActs) return [{ field: 'validTo', key: 'catalogue.lists.import.twoActs' }]
  if (changedSince) return [{ field: 'key', key: 'catalogue.lists.import.changedSince' }]
  try {
    const prepared = await prepareChange(db, ctx, desk, wanted)
    return [...prepared.errors, ...(prepared.since.length > 0 ? [{ field: 'key', key: 'catalogue.lists.import.changedSince' }] : [])]
  } catch (error) {
    if (!isRefusal(error)) throw error
    return [{ field: 'key', key: error.key }]
  }
}

/** Some entry changed between the last look and the confirmation. */
class Overtaken extends Error {}

/**
 * Carries out what the preview shows as added, adjusted or disabled: all of it, or nothing when somebody changed one of the entries
 * meanwhile (then false, and the preview says which).
 */
export async function confirmImport(ctx: Ctx, listName: string, id: string): Promise<boolean> {
  const desk = await openDesk(ctx, listName)
  const given = await findImport(ctx, listName, id)
  if (given.confirmedAt) return true
  try {
    await transact(ctx, (tx) => carryOut(tx, ctx, desk, given))
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
    await lookAgain(ctx, given)
    return false
  }
  return true
}

async function carryOut(tx: Tx, ctx: Ctx, desk: Desk, given: ListImport): Promise<void> {
  const taken = await tx`UPDATE catalogue.list_import SET confirmed_at = ${ctx.now} WHERE id = ${given.id} AND confirmed_at IS NULL`
  if (taken.count === 0) return
  const [entries, revisions, preview] = await Promise.all([desk.list.table.all(tx, civilDate(ctx.now)), revisionsOf(tx, desk.list.name), previewImport(tx, ctx, desk, given)])
  const concerned = preview.filter((p) => p.outcome !== 'unchanged')
  if (concerned.some(({ key }) => (revisions.get(key) ?? 0) !== given.seen[key])) throw new Overtaken()
  const doing = concerned.filter((p) => p.outcome !== 'refused').sort((a, b) => (a.key < b.key ? -1 : 1))
  if (doing.length > maxChanges) throw errors.IMPORT_TOO_LARGE({ most: maxChanges })
  const standing = new Map(entries.map((e) => [e.key, e]))
  const lines = new Map(given.lines.map((l) => [l.line, l]))
  for (const { line, key } of doing) {
    const result = await changeInside(tx, ctx, desk, requestOf(desk.list, given, lines.get(line)!, standing.get(key))!, given.id)
    if (!('done' in result)) throw new Overtaken()
  }
}

/** The next preview shows the entries as they are now; confirming that one is meant. */
async function lookAgain(ctx: Ctx, given: ListImport): Promise<void> {
  const revisions = await revisionsOf(ctx.db, given.list)
  const seen = Object.fromEntries(given.lines.map((l) => [l.key, revisions.get(l.key) ?? 0]))
  await ctx.db`UPDATE catalogue.list_import SET seen = ${ctx.db.json(seen)} WHERE id = ${given.id}`
}

import type { Db } from '../../platform/db.ts'
import type { AdministrativeUnit } from './administrative-unit.ts'

/** A unit with those above it on the day that is meant: 'Phường Trúc Bạch', 'Quận Ba Đình', 'Thành phố Hà Nội'. */
export interface PlacedUnit extends AdministrativeUnit { readonly above: readonly { readonly code: string; readonly fullName: string }[] }

export interface UnitThen {
  readonly unit: PlacedUnit
  /** False when only a part of the older of the two went into the newer. */
  readonly whole: boolean
}

export interface UnitAnswer {
  /** The unit that was asked for, in the period in which it bore the code and the name. */
  readonly asked: PlacedUnit
  /** What it was, or was made of, or went into, on the day; empty where there was nothing of the kind (districts since 2025-07-01). */
  readonly then: readonly UnitThen[]
}

export interface UnitAnswers { readonly items: readonly UnitAnswer[]; readonly total: number; readonly page: number; readonly pages: number }

const pageSize = 20
/** More reforms than this lie between no two days. */
const mostSteps = 12

/**
 * Which administrative unit was this on that day: by code (2, 3 or 5 digits) or by name, with or without its type, diacritics aside. Looks in every
 * generation and follows mergers and divisions in both directions.
 */
export async function unitsByDate(db: Db, q: string, day: string, at = 1): Promise<UnitAnswers> {
  const isCode = /^\d{2,5}$/.test(q)
  const [name = '', ...around] = q.split(',').map((part) => part.trim())
  const within = around.filter(Boolean).map((part) => `%${escape(part)}%`)
  const pattern = escape(name)
  const where = isCode ? db`u.code = ${q}` : db`
    u.plain_name LIKE '%' || platform.plain(${pattern}) || '%' ${within.length > 0 ? db`AND (SELECT bool_and(platform.plain(concat_ws(' ', p.full_name, g.full_name)) LIKE '%' || platform.plain(w) || '%') FROM unnest(${within}::text[]) w)` : db``}`
  const from = db`FROM organisations.administrative_unit u ${within.length > 0 ? above(db, db`u.valid_from`) : db``} WHERE ${where}`
  const [{ total } = { total: 0 }] = await db<{ total: number }[]>`SELECT count(*)::int AS total ${from}`
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const page = Math.min(Math.max(1, at), pages)
  const found = await db<UnitRow[]>`
    SELECT ${columns(db)} ${from} ORDER BY u.plain_name = platform.plain(${pattern}) DESC, platform.plain(u.name) = platform.plain(${pattern}) DESC, length(u.code), u.code, u.valid_from LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`
  const then = await unitsThen(db, found, day)
  const placed = await place(db, found.map((unit) => ({ unit, day: lastDay(unit, day) })))
  const placedThen = await place(db, then.flat().map(({ unit }) => ({ unit, day })))
  let next = 0
  const items = then.map((reached, i) => ({ asked: placed[i]!, then: reached.map(({ whole }) => ({ unit: placedThen[next++]!, whole })) }))
  return { items, total, page, pages }
}

const escape = (text: string): string => text.replace(/[\\%_]/g, ' ')

type UnitRow = AdministrativeUnit

const columns = (db: Db) => db`u.code, u.level, u.type, u.name, u.full_name AS "fullName", u.parent_code AS "parentCode", nullif(u.valid_from, '-infinity'::date) AS "validFrom", u.valid_to AS "validTo"`

/** The parent and the one above it on a day. */
const above = (db: Db, day: ReturnType<Db>) => db`
  LEFT JOIN organisations.administrative_unit p ON p.code = u.parent_code AND p.valid_from <= ${day} AND (p.valid_to IS NULL OR p.valid_to > ${day})
  LEFT JOIN organisations.administrative_unit g ON g.code = p.parent_code AND g.valid_from <= ${day} AND (g.valid_to IS NULL OR g.valid_to > ${day})`

/** A day on which the unit was: the one asked for where it fits, else its last. */
function lastDay(unit: UnitRow, day: string): string {
  if (covers(unit, day)) return day
  if (!unit.validTo) return unit.validFrom!
  return new Date(Date.parse(unit.validTo) - 24 * 3600_000).toISOString().slice(0, 10)
}

const covers = (unit: UnitRow, day: string): boolean => (unit.validFrom === null || unit.validFrom <= day) && (unit.validTo === null || unit.validTo > day)

interface Step { readonly start: number; readonly unit: UnitRow; readonly whole: boolean }

/** Walks all of them from reform to reform until the day is reached; one statement for each reform. */
async function unitsThen(db: Db, units: readonly UnitRow[], day: string): Promise<{ unit: UnitRow; whole: boolean }[][]> {
  const reached: Step[] = []
  let open: Step[] = units.map((unit, start) => ({ start, unit, whole: true }))
  for (let step = 0; open.length > 0 && step < mostSteps; step++) {
    reached.push(...open.filter((s) => covers(s.unit, day)))
    const later = open.filter((s) => s.unit.validTo !== null && s.unit.validTo <= day)
    const earlier = open.filter((s) => s.unit.validFrom !== null && s.unit.validFrom > day)
    open = merge([...(await walk(db, later, 'later')), ...(await walk(db, earlier, 'earlier'))])
  }
  return units.map((_, start) => reached.filter((s) => s.start === start).sort((a, b) => Number(b.whole) - Number(a.whole) || (a.unit.code < b.unit.code ? -1 : 1)))
}

async function walk(db: Db, steps: readonly Step[], direction: 'later' | 'earlier'): Promise<Step[]> {
  if (steps.length === 0) return []
  const at = steps.map((_, i) => i)
  const codes = steps.map((s) => s.unit.code)
  const days = steps.map((s) => (direction === 'later' ? s.unit.validTo! : s.unit.validFrom!))
  const asked = db`unnest(${at}::int[], ${codes}::text[], ${days}::text[]) AS f (i, code, day)`
  const edge = direction === 'later' ? db`u.valid_from = f.day::date` : db`u.valid_to = f.day::date`
  const [here, there] = direction === 'later' ? [db`s.old_code`, db`s.new_code`] : [db`s.new_code`, db`s.old_code`]
  const succession = db`${here} = f.code AND s.happened_on = f.day::date AND s.level = CASE WHEN length(f.code) = 2 THEN 'province' ELSE 'commune' END`
  const rows = await db<(UnitRow & { i: number; whole: boolean })[]>`
    SELECT f.i, s.whole, ${columns(db)} FROM ${asked} JOIN organisations.administrative_unit_succession s ON ${succession} JOIN organisations.administrative_unit u ON u.code = ${there} AND ${edge}
    UNION ALL
    SELECT f.i, true, ${columns(db)} FROM ${asked} JOIN organisations.administrative_unit u ON u.code = f.code AND ${edge} WHERE NOT EXISTS (SELECT 1 FROM organisations.administrative_unit_succession s WHERE ${succession})`
  return rows.map(({ i, whole, ...unit }) => ({ start: steps[i]!.start, unit, whole: whole && steps[i]!.whole }))
}

/** One unit reached by two ways is one; it is whole when it is by either. */
function merge(steps: readonly Step[]): Step[] {
  const known = new Map<string, Step>()
  for (const step of steps) {
    const key = `${step.start} ${step.unit.code} ${step.unit.validFrom}`
    const before = known.get(key)
    known.set(key, before ? { ...before, whole: before.whole || step.whole } : step)
  }
  return [...known.values()]
}

async function place(db: Db, units: readonly { unit: UnitRow; day: string }[]): Promise<PlacedUnit[]> {
  if (units.length === 0) return []
  const rows = await db<{ i: number; parent: string | null; parentName: string | null; top: string | null; topName: string | null }[]>`
    SELECT u.i, p.code AS parent, p.full_name AS "parentName", g.code AS top, g.full_name AS "topName"
    FROM unnest(${units.map((_, i) => i)}::int[], ${units.map((u) => u.unit.parentCode ?? '')}::text[], ${units.map((u) => u.day)}::text[]) AS u (i, parent_code, day) ${above(db, db`u.day::date`)}`
  const byIndex = new Map(rows.map((r) => [r.i, r]))
  return units.map(({ unit }, i) => {
    const row = byIndex.get(i)
    const named = [[row?.parent, row?.parentName], [row?.top, row?.topName]].flatMap(([code, fullName]) => (code && fullName ? [{ code, fullName }] : []))
    return { ...unit, above: named }
  })
}

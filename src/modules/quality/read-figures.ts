import type { Db } from '../../platform/db.ts'
import { figuresOf, type Figures, type Place } from './places.ts'

export interface FigureRow extends Figures { key: string }
export type Grouping = 'node' | 'agency' | 'procedure'

interface Grouped { key: string; place: Place; n: number }

/** Figures of the whole, and by node, agency or procedure; most dossiers first. `within` limits to one node's code. */
export async function readFigures(db: Db, by: Grouping, within: { node?: string; agency?: string; procedure?: string } = {}): Promise<{ total: Figures; rows: FigureRow[] }> {
  const rows = await db<Grouped[]>`
    SELECT ${db(by)} AS key, place, sum(n)::int8 AS n FROM quality.count
    WHERE true ${within.node ? db`AND node = ${within.node}` : db``} ${within.agency ? db`AND agency = ${within.agency}` : db``} ${within.procedure ? db`AND procedure = ${within.procedure}` : db``}
    GROUP BY 1, 2`
  return group(rows)
}

export function group(rows: readonly Grouped[]): { total: Figures; rows: FigureRow[] } {
  const byKey = new Map<string, Partial<Record<Place, number>>>()
  const all: Partial<Record<Place, number>> = {}
  for (const { key, place, n } of rows) {
    const row = byKey.get(key) ?? {}
    row[place] = (row[place] ?? 0) + n
    all[place] = (all[place] ?? 0) + n
    byKey.set(key, row)
  }
  const figures = [...byKey].map(([key, n]) => ({ key, ...figuresOf(n) }))
  return { total: figuresOf(all), rows: figures.filter((f) => f.submitted > 0).sort((a, b) => b.submitted - a.submitted || (a.key < b.key ? -1 : 1)) }
}

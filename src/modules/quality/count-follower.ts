import type { Tx } from '../../platform/db.ts'
import type { LedgerEvent } from '../../platform/ledger-event.ts'
import type { Follower } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { clockRuns, placeOf, type Facts, type Place } from './places.ts'

/** The events whose data are the whole facts of a dossier. */
export const countedEvents: readonly string[] = [
  'dossier.submitted', 'dossier.accepted', 'dossier.refused', 'dossier.started', 'dossier.supplement_requested', 'dossier.supplemented',
  'dossier.payment_requested', 'dossier.paid', 'dossier.withdrawal_requested', 'dossier.stopped', 'dossier.finished', 'dossier.returned', 'dossier.extended', 'dossier.rescheduled', 'dossier.transferred', 'dossier.withdrawal_declined',
]

/** Folds dossier events into the counts, a batch at a time: one read and one write of the memory, one write of the changed counts. */
export function countFollower(node: Node): Follower {
  return {
    name: 'quality.count',
    title: 'quality.follower.count',
    types: countedEvents,
    async handle(tx, events) {
      await foldEvents(tx, events, node.now())
      node.nudge('quality')
    },
  }
}

interface Known { id: string; seq: number; node: string; agency: string; procedure: string; place: Place }

export async function foldEvents(tx: Tx, events: readonly LedgerEvent[], now: Date): Promise<void> {
  const last = new Map<string, Facts>()
  for (const e of events) {
    const facts = e.data as Facts
    const seen = last.get(e.subject)
    if (!seen || seen.seq < facts.seq) last.set(e.subject, facts)
  }
  // Locked against the watch over due dates, in one order.
  const known = await tx<Known[]>`SELECT id, seq, node, agency, procedure, place_in_count AS place FROM quality.dossier WHERE id = ANY(${[...last.keys()]}) ORDER BY id FOR UPDATE`
  const before = new Map(known.map((k) => [k.id, k]))
  const deltas = new Deltas()
  const rows: { id: string; seq: number; node: string; agency: string; procedure: string; place_in_count: string; due_at: string | null; clock_runs: boolean }[] = []
  for (const [id, f] of last) {
    const was = before.get(id)
    if (was && was.seq >= f.seq) continue
    const place = placeOf(f, now)
    if (was) deltas.add(was, was.place, -1)
    deltas.add(f, place, 1)
    rows.push({ id, seq: f.seq, node: f.node, agency: f.agency, procedure: f.procedure, place_in_count: place, due_at: f.dueAt, clock_runs: clockRuns(f.state) })
  }
  if (rows.length === 0) return
  await tx`
    INSERT INTO quality.dossier (id, seq, node, agency, procedure, place_in_count, due_at, clock_runs)
    SELECT r.id, r.seq, r.node, r.agency, r.procedure, r.place_in_count, r.due_at, r.clock_runs FROM jsonb_to_recordset(${tx.json(rows)}) AS r (id text, seq int, node text, agency text, procedure text, place_in_count text, due_at timestamptz, clock_runs boolean)
    ON CONFLICT (id) DO UPDATE SET seq = EXCLUDED.seq, agency = EXCLUDED.agency, place_in_count = EXCLUDED.place_in_count, due_at = EXCLUDED.due_at, clock_runs = EXCLUDED.clock_runs`
  await deltas.write(tx)
}

/** Changes of the counts, added up before they are written. */
export class Deltas {
  private readonly sums = new Map<string, { node: string; agency: string; procedure: string; place: string; n: number }>()
  add(row: { node: string; agency: string; procedure: string }, place: Place, n: number): void {
    const key = `${row.agency}|${row.procedure}|${place}`
    const sum = this.sums.get(key) ?? { node: row.node, agency: row.agency, procedure: row.procedure, place, n: 0 }
    sum.n += n
    this.sums.set(key, sum)
  }
  async write(tx: Tx): Promise<void> {
    const rows = [...this.sums.values()].filter((s) => s.n !== 0).sort((a, b) => (`${a.agency}${a.procedure}${a.place}` < `${b.agency}${b.procedure}${b.place}` ? -1 : 1))
    if (rows.length === 0) return
    await tx`
      INSERT INTO quality.count (node, agency, procedure, place, n)
      SELECT r.node, r.agency, r.procedure, r.place, r.n FROM jsonb_to_recordset(${tx.json(rows)}) AS r (node text, agency text, procedure text, place text, n bigint)
      ON CONFLICT (node, agency, procedure, place) DO UPDATE SET n = count.n + EXCLUDED.n`
  }
}

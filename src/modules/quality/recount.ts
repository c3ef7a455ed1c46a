import type { Db } from '../../platform/db.ts'
import { scanEvents } from '../ledger/index.ts'
import { countedEvents } from './count-follower.ts'
import { placeOf, type Facts, type Place } from './places.ts'

export interface Difference { agency: string; procedure: string; place: Place; counted: number; recounted: number }

/**
 * Counts anew from the ledger alone and names every count that differs. With followers at rest there is none; anything else is a
 * fault of the follower, or somebody wrote into its tables.
 */
export async function recount(db: Db, now: Date): Promise<{ dossiers: number; differences: Difference[] }> {
  const last = new Map<string, Facts>()
  for await (const events of scanEvents(db, countedEvents)) {
    for (const e of events) {
      const facts = e.data as Facts
      const seen = last.get(e.subject)
      if (!seen || seen.seq < facts.seq) last.set(e.subject, facts)
    }
  }
  const truth = new Map<string, number>()
  for (const f of last.values()) {
    const key = `${f.agency}|${f.procedure}|${placeOf(f, now)}`
    truth.set(key, (truth.get(key) ?? 0) + 1)
  }
  const counted = new Map((await db<{ key: string; n: number }[]>`SELECT agency || '|' || procedure || '|' || place AS key, n FROM quality.count WHERE n <> 0`).map((r) => [r.key, r.n]))
  const differences = [...new Set([...truth.keys(), ...counted.keys()])].flatMap((key) => {
    const [agency, procedure, place] = key.split('|') as [string, string, Place]
    const difference = { agency, procedure, place, counted: counted.get(key) ?? 0, recounted: truth.get(key) ?? 0 }
    return difference.counted === difference.recounted ? [] : [difference]
  })
  return { dossiers: last.size, differences }
}

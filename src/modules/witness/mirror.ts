import type { Db } from '../../platform/db.ts'
import { tileWidth, type Mirror, type Sighting } from '../ledger/index.ts'
import { findLog, readCopies } from './witness.store.ts'

/** What this node holds of the log of another, up to the last checkpoint that it cosigned; undefined where it knows of none. */
export async function mirrorOf(db: Db, nodeCode: string): Promise<Mirror | undefined> {
  const known = await findLog(db, nodeCode)
  if (!known) return undefined
  const sightings = await db<Sighting[]>`SELECT size, root, first_at AS "firstAt", last_at AS "lastAt" FROM witness.sighting WHERE node_code = ${nodeCode} ORDER BY size`
  return {
    size: known.size, sightings,
    async read(start, end) {
      const first = Math.floor(start / tileWidth)
      const tiles = await readCopies(db, nodeCode, first, Math.ceil(end / tileWidth) - first)
      const [from, to] = [start - first * tileWidth, end - first * tileWidth]
      return { hashes: Buffer.concat(tiles.map((t) => t.hashes)).subarray(from * 32, to * 32), subjects: tiles.flatMap((t) => t.subjects).slice(from, to) }
    },
  }
}

import type { Db } from '../../../platform/db.ts'
import { readNodes } from './log.store.ts'
import { consistencyRanges, inclusionRanges, rangeHash, type Range } from './merkle.ts'

async function hashesOf(db: Db, ranges: readonly Range[], size: number): Promise<Buffer[]> {
  const read = await readNodes(db, ranges, size)
  return ranges.map((range) => rangeHash(range, read))
}

/** Hashes that prove that entry `index` is in the tree of `size` entries. @throws RangeError where it is not */
export const proveInclusion = (db: Db, index: number, size: number): Promise<Buffer[]> => hashesOf(db, inclusionRanges(index, size), size)

/** Hashes that prove that the tree of `second` entries grew from that of `first`. @throws RangeError where the log never was so large, or they are not in this order */
export const proveConsistency = (db: Db, first: number, second: number): Promise<Buffer[]> => hashesOf(db, consistencyRanges(first, second), second)

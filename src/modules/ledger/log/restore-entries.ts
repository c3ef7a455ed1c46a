import { randomBytes } from 'node:crypto'
import type { Tx } from '../../../platform/db.ts'
import { growFrontier, frontierRoot, type Frontier } from './frontier.ts'
import { findSubjects, insertLostEntries, logSize, readNodes, saveSubjects, type SubjectState } from './log.store.ts'
import { completeNodes, leafHash, type Tree } from './merkle.ts'
import { extendTiles } from './sequence-events.ts'

/** Entries that a witness has kept and this node has lost. */
export interface KeptEntries { readonly from: number; readonly hashes: readonly Buffer[]; /** What each is about; null where the witness does not know. */ readonly subjects: readonly (string | null)[] }

/** Stands for what entries are about of which nobody knows it. */
export const lostSubject = 'motcua.lost'

/**
 * Puts back entries that were lost with the database, as hashes alone, so that the log goes on where witnesses saw it last. Their events are gone, and the hole stays visible.
 * @param tree the checkpoint of this log that they have to lead to; its signature was proved by the caller
 * @returns false where they do not lead there from what this node has: then history was bent, and nothing is written
 */
export async function restoreEntries(tx: Tx, { from, hashes, subjects }: KeptEntries, tree: Tree): Promise<boolean> {
  const size = await logSize(tx)
  if (from !== size || from + hashes.length !== tree.size) return false
  if (!frontierRoot(growFrontier(await frontierOf(tx, size), hashes.map(leafHash))).equals(tree.root)) return false
  const known = new Map((await findSubjects(tx, [...new Set(subjects.map((s) => s ?? lostSubject))])).map((state) => [state.subject, state]))
  const entries = hashes.map((hash, i) => {
    const subject = subjects[i] ?? lostSubject
    const before = known.get(subject)
    const state: SubjectState = { subject, seq: (before?.seq ?? 0) + 1, head: leafHash(hash), secret: before?.secret ?? randomBytes(32), forgotten: before?.forgotten ?? 0 }
    known.set(subject, state)
    return { index: from + i, subject, seq: state.seq, hash }
  })
  await saveSubjects(tx, [...known.values()])
  await insertLostEntries(tx, entries)
  await extendTiles(tx, from, [...hashes])
  return true
}

/** The frontier of this node's own log. */
async function frontierOf(tx: Tx, size: number): Promise<Frontier> {
  const range = { start: 0, end: size }
  const read = await readNodes(tx, [range], size)
  return { size, hashes: completeNodes(range).map((node) => Buffer.from(read(node))) }
}

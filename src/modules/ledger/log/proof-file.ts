import { isIncluded, leafHash } from './merkle.ts'
import { openCheckpoint, type OpenedCheckpoint } from './checkpoint.ts'
import { NoteFault, type NoteKey } from './note.ts'

/** Proof that an entry is in a log, to be checked without asking anybody (C2SP tlog-proof). */
export interface ProofFile {
  /** What the holder needs to rebuild the entry. Nobody vouches for it. */
  readonly extra: Buffer | undefined
  readonly index: number
  readonly hashes: readonly Buffer[]
  /** The log's checkpoint with its signatures. */
  readonly checkpoint: string
}

const firstLine = 'c2sp.org/tlog-proof@v1'
/** A tree of 2^63 entries has no longer proof. */
const maxHashes = 63

export function formatProof({ extra, index, hashes, checkpoint }: ProofFile): string {
  return [firstLine, ...(extra ? [`extra ${extra.toString('base64')}`] : []), `index ${index}`, ...hashes.map((hash) => hash.toString('base64')), '', checkpoint].join('\n')
}

/** Reads what `formatProof` writes. @throws {NoteFault} for any other text. */
export function parseProof(text: string): ProofFile {
  const end = text.indexOf('\n\n')
  const lines = text.slice(0, Math.max(end, 0)).split('\n')
  if (lines.shift() !== firstLine) throw new NoteFault('this is no proof of a log')
  const extra = lines[0]?.startsWith('extra ') ? decode(lines.shift()!.slice('extra '.length)) : undefined
  const index = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '')?.[1]
  if (index === undefined || lines.length > maxHashes) throw new NoteFault('this proof of a log is damaged')
  return { extra, index: Number(index), hashes: lines.map((line) => decode(line, 32)), checkpoint: text.slice(end + 2) }
}

function decode(text: string, length?: number): Buffer {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') !== text || (length !== undefined && bytes.length !== length)) throw new NoteFault('this proof of a log is damaged')
  return bytes
}

/** Whom a verifier believes: one log, and so many of these witnesses. Known to it beforehand, never told by what it checks. */
export interface LogPolicy { readonly log: NoteKey; readonly witnesses: readonly NoteKey[]; readonly quorum: number }

/**
 * Checks that the entry is in the log, as enough witnesses saw it.
 * @returns the checkpoint, with the times of the witnesses
 * @throws {NoteFault} with a sentence that says what does not hold
 */
export function checkProof(proof: ProofFile, entry: Uint8Array, { log, witnesses, quorum }: LogPolicy): OpenedCheckpoint {
  const checkpoint = openCheckpoint(proof.checkpoint, log, witnesses)
  const seenBy = new Set(checkpoint.cosignatures.map(({ key }) => key.name))
  if (seenBy.size < quorum) throw new NoteFault(`${quorum} witnesses are asked for and ${seenBy.size} have signed`)
  if (!isIncluded(leafHash(entry), proof.index, checkpoint.size, checkpoint.root, proof.hashes)) throw new NoteFault('the entry is not in the log')
  return checkpoint
}

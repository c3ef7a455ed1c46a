import { hashSize, type Tree } from './merkle.ts'
import { NoteFault, parseNote, proveSignatures, type NoteKey, type ProvedSignature } from './note.ts'

/** Size and root of a log, as it stood once (C2SP tlog-checkpoint). */
export interface Checkpoint extends Tree {
  /** Which log. */
  readonly origin: string
  readonly root: Buffer
}

const maxSize = Number.MAX_SAFE_INTEGER

/** The text that the log signs. */
export const formatCheckpoint = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${root.toString('base64')}\n`

/** Reads the text of a checkpoint; lines after the third are passed over. @throws {NoteFault} where it is none. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', encoded = ''] = text.split('\n')
  const root = Buffer.from(encoded, 'base64')
  if (!origin || !/^(0|[1-9]\d{0,15})$/.test(size) || Number(size) > maxSize || root.length !== hashSize || root.toString('base64') !== encoded) throw new NoteFault('this is no checkpoint')
  return { origin, size: Number(size), root }
}

export interface OpenedCheckpoint extends Checkpoint {
  /** What log and witnesses signed. */
  readonly text: string
  /** Signatures of witnesses that are known, with their times. */
  readonly cosignatures: readonly ProvedSignature[]
}

/**
 * Opens a checkpoint of a known log: the log's signature must hold, and those of known witnesses.
 * @throws {NoteFault} where the origin is another one, the log has not signed, or a signature of a known key does not hold
 */
export function openCheckpoint(note: string, log: NoteKey, witnesses: readonly NoteKey[] = []): OpenedCheckpoint {
  const { text, signatures } = parseNote(note)
  const checkpoint = parseCheckpoint(text)
  if (checkpoint.origin !== log.name) throw new NoteFault(`this is a checkpoint of ${checkpoint.origin}, not of ${log.name}`)
  const proved = proveSignatures(text, signatures, [log, ...witnesses])
  if (!proved.some(({ key }) => key === log)) throw new NoteFault(`the checkpoint is not signed by ${log.name}`)
  return { ...checkpoint, text, cosignatures: proved.filter(({ key }) => key.kind === 'cosignature') }
}

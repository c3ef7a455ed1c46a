import { createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto'

/** What a key signs: notes (0x01), or checkpoints with the time at which a witness saw them (0x04). */
export type KeyKind = 'note' | 'cosignature'
const kindByte: Readonly<Record<KeyKind, number>> = { note: 0x01, cosignature: 0x04 }

/** A name and an Ed25519 key that verifiers know beforehand (C2SP signed-note, "verifier keys"). */
export interface NoteKey {
  readonly name: string
  readonly kind: KeyKind
  /** Four bytes. */
  readonly id: Buffer
  readonly publicKey: KeyObject
}

export interface NoteSigner { readonly key: NoteKey; readonly privateKey: KeyObject }

/** A line below a note: who says to have signed, and with what. Nothing is proved yet. */
export interface NoteSignature { readonly name: string; readonly id: Buffer; readonly signature: Buffer }

export interface SignedNote {
  /** With its last newline. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** Most signatures of one note that are looked at. */
const maxSignatures = 64
const maxNoteLength = 64 * 1024

export class NoteFault extends Error {}

const rawKey = (key: KeyObject): Buffer => Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url')
const toPublicKey = (raw: Buffer): KeyObject => createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') } })

const isName = (name: string): boolean => name.length > 0 && !/[\s+\u0085\p{Z}]/u.test(name)

/** A verifier key of this name and kind. @throws {NoteFault} for a name with spaces or plus signs. */
export function noteKey(name: string, kind: KeyKind, publicKey: KeyObject): NoteKey {
  if (!isName(name)) throw new NoteFault(`"${name}" cannot be the name of a key`)
  const id = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([kindByte[kind]]), rawKey(publicKey)]), 'buffer').subarray(0, 4)
  return { name, kind, id, publicKey }
}

/** The key as text: name+id+base64 of kind and key. */
export function formatKey({ name, kind, id, publicKey }: NoteKey): string {
  return `${name}+${id.toString('hex')}+${Buffer.concat([Buffer.from([kindByte[kind]]), rawKey(publicKey)]).toString('base64')}`
}

/** Reads what `formatKey` writes. @throws {NoteFault} where it is none, or the id does not fit the key. */
export function parseKey(text: string): NoteKey {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text) ?? []
  const bytes = Buffer.from(encoded, 'base64')
  const kind = (Object.keys(kindByte) as KeyKind[]).find((k) => kindByte[k] === bytes[0])
  if (!kind || bytes.length !== 33 || bytes.toString('base64') !== encoded) throw new NoteFault('this is no key of a kind that is known here')
  const key = noteKey(name, kind, toPublicKey(bytes.subarray(1)))
  if (key.id.toString('hex') !== id) throw new NoteFault(`the id of key ${name} does not fit the key`)
  return key
}

/** Whether the text may be signed: whole lines without control characters. */
const isNoteText = (text: string): boolean => text.endsWith('\n') && text.length <= maxNoteLength && !/[\u0000-\u0009\u000b-\u001f]/.test(text) && text.isWellFormed()

const signatureLine = ({ name, id }: NoteKey, signature: Buffer): string => `— ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`

/** The line with which a key signs a text (kind 'note'). */
export function signText(text: string, { key, privateKey }: NoteSigner): string {
  if (!isNoteText(text)) throw new NoteFault('the text of a note is whole lines without control characters')
  return signatureLine(key, sign(null, Buffer.from(text), privateKey))
}

const cosignedBytes = (text: string, seconds: number): Buffer => Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`)

/** The line with which a witness says that it saw a checkpoint at a time (C2SP tlog-cosignature v1). `at` counts to the second. */
export function cosignText(text: string, { key, privateKey }: NoteSigner, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000)
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(seconds))
  return signatureLine(key, Buffer.concat([time, sign(null, cosignedBytes(text, seconds), privateKey)]))
}

/** A note from its text and signature lines. */
export const formatNote = (text: string, lines: readonly string[]): string => `${text}\n${lines.join('')}`

/** Reads signature lines as they stand below a note. @throws {NoteFault} */
export function parseSignatures(block: string): NoteSignature[] {
  const lines = block.split('\n')
  if (lines.pop() !== '' || lines.length > maxSignatures) throw new NoteFault('signature lines are missing or too many')
  return lines.map((line) => {
    const [, name = '', encoded = ''] = /^— ([^ ]+) ([A-Za-z0-9+/]+=*)$/.exec(line) ?? []
    const bytes = Buffer.from(encoded, 'base64')
    if (!isName(name) || bytes.length < 5 || bytes.toString('base64') !== encoded) throw new NoteFault('this is no signature line')
    return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) }
  })
}

/** Takes a note apart; nothing is proved yet. @throws {NoteFault} where it is no note. */
export function parseNote(note: string): SignedNote {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || note.length > maxNoteLength) throw new NoteFault('this is no signed note')
  const text = note.slice(0, end + 1)
  if (!isNoteText(text)) throw new NoteFault('the text of a note is whole lines without control characters')
  const signatures = parseSignatures(note.slice(end + 2))
  if (signatures.length === 0) throw new NoteFault('the note is not signed')
  return { text, signatures }
}

/** A signature of a known key that holds; `at` is the time that a witness gives. */
export interface ProvedSignature { readonly key: NoteKey; readonly at: Date | undefined }

/**
 * Signatures of known keys below a text, each proved. Those of unknown keys are passed over.
 * @throws {NoteFault} where one in the name of a known key does not hold
 */
export function proveSignatures(text: string, signatures: readonly NoteSignature[], keys: readonly NoteKey[]): ProvedSignature[] {
  return signatures.flatMap((given) => {
    const key = keys.find((k) => k.name === given.name && k.id.equals(given.id))
    return key ? [prove(text, given, key)] : []
  })
}

function prove(text: string, { signature }: NoteSignature, key: NoteKey): ProvedSignature {
  const fault = (): never => { throw new NoteFault(`the signature of ${key.name} does not hold`) }
  if (key.kind === 'note') return verify(null, Buffer.from(text), key.publicKey, signature) ? { key, at: undefined } : fault()
  if (signature.length !== 72) return fault()
  const seconds = Number(signature.readBigUInt64BE(0))
  if (!Number.isSafeInteger(seconds * 1000) || !verify(null, cosignedBytes(text, seconds), key.publicKey, signature.subarray(8))) return fault()
  return { key, at: new Date(seconds * 1000) }
}

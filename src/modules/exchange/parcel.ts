import { CompactEncrypt, compactDecrypt, decodeProtectedHeader, type CryptoKey } from 'jose'
import { EnvelopeFault, proveMessage, signMessage, type NewMessage, type OpenedMessage, type OpeningMeans } from './envelope.ts'
import { maxBatch, maxSealedLength } from './limits.ts'
import { contentAlgorithm, sealingAlgorithm, type KeyPair } from './node-keys.ts'

/**
 * Signed messages of one node for another, encrypted together (JWE): one key agreement for up to fifty messages. Inside, each message
 * is a line with its signature, a line with the length of its payload in bytes, and the payload.
 */
export interface Parcel {
  readonly from: string
  /** In the parcel's order; each is proved, or says why not. */
  readonly messages: readonly (OpenedMessage | Refused)[]
}

export interface Refused { readonly fault: EnvelopeFault; readonly evidence: string }
export const isRefused = (m: OpenedMessage | Refused): m is Refused => 'fault' in m

const sealType = 'motcua-parcel+jwe'
const newline = 10

/** Signs the messages and encrypts them together. `recipient` is the public encryption key of the node they go to. */
export async function sealParcel(messages: readonly NewMessage[], own: KeyPair, recipient: { kid: string; key: CryptoKey }, now: Date): Promise<string> {
  const signed = await Promise.all(messages.map((m) => signMessage(m, own, now)))
  return encryptParcel(Buffer.concat(signed.flatMap((s) => [Buffer.from(`${s.evidence}\n${s.payload.byteLength}\n`), s.payload])), messages[0]!, recipient)
}

/** The outer half of `sealParcel`, for tests that put something else inside. */
export function encryptParcel(plain: Buffer, { from, to }: { from: string; to: string }, recipient: { kid: string; key: CryptoKey }, header: object = {}): Promise<string> {
  return new CompactEncrypt(plain)
    .setProtectedHeader({ alg: sealingAlgorithm, enc: contentAlgorithm, kid: recipient.kid, typ: sealType, iss: from, aud: to, ...header })
    .encrypt(recipient.key)
}

/**
 * Opens a parcel and proves each message in it. Cheap checks come first: length, header, then decryption, then the signatures.
 * @throws {EnvelopeFault} when the parcel as a whole cannot be taken.
 */
export async function openParcel(sealed: string, means: OpeningMeans): Promise<Parcel> {
  const from = checkHeader(sealed, means)
  const parts = split(await decrypt(sealed, means.encryption))
  const messages = await Promise.all(parts.map(({ evidence, payload }) => proveMessage(evidence, payload, from, means).catch((error: unknown) => {
    if (error instanceof EnvelopeFault) return { fault: error, evidence }
    throw error
  })))
  return { from, messages }
}

function checkHeader(sealed: string, means: OpeningMeans): string {
  if (sealed.length > maxSealedLength) throw new EnvelopeFault('TOO_LARGE')
  const header = parcelHeader(sealed)
  if (!header || header.typ !== sealType || typeof header.iss !== 'string') throw new EnvelopeFault('MALFORMED')
  if (header.alg !== sealingAlgorithm || header.enc !== contentAlgorithm || 'zip' in header || 'crit' in header) throw new EnvelopeFault('ALGORITHM')
  if (header.aud !== means.self) throw new EnvelopeFault('WRONG_AUDIENCE')
  if (header.kid !== means.encryption.kid) throw new EnvelopeFault('UNDECIPHERABLE')
  return header.iss
}

/** The readable part of a parcel, unproved; undefined when there is none. */
export function parcelHeader(sealed: string): Record<string, unknown> | undefined {
  // A header of ours has about 350 letters: whoever sends more wants us to parse for nothing.
  const first = sealed.slice(0, 2000).split('.', 1)[0]!
  if (first.length >= 2000 || sealed.slice(first.length).split('.', 6).length !== 5) return undefined
  try {
    return decodeProtectedHeader({ protected: first, ciphertext: 'x', tag: 'x', iv: 'x' } as never) as Record<string, unknown>
  } catch {
    return undefined
  }
}

async function decrypt(sealed: string, own: KeyPair): Promise<Buffer> {
  try {
    const { plaintext } = await compactDecrypt(sealed, own.privateKey, { keyManagementAlgorithms: [sealingAlgorithm], contentEncryptionAlgorithms: [contentAlgorithm] })
    return Buffer.from(plaintext.buffer, plaintext.byteOffset, plaintext.byteLength)
  } catch (cause) {
    throw new EnvelopeFault('UNDECIPHERABLE', { cause })
  }
}

function split(plain: Buffer): { evidence: string; payload: Buffer }[] {
  const parts: { evidence: string; payload: Buffer }[] = []
  for (let at = 0; at < plain.byteLength || parts.length === 0; ) {
    const endOfEvidence = plain.indexOf(newline, at)
    const endOfLength = endOfEvidence < 0 ? -1 : plain.indexOf(newline, endOfEvidence + 1)
    const length = endOfLength < 0 ? '' : plain.toString('latin1', endOfEvidence + 1, Math.min(endOfLength, endOfEvidence + 12))
    const end = endOfLength + 1 + Number(length)
    if (!/^(0|[1-9]\d{0,8})$/.test(length) || end > plain.byteLength || parts.length === maxBatch) throw new EnvelopeFault('MALFORMED')
    parts.push({ evidence: plain.toString('latin1', at, endOfEvidence), payload: plain.subarray(endOfLength + 1, end) })
    at = end
  }
  return parts
}

import { CompactEncrypt, CompactSign, compactDecrypt, compactVerify, decodeProtectedHeader, errors as jose, type CryptoKey } from 'jose'
import { z } from 'zod'
import { sha256 } from '../../platform/ids.ts'
import { clockToleranceMs, maxPayloadBytes, maxSealedLength, sealLifetimeMs } from './limits.ts'
import { contentAlgorithm, sealingAlgorithm, signingAlgorithm, type KeyPair } from './node-keys.ts'
import type { refusalCodes } from './refusal-codes.ts'

/**
 * A message on its way: a signature (JWS) over identifiers and the payload's hash, and the payload, both inside an encryption (JWE)
 * for the receiver. The signature alone is kept as evidence, without the payload.
 */
export interface MessageClaims {
  /** Message id, the same at every attempt. */
  jti: string
  iss: string
  aud: string
  /** Seconds since 1970. */
  iat: number
  exp: number
  service: string
  subject: string
  /** Number within sender, receiver and subject, from 1 without holes. */
  seq: number
  /** Number within the pair of nodes. */
  turn: number
  /** SHA-256 of the payload, base64url. */
  hash: string
}

export interface NewMessage {
  id: string
  from: string
  to: string
  service: string
  subject: string
  seq: number
  turn: number
  /** JSON text. */
  payload: string
}

export interface OpenedMessage {
  readonly claims: MessageClaims
  /** The sender's signature over the claims (compact JWS). */
  readonly evidence: string
  readonly payload: string
}

/** Why a sealed message is turned away at the door. */
export class EnvelopeFault extends Error {
  readonly code: keyof typeof refusalCodes
  constructor(code: keyof typeof refusalCodes, options?: { cause?: unknown }) {
    super(`sealed message refused: ${code}`, options)
    this.name = 'EnvelopeFault'
    this.code = code
  }
}

const sealType = 'motcua-message+jwe'
const signatureType = 'motcua-message+jws'
const newline = 10

const claimsSchema = z.object({
  jti: z.uuid(), iss: z.string().min(1).max(20), aud: z.string().min(1).max(20),
  iat: z.number().int().positive(), exp: z.number().int().positive(),
  service: z.string().min(1).max(100), subject: z.string().min(1).max(200),
  seq: z.number().int().positive(), turn: z.number().int().positive(), hash: z.string().length(43),
})

/** Signs and encrypts a message. `recipient` is the public encryption key of the node it goes to. */
export async function seal(message: NewMessage, own: KeyPair, recipient: { kid: string; key: CryptoKey }, now: Date): Promise<string> {
  const payload = Buffer.from(message.payload)
  const iat = Math.floor(now.getTime() / 1000)
  const claims: MessageClaims = {
    jti: message.id, iss: message.from, aud: message.to, iat, exp: iat + sealLifetimeMs / 1000,
    service: message.service, subject: message.subject, seq: message.seq, turn: message.turn, hash: digestOf(payload),
  }
  const jws = await new CompactSign(Buffer.from(JSON.stringify(claims))).setProtectedHeader({ alg: signingAlgorithm, kid: own.kid, typ: signatureType }).sign(own.privateKey)
  const plain = Buffer.concat([Buffer.from(`${jws}\n`), payload])
  return new CompactEncrypt(plain)
    .setProtectedHeader({ alg: sealingAlgorithm, enc: contentAlgorithm, kid: recipient.kid, typ: sealType, iss: message.from, aud: message.to })
    .encrypt(recipient.key)
}

export interface OpeningMeans {
  readonly self: string
  readonly encryption: KeyPair
  /** Who signs with a key, if the registry trusts it now; asked again after a refresh when unknown. */
  signer(kid: string): Promise<{ code: string; key: CryptoKey } | undefined>
  readonly now: Date
}

/**
 * Opens a sealed message and proves who sent it. Cheap checks come first: length, headers, then decryption, then the signature.
 * @throws {EnvelopeFault} with the stable code of the first thing that is wrong.
 */
export async function openSealed(sealed: string, means: OpeningMeans): Promise<OpenedMessage> {
  const outer = checkOuterHeader(sealed, means)
  const plain = await decrypt(sealed, means.encryption)
  const end = plain.indexOf(newline)
  if (end < 0) throw new EnvelopeFault('MALFORMED')
  const payload = plain.subarray(end + 1)
  if (payload.byteLength > maxPayloadBytes) throw new EnvelopeFault('TOO_LARGE')
  const evidence = plain.subarray(0, end).toString('latin1')
  const { claims, signer } = await verify(evidence, means)
  if (claims.iss !== signer || claims.iss !== outer.iss) throw new EnvelopeFault('WRONG_SENDER')
  if (claims.aud !== means.self) throw new EnvelopeFault('WRONG_AUDIENCE')
  checkTimes(claims, means.now)
  if (claims.hash !== digestOf(payload)) throw new EnvelopeFault('PAYLOAD_MISMATCH')
  return { claims, evidence, payload: payload.toString('utf8') }
}

function checkOuterHeader(sealed: string, means: OpeningMeans): { iss: string } {
  if (sealed.length > maxSealedLength) throw new EnvelopeFault('TOO_LARGE')
  const header = sealedHeader(sealed)
  if (!header || header.typ !== sealType || typeof header.iss !== 'string') throw new EnvelopeFault('MALFORMED')
  if (header.alg !== sealingAlgorithm || header.enc !== contentAlgorithm || 'zip' in header || 'crit' in header) throw new EnvelopeFault('ALGORITHM')
  if (header.aud !== means.self) throw new EnvelopeFault('WRONG_AUDIENCE')
  if (header.kid !== means.encryption.kid) throw new EnvelopeFault('UNDECIPHERABLE')
  return { iss: header.iss }
}

/** The readable part of a sealed message, unproved; undefined when there is none. */
export function sealedHeader(sealed: string): Record<string, unknown> | undefined {
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

async function verify(evidence: string, means: OpeningMeans): Promise<{ claims: MessageClaims; signer: string }> {
  const header = signatureHeader(evidence)
  if (header.alg !== signingAlgorithm) throw new EnvelopeFault('ALGORITHM')
  const signer = await means.signer(header.kid)
  if (!signer) throw new EnvelopeFault('UNKNOWN_KEY')
  let bytes: Uint8Array
  try {
    bytes = (await compactVerify(evidence, signer.key, { algorithms: [signingAlgorithm] })).payload
  } catch (cause) {
    throw new EnvelopeFault(cause instanceof jose.JWSSignatureVerificationFailed ? 'BAD_SIGNATURE' : 'MALFORMED', { cause })
  }
  const claims = claimsSchema.safeParse(parseJson(Buffer.from(bytes).toString('utf8')))
  if (!claims.success) throw new EnvelopeFault('MALFORMED')
  return { claims: claims.data, signer: signer.code }
}

function signatureHeader(evidence: string): { alg: string; kid: string } {
  try {
    const header = decodeProtectedHeader(evidence)
    if (header.typ === signatureType && typeof header.kid === 'string' && typeof header.alg === 'string') return { alg: header.alg, kid: header.kid }
  } catch {
    // Falls through: no readable header is the same as a wrong one.
  }
  throw new EnvelopeFault('MALFORMED')
}

function checkTimes(claims: MessageClaims, now: Date): void {
  const seconds = now.getTime() / 1000
  const tolerance = clockToleranceMs / 1000
  if (claims.iat > seconds + tolerance) throw new EnvelopeFault('NOT_YET_VALID')
  if (claims.exp <= claims.iat || claims.exp - claims.iat > sealLifetimeMs / 1000) throw new EnvelopeFault('MALFORMED')
  if (claims.exp <= seconds - tolerance) throw new EnvelopeFault('EXPIRED')
}

/** SHA-256, base64url. */
export function digestOf(data: string | Uint8Array): string {
  return sha256(data).toString('base64url')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

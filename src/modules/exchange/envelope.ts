import { CompactSign, compactVerify, decodeProtectedHeader, errors as jose, type CryptoKey } from 'jose'
import { z } from 'zod'
import { sha256 } from '../../platform/ids.ts'
import { clockToleranceMs, maxPayloadBytes, sealLifetimeMs } from './limits.ts'
import { signingAlgorithm, type KeyPair } from './node-keys.ts'
import type { refusalCodes } from './refusal-codes.ts'

/**
 * What the sender signs about a message (JWS). The payload is covered by its hash, so that the signature can be kept as evidence
 * without it. Signed messages travel together in a parcel that only the receiver can open (`parcel.ts`).
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

/** Why a message or a whole parcel is turned away at the door. */
export class EnvelopeFault extends Error {
  readonly code: keyof typeof refusalCodes
  constructor(code: keyof typeof refusalCodes, options?: { cause?: unknown }) {
    super(`message refused: ${code}`, options)
    this.name = 'EnvelopeFault'
    this.code = code
  }
}

/** What a node needs to open what others send. */
export interface OpeningMeans {
  readonly self: string
  readonly encryption: KeyPair
  /** Who signs with a key, if the registry trusts it now; asked again after a refresh when unknown. */
  signer(kid: string): Promise<{ code: string; key: CryptoKey } | undefined>
  readonly now: Date
}

const signatureType = 'motcua-message+jws'

const claimsSchema = z.object({
  jti: z.uuid(), iss: z.string().min(1).max(20), aud: z.string().min(1).max(20),
  iat: z.number().int().positive(), exp: z.number().int().positive(),
  service: z.string().min(1).max(100), subject: z.string().min(1).max(200),
  seq: z.number().int().positive(), turn: z.number().int().positive(), hash: z.string().length(43),
})

/** Signs a message. The payload goes beside the signature. */
export async function signMessage(message: NewMessage, own: KeyPair, now: Date): Promise<{ evidence: string; payload: Buffer }> {
  const payload = Buffer.from(message.payload)
  const iat = Math.floor(now.getTime() / 1000)
  const claims: MessageClaims = {
    jti: message.id, iss: message.from, aud: message.to, iat, exp: iat + sealLifetimeMs / 1000,
    service: message.service, subject: message.subject, seq: message.seq, turn: message.turn, hash: digestOf(payload),
  }
  const evidence = await new CompactSign(Buffer.from(JSON.stringify(claims))).setProtectedHeader({ alg: signingAlgorithm, kid: own.kid, typ: signatureType }).sign(own.privateKey)
  return { evidence, payload }
}

/**
 * Proves who sent a message, that it is meant for this node and now, and that the payload is the signed one.
 * @throws {EnvelopeFault} with the stable code of the first thing that is wrong.
 */
export async function proveMessage(evidence: string, payload: Buffer, parcelFrom: string, means: OpeningMeans): Promise<OpenedMessage> {
  if (payload.byteLength > maxPayloadBytes) throw new EnvelopeFault('TOO_LARGE')
  const { claims, signer } = await verify(evidence, means)
  if (claims.iss !== signer || claims.iss !== parcelFrom) throw new EnvelopeFault('WRONG_SENDER')
  if (claims.aud !== means.self) throw new EnvelopeFault('WRONG_AUDIENCE')
  checkTimes(claims, means.now)
  if (claims.hash !== digestOf(payload)) throw new EnvelopeFault('PAYLOAD_MISMATCH')
  return { claims, evidence, payload: payload.toString('utf8') }
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

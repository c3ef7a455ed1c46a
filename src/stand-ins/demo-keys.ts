import { createECDH, createHash, createHmac, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { integer, seq } from '../platform/pki/der.ts'

/** A key pair on P-256 that everybody can compute from its name: for a demonstration, and for nothing else. */
export interface DemoKey { readonly scalar: bigint; readonly privateKey: KeyObject; readonly publicKey: KeyObject }

/** Order of the group of P-256. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
const toBytes = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex')

/** The public point of a private number: x and y. */
function pointOf(scalar: bigint): { x: Buffer; y: Buffer } {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(toBytes(scalar))
  const point = curve.getPublicKey()
  return { x: point.subarray(1, 33), y: point.subarray(33) }
}

export function demoKey(name: string): DemoKey {
  const scalar = (toNumber(createHash('sha256').update(`motcua demo key ${name}`).digest()) % (order - 1n)) + 1n
  const { x, y } = pointOf(scalar)
  const jwk = { kty: 'EC', crv: 'P-256', x: x.toString('base64url'), y: y.toString('base64url') }
  return { scalar, privateKey: createPrivateKey({ key: { ...jwk, d: toBytes(scalar).toString('base64url') }, format: 'jwk' }), publicKey: createPublicKey({ key: jwk, format: 'jwk' }) }
}

/**
 * ECDSA over a ready SHA-256 digest, as the DER pair (r, s). The nonce follows from key and digest (the idea of RFC 6979), so that a certificate of
 * the demonstration is the same bytes in every process: the seed of a node binds what another program shows.
 */
export function signDigest(key: DemoKey, digest: Uint8Array): Buffer {
  const hash = toNumber(digest)
  for (let round = 0; ; round++) {
    const nonce = toNumber(createHmac('sha256', toBytes(key.scalar)).update(digest).update(String(round)).digest()) % order
    if (nonce === 0n) continue
    const r = toNumber(pointOf(nonce).x) % order
    const s = (inverse(nonce) * (hash + r * key.scalar)) % order
    if (r !== 0n && s !== 0n) return seq(integer(toBytes(r)), integer(toBytes(s)))
  }
}

/** Inverse modulo the order, by Euclid's algorithm. */
function inverse(value: bigint): bigint {
  let [a, b, x, y] = [value % order, order, 1n, 0n]
  while (a > 1n) {
    const q = b / a
    ;[a, b, x, y] = [b % a, a, y - q * x, x]
  }
  return ((x % order) + order) % order
}

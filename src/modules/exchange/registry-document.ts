import { CompactSign, calculateJwkThumbprint, compactVerify, importJWK, type JWK } from 'jose'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { registrySchema, type NodeCertificate, type RegistryDocument } from './node-certificate.ts'
import { registryLifetimeMs } from './limits.ts'
import { signingAlgorithm, type KeyPair } from './node-keys.ts'

const registryType = 'motcua-registry+jws'

/** The registry, signed by the national node (compact JWS). */
export async function signRegistry(issuer: string, own: KeyPair, version: number, certificates: readonly NodeCertificate[], now: Date): Promise<string> {
  const iat = Math.floor(now.getTime() / 1000)
  const document = { iss: issuer, iat, exp: iat + registryLifetimeMs / 1000, version, certificates }
  return new CompactSign(Buffer.from(JSON.stringify(document))).setProtectedHeader({ alg: signingAlgorithm, kid: own.kid, typ: registryType }).sign(own.privateKey)
}

/**
 * Reads a signed registry.
 * @throws when the signature is not the national node's, the document has expired, or a key does not match its thumbprint.
 */
export async function readRegistry(jws: string, national: { code: string; key: JWK }, now: Date): Promise<RegistryDocument> {
  const key = await importJWK(national.key, signingAlgorithm)
  const { payload, protectedHeader } = await compactVerify(jws, key, { algorithms: [signingAlgorithm] })
  if (protectedHeader.typ !== registryType) throw new Error('The registry is not of the expected type.')
  const document = registrySchema.parse(JSON.parse(Buffer.from(payload).toString('utf8')))
  if (document.iss !== national.code) throw new Error('The registry was not issued by the national node.')
  if (document.exp * 1000 < now.getTime()) throw new Error('The registry has expired.')
  for (const c of document.certificates) {
    const kids = [await calculateJwkThumbprint(c.signingKey), await calculateJwkThumbprint(c.encryptionKey)]
    if (kids[0] !== c.signingKid || kids[1] !== c.encryptionKid) throw new Error(`The registry names a wrong key id for node ${c.nodeCode}.`)
  }
  return document
}

/** Proof that a request to enrol comes from somebody who knows the node's enrolment secret. */
export const requestMac = (secret: string, jws: string): string => mac(secret, `motcua enrol request\n${jws}`)
/** Proof that the answer comes from somebody who knows it too, and belongs to this request. */
export const replyMac = (secret: string, nonce: string, registry: string): string => mac(secret, `motcua enrol reply\n${nonce}\n${registry}`)

const mac = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('base64url')

export function macMatches(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose'
import { loadKeyFile } from '../../platform/key-file.ts'

export interface KeyPair {
  /** Thumbprint of the public key (RFC 7638). */
  readonly kid: string
  readonly publicJwk: JWK
  readonly privateKey: CryptoKey
}

/** A node's own keys: one signs (Ed25519), one opens what is sealed for the node (X25519). */
export interface NodeKeys {
  readonly signing: KeyPair
  readonly encryption: KeyPair
}

export const signingAlgorithm = 'EdDSA'
export const sealingAlgorithm = 'ECDH-ES+A256KW'
export const contentAlgorithm = 'A256GCM'

/** Reads the node's keys from `<dataDir>/keys`, and makes them at the first start. Only the node's own user can read the files. */
export async function loadNodeKeys(dataDir: string): Promise<NodeKeys> {
  return { signing: await loadPair(dataDir, 'signing', makeSigning), encryption: await loadPair(dataDir, 'encryption', makeEncryption) }
}

const makeSigning = () => generateKeyPair(signingAlgorithm, { crv: 'Ed25519', extractable: true })
const makeEncryption = () => generateKeyPair(sealingAlgorithm, { crv: 'X25519', extractable: true })

async function loadPair(dataDir: string, name: string, make: () => Promise<{ privateKey: CryptoKey }>): Promise<KeyPair> {
  const { jwk, path } = await loadKeyFile(dataDir, name, async () => exportJWK((await make()).privateKey))
  return toPair(jwk, path)
}

async function toPair(jwk: JWK, path: string): Promise<KeyPair> {
  const { d, ...publicPart } = jwk
  if (!d || jwk.kty !== 'OKP') throw new Error(`The key file ${path} does not hold a private key of the expected kind.`)
  const alg = jwk.crv === 'Ed25519' ? signingAlgorithm : sealingAlgorithm
  const publicJwk: JWK = { kty: publicPart.kty, crv: publicPart.crv!, x: publicPart.x! }
  return { kid: await calculateJwkThumbprint(publicJwk), publicJwk, privateKey: (await importJWK(jwk, alg)) as CryptoKey }
}

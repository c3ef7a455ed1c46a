import { link, mkdir, open, readFile, rm, chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose'
import { randomToken } from '../../platform/ids.ts'

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
  const folder = join(dataDir, 'keys')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return { signing: await loadPair(join(folder, 'signing.jwk.json'), makeSigning), encryption: await loadPair(join(folder, 'encryption.jwk.json'), makeEncryption) }
}

const makeSigning = () => generateKeyPair(signingAlgorithm, { crv: 'Ed25519', extractable: true })
const makeEncryption = () => generateKeyPair(sealingAlgorithm, { crv: 'X25519', extractable: true })

async function loadPair(path: string, make: () => Promise<{ privateKey: CryptoKey }>): Promise<KeyPair> {
  const known = await readJwk(path)
  if (known) return toPair(known, path)
  const { privateKey } = await make()
  await writeOnce(path, JSON.stringify(await exportJWK(privateKey)))
  // Another process of this node may have been first: what lies in the file counts.
  return toPair((await readJwk(path))!, path)
}

async function readJwk(path: string): Promise<JWK | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new Error(`The key file ${path} cannot be read (${error.code}). Give this user the right to read it.`, { cause: error })
  })
  if (text === undefined) return undefined
  await chmod(path, 0o600)
  try {
    return JSON.parse(text) as JWK
  } catch (cause) {
    throw new Error(`The key file ${path} is damaged. Restore it from a backup, or remove it: the node then makes a new key and enrols it.`, { cause })
  }
}

/** Whole or not at all, and never over an existing file. */
async function writeOnce(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomToken(6)}`
  const handle = await open(temporary, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  try {
    await link(temporary, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(temporary, { force: true })
  }
}

async function toPair(jwk: JWK, path: string): Promise<KeyPair> {
  const { d, ...publicPart } = jwk
  if (!d || jwk.kty !== 'OKP') throw new Error(`The key file ${path} does not hold a private key of the expected kind.`)
  const alg = jwk.crv === 'Ed25519' ? signingAlgorithm : sealingAlgorithm
  const publicJwk: JWK = { kty: publicPart.kty, crv: publicPart.crv!, x: publicPart.x! }
  return { kid: await calculateJwkThumbprint(publicJwk), publicJwk, privateKey: (await importJWK(jwk, alg)) as CryptoKey }
}

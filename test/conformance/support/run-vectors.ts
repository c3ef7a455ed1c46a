import { createPublicKey, verify } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compactDecrypt, compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose'
import { certificateSchema } from '../../../src/modules/exchange/node-certificate.ts'
import { contentAlgorithm, sealingAlgorithm, signingAlgorithm } from '../../../src/modules/exchange/node-keys.ts'

/** Between nodes Ed25519 alone; log-ins from node to node are told with ES256. */
export const signatures: readonly string[] = [signingAlgorithm, 'ES256']

/** What became of one vector: taken, turned away, or turned away for the name of its algorithm or form before any key was used. */
export type Verdict = { taken: boolean } | { refused: string }

export interface VectorResult {
  file: string
  id: string
  /** Algorithm of its key, or of the vector where that names one. */
  algorithm: string
  verdict: Verdict
  /** What those who made it expect of somebody who accepts every algorithm. */
  isGood: boolean
}

/** A vector is judged rightly when a good one is taken or refused by name, and a bad one is never taken. */
export const isRight = ({ verdict, isGood }: VectorResult): boolean => ('refused' in verdict ? true : verdict.taken === isGood)
export const isRefused = ({ verdict }: VectorResult): boolean => 'refused' in verdict

interface KeySet { keys: JWK[] }

/** As nodes do: the name of the algorithm first, then the signature with one key; a node never tries several. */
async function judgeSignature(jws: unknown, key: JWK | KeySet): Promise<Verdict> {
  const keys = 'keys' in key ? (key as KeySet).keys : [key]
  const refused = refusedByName(jws, (header) => (signatures.includes(String(header.alg)) ? undefined : `alg ${String(header.alg)}`)) ?? (keys.length === 1 ? undefined : 'several keys')
  if (refused) return { refused }
  return { taken: await works(() => compactVerify(String(jws), keys[0]!, { algorithms: [...signatures] })) }
}

/** As a node's certificate is read. */
function judgeKey(key: JWK): Verdict {
  const { signingKey, encryptionKey } = certificateSchema.shape
  return signingKey.safeParse(key).success || encryptionKey.safeParse(key).success ? { taken: true } : { refused: `kty ${String(key.kty)}` }
}

async function judgeEncryption(jwe: unknown, key: JWK): Promise<Verdict> {
  const refused = refusedByName(jwe, (header) => (header.alg !== sealingAlgorithm ? `alg ${String(header.alg)}` : header.enc !== contentAlgorithm ? `enc ${String(header.enc)}` : 'zip' in header ? 'zip' : undefined))
  if (refused) return { refused }
  return { taken: await works(async () => compactDecrypt(String(jwe), await importJWK(key, sealingAlgorithm), { keyManagementAlgorithms: [sealingAlgorithm], contentEncryptionAlgorithms: [contentAlgorithm] })) }
}

/** Undefined where the form is compact and nothing in the header is refused. */
function refusedByName(text: unknown, judge: (header: Record<string, unknown>) => string | undefined): string | undefined {
  if (typeof text !== 'string' || text.trimStart().startsWith('{')) return 'JSON serialisation'
  try {
    return judge(decodeProtectedHeader(text) as Record<string, unknown>)
  } catch {
    return 'header that cannot be read'
  }
}

async function works(attempt: () => Promise<unknown>): Promise<boolean> {
  return attempt().then(() => true, () => false)
}

interface Case { tcId: number; result: string; jws?: unknown; jwe?: unknown; msg?: string; sig?: string }
interface Group { private?: JWK; public?: JWK; publicKeyDer?: string; tests: Case[] }

const algorithmOf = (text: unknown): string => {
  try {
    return String((decodeProtectedHeader(String(text)) as { alg?: string }).alg)
  } catch {
    return 'none that can be read'
  }
}

/** Signatures without a wrapping: of the log and of papers. */
function judgeBare({ publicKeyDer }: Group, { msg, sig }: Case, hash: 'sha256' | null): Verdict {
  const key = createPublicKey({ key: Buffer.from(publicKeyDer!, 'hex'), format: 'der', type: 'spki' })
  try {
    return { taken: verify(hash, Buffer.from(msg!, 'hex'), key, Buffer.from(sig!, 'hex')) }
  } catch {
    return { taken: false }
  }
}

async function judgeWycheproof(file: string, group: Group, test: Case): Promise<{ algorithm: string; verdict: Verdict }> {
  if (file.startsWith('ed25519')) return { algorithm: 'Ed25519', verdict: judgeBare(group, test, null) }
  if (file.startsWith('ecdsa_secp256r1')) return { algorithm: 'ECDSA P-256', verdict: judgeBare(group, test, 'sha256') }
  if (test.jwe !== undefined) return { algorithm: group.private?.alg ?? algorithmOf(test.jwe), verdict: await judgeEncryption(test.jwe, group.private as JWK) }
  return { algorithm: group.private?.alg ?? algorithmOf(test.jws), verdict: await judgeSignature(test.jws, (group.public ?? group.private)!) }
}

/** Every vector of Wycheproof and of the JOSE cookbook below a folder. */
export async function runVectors(folder: string): Promise<VectorResult[]> {
  return [...await runWycheproof(join(folder, 'wycheproof')), ...await runCookbook(join(folder, 'jose-cookbook'))]
}

async function runWycheproof(folder: string): Promise<VectorResult[]> {
  const results: VectorResult[] = []
  for (const file of filesIn(folder)) {
    const { testGroups } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { testGroups: Group[] }
    for (const group of testGroups) for (const test of group.tests) results.push({ file: `wycheproof/${file}`, id: String(test.tcId), ...await judgeWycheproof(file, group, test), isGood: test.result !== 'invalid' })
  }
  return results
}

interface Example { input: { key?: JWK | JWK[]; alg?: string | string[]; enc?: string }; output?: Record<string, unknown> }

/** Every form in which an example is written counts as a vector; examples of keys alone are read as keys. */
async function runCookbook(folder: string): Promise<VectorResult[]> {
  const results: VectorResult[] = []
  for (const kind of ['jws', 'jwe', 'jwk']) {
    for (const file of filesIn(join(folder, kind))) {
      const example = JSON.parse(readFileSync(join(folder, kind, file), 'utf8')) as Example & JWK
      const key = [example.input?.key ?? []].flat()[0] as JWK
      const judge = kind === 'jws' ? judgeSignature : judgeEncryption
      if (kind === 'jwk') results.push({ file: 'jose-cookbook/jwk', id: file, algorithm: `${example.kty} ${example.crv ?? ''}`.trim(), verdict: judgeKey(example), isGood: true })
      else for (const [form, text] of Object.entries(example.output ?? {})) results.push({ file: `jose-cookbook/${kind}`, id: `${file} ${form}`, algorithm: String(example.input.alg), verdict: await judge(text, key), isGood: true })
    }
  }
  return results
}

const filesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')).sort() : [])

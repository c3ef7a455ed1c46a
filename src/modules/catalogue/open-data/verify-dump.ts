import { gunzipSync } from 'node:zlib'
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose'
import { z } from 'zod'
import { contentHash } from '../../../platform/canonical-json.ts'
import { statementOf, versionSignatureType } from './version-statement.ts'

const dumpSchema = z.object({
  format: z.literal('motcua-catalogue/1'), issuer: z.string(), madeAt: z.string(), keys: z.array(z.looseObject({ kid: z.string(), kty: z.string(), crv: z.string(), x: z.string() })),
  versions: z.array(z.object({
    code: z.string(), version: z.number().int(), content: z.unknown(), hash: z.string(), origin: z.enum(['authored', 'shipped', 'imported']), validFrom: z.string(), decisionNumber: z.string().nullable(), decisionDate: z.string().nullable(), publishedAt: z.string(), baseVersion: z.number().int().nullable().optional(), signature: z.string().nullable(),
  })),
})

export interface DumpVerdict {
  versions: number
  /** Key ids whose signatures were met. */
  kids: string[]
  /** True when the keys came from the reader and not from the file itself. */
  pinned: boolean
  /** 'code version: what is wrong', in the order of the file. */
  faults: string[]
}

/**
 * Checks a JSON dump of the catalogue without any connection: that every content has the hash that is told, and that the publisher signed
 * exactly this version. `keys` are those that the reader trusts (a saved key set); without them the keys in the file are taken, which
 * proves only that the file is in itself right: the reader then compares the key ids with the published ones.
 * @throws {Error} with a sentence when the file is no dump.
 */
export async function verifyDump(bytes: Buffer, keys?: readonly JWK[]): Promise<DumpVerdict> {
  const dump = readDump(bytes)
  const trusted = await importKeys(keys ?? (dump.keys as JWK[]))
  const faults: string[] = []
  const kids = new Set<string>()
  const seen = new Set<string>()
  for (const v of dump.versions) {
    const name = `${v.code} ${v.version}`
    const fault = (what: string): void => void faults.push(`${name}: ${what}`)
    if (seen.has(name)) fault('stands in the file twice')
    seen.add(name)
    if (contentHash(v.content) !== v.hash) fault('the content does not have the hash that is told')
    if ((v.content as { code?: unknown } | null)?.code !== v.code) fault('the content is of another procedure')
    const found = v.signature === null ? 'there is no signature' : await faultOf(v.signature, statementOf(dump.issuer, v), trusted, kids)
    if (found) fault(found)
  }
  return { versions: dump.versions.length, kids: [...kids], pinned: keys !== undefined, faults }
}

function readDump(bytes: Buffer): z.infer<typeof dumpSchema> {
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8')
  const parsed = dumpSchema.safeParse(parse(text))
  if (!parsed.success) throw new Error(`This is not a JSON dump of the catalogue: ${parsed.error.issues.slice(0, 3).map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}.`)
  return parsed.data
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Keys = ReadonlyMap<string, Awaited<ReturnType<typeof importJWK>>>

/** By thumbprint: what a key calls itself counts for nothing. */
async function importKeys(keys: readonly JWK[]): Promise<Keys> {
  const pairs = keys.filter((k) => k.kty === 'OKP' && k.crv === 'Ed25519').map(async ({ kty, crv, x }) => [await calculateJwkThumbprint({ kty: kty!, crv: crv!, x: x! }), await importJWK({ kty, crv, x } as JWK, 'EdDSA')] as const)
  return new Map(await Promise.all(pairs))
}

async function faultOf(jws: string, statement: string, keys: Keys, kids: Set<string>): Promise<string | undefined> {
  try {
    const { kid = '', typ } = decodeProtectedHeader(jws)
    if (typ !== versionSignatureType) return 'the signature is of another kind'
    const key = keys.get(kid)
    if (!key) return `signed with the key ${kid}, which is not among those that are trusted`
    const { payload } = await compactVerify(jws, key, { algorithms: ['EdDSA'] })
    kids.add(kid)
    return Buffer.from(payload).toString('utf8') === statement ? undefined : 'the signature is over something else'
  } catch {
    return 'the signature is not right'
  }
}

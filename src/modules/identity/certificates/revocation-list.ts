import { verify } from 'node:crypto'
import type { Db } from '../../../platform/db.ts'
import { children, oid, read, type Tlv } from '../../../platform/pki/der.ts'
import { OID } from '../../../platform/pki/oids.ts'
import { serialText, type CertificateFields } from './certificate-fields.ts'

export interface RevocationList { readonly serials: ReadonlySet<string>; readonly from: Date; readonly to: Date }

const patience = 4000
const longestList = 5_000_000
/** Milliseconds after which a list is fetched again, though it would hold longer: this is how late a revocation is seen here. */
const freshFor = 5 * 60_000

interface Kept { list: RevocationList; fetchedAt: number }
const kept = new WeakMap<object, Map<string, Kept>>()

/**
 * The list of revoked certificates of an authority (CRL, RFC 5280 section 5): fetched, its signature and time checked, remembered for some minutes.
 * Undefined where there is none to be had that holds at this moment: then nobody may be let in.
 * @param memory the pool that remembers; it is asked nothing
 */
export async function revocationList(memory: Db, authority: CertificateFields, url: string, at: Date): Promise<RevocationList | undefined> {
  const own = kept.get(memory) ?? new Map<string, Kept>()
  kept.set(memory, own)
  const known = own.get(url)
  const holds = (list: RevocationList): boolean => list.from.getTime() - 60_000 <= at.getTime() && at < list.to
  if (known && holds(known.list) && Math.abs(at.getTime() - known.fetchedAt) < freshFor) return known.list
  const fetched = await fetchList(url, authority)
  if (fetched && holds(fetched)) {
    own.set(url, { list: fetched, fetchedAt: at.getTime() })
    return fetched
  }
  // The authority itself promised that its last list holds until then.
  return known && holds(known.list) ? known.list : undefined
}

async function fetchList(url: string, authority: CertificateFields): Promise<RevocationList | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patience), redirect: 'error' })
    const bytes = Buffer.from(await response.arrayBuffer())
    return response.ok && bytes.length <= longestList ? readRevocationList(bytes, authority) : undefined
  } catch {
    // No answer, or none that is a list: the caller refuses.
    return undefined
  }
}

const signatureHash = [[oid(OID.ecdsaSha256), 'sha256'], [oid(OID.rsaSha256), 'sha256'], [oid('1.2.840.10045.4.3.3'), 'sha384'], [oid('1.2.840.113549.1.1.12'), 'sha384'], [oid('1.2.840.113549.1.1.13'), 'sha512']] as const

/** Undefined unless the authority itself signed it and it says until when it holds. Throws where it is no DER. */
export function readRevocationList(bytes: Buffer, authority: CertificateFields): RevocationList | undefined {
  const [body, algorithm, signature] = children(read(bytes).content)
  const hash = signatureHash.find(([id]) => id.equals(children(algorithm!.content)[0]!.raw))?.[1]
  if (!hash || !verify(hash, body!.raw, authority.x509.publicKey, signature!.content.subarray(1))) return undefined
  const parts = children(body!.content)
  const at = parts[0]!.tag === 0x02 ? 1 : 0
  const [, issuer, from, to, revoked] = parts.slice(at)
  if (!issuer!.raw.equals(authority.subject) || !isTime(to)) return undefined
  const serials = revoked?.tag === 0x30 ? children(revoked.content).map((entry) => serialText(children(entry.content)[0]!.content)) : []
  return { serials: new Set(serials), from: timeOf(from!), to: timeOf(to!) }
}

const isTime = (value: Tlv | undefined): boolean => value?.tag === 0x17 || value?.tag === 0x18

/** UTCTime or GeneralizedTime, to the second and in UTC, as RFC 5280 demands. */
function timeOf(value: Tlv): Date {
  const digits = value.content.toString('latin1')
  const full = value.tag === 0x18 ? digits : `${Number(digits.slice(0, 2)) < 50 ? '20' : '19'}${digits}`
  return new Date(full.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}

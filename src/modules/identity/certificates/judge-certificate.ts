import type { Db } from '../../../platform/db.ts'
import { oid } from '../../../platform/pki/der.ts'
import { readCertificate, type CertificateFields } from './certificate-fields.ts'
import { revocationList } from './revocation-list.ts'
import { fingerprintOf, trustedAuthorities, type TrustedAuthority, type Vouched } from './trusted-authority.store.ts'

/** Whom a certificate names, by the attribute UID of its subject: 'CCCD:' id number, 'MST:' tax code, 'MCQ:' identifier code of an agency. */
export type CertificateSubject = { kind: 'person'; idNumber: string } | { kind: 'organisation'; taxCode: string } | { kind: 'agency'; agencyCode: string }

export interface JudgedCertificate {
  /** SHA-256, hexadecimal. */
  fingerprint: string
  serial: string
  subject: CertificateSubject
  /** Common name. */
  name: string
  notAfter: Date
  /** 'software' where the authority says by a policy that the key lies in a file: it can be copied, so it proves less. */
  key: 'hardware' | 'software'
}

/** 'unchecked': whether it was revoked could not be found out, so it does not count. */
export type CertificateFault = 'unreadable' | 'untrusted' | 'expired' | 'not-yet-valid' | 'revoked' | 'unchecked' | 'purpose' | 'subject'
export type CertificateVerdict = { ok: true; certificate: JudgedCertificate } | { ok: false; reason: CertificateFault }

const digitalSignature = 0x80
const certificateSigning = 0x04
const clientAuthentication = oid('1.3.6.1.5.5.7.3.2')
const anyUse = oid('2.5.29.37.0')
/** Root, authorities between, and the holder's own. */
const longestChain = 4

/**
 * What a certificate is worth for a log-in at an instant: who it names, and that an authority trusted that day vouches for him, by signatures and validity of
 * every link up to a self-signed root, key usage, and the lists of revoked ones. It does not say that whoever shows it has the key.
 * @param input PEM or DER
 * @param memory whose memory of the lists counts: the pool's, inside an act
 */
export async function judgeCertificate(db: Db, input: string | Buffer, at: Date, memory: Db = db): Promise<CertificateVerdict> {
  const own = tryRead(input)
  if (!own) return { ok: false, reason: 'unreadable' }
  const chain = chainTo(own, await trustedAuthorities(db, at))
  const links = [own, ...(chain ?? []).map((a) => a.fields)]
  if (!chain || links.some((c) => c.isStrange)) return { ok: false, reason: 'untrusted' }
  if (links.some((c) => at < c.from)) return { ok: false, reason: 'not-yet-valid' }
  if (links.some((c) => at > c.to)) return { ok: false, reason: 'expired' }
  const subject = subjectOf(own)
  if (!subject) return { ok: false, reason: 'subject' }
  if (!isForLogIn(own) || !chain[0]!.purposes.includes(vouched[subject.kind])) return { ok: false, reason: 'purpose' }
  const standing = await standingOf(memory, links, chain, at)
  if (standing !== 'good') return { ok: false, reason: standing }
  const isSoftware = chain[0]!.softwarePolicies.some((policy) => own.policies.some((p) => p.equals(oid(policy))))
  return { ok: true, certificate: { fingerprint: fingerprintOf(own.x509.raw), serial: own.serial, subject, name: own.commonName, notAfter: own.to, key: isSoftware ? 'software' : 'hardware' } }
}

const vouched: Readonly<Record<CertificateSubject['kind'], Vouched>> = { person: 'person', organisation: 'organisation', agency: 'officer' }

function tryRead(input: string | Buffer): CertificateFields | undefined {
  try {
    return readCertificate(input)
  } catch {
    // Whatever was given, it is no certificate.
    return undefined
  }
}

type Known = TrustedAuthority & { fields: CertificateFields }

/** The authorities above a certificate, nearest first and up to a self-signed one; undefined when one of them is missing or not trusted. */
function chainTo(own: CertificateFields, authorities: readonly Known[]): Known[] | undefined {
  const chain: Known[] = []
  for (let link = own; chain.length < longestChain;) {
    const issuer = authorities.find((a) => isIssuer(a.fields, link))
    if (!issuer) return undefined
    chain.push(issuer)
    if (issuer.fields.subject.equals(issuer.fields.issuer)) return chain
    link = issuer.fields
  }
  return undefined
}

function isIssuer(authority: CertificateFields, link: CertificateFields): boolean {
  const mayIssue = authority.isAuthority && (authority.keyUsage === undefined || (authority.keyUsage & certificateSigning) !== 0)
  return mayIssue && authority.subject.equals(link.issuer) && link.x509.verify(authority.x509.publicKey)
}

/** A key for signatures, and where uses are stated, for proving oneself to a server. An authority's own certificate is no log-in. */
function isForLogIn({ keyUsage, uses, isAuthority }: CertificateFields): boolean {
  return !isAuthority && keyUsage !== undefined && (keyUsage & digitalSignature) !== 0 && (!uses || uses.some((u) => u.equals(clientAuthentication) || u.equals(anyUse)))
}

function subjectOf({ uid }: CertificateFields): CertificateSubject | undefined {
  const [kind, number = ''] = (uid ?? '').split(':')
  if (kind === 'CCCD' && /^\d{12}$/.test(number)) return { kind: 'person', idNumber: number }
  if (kind === 'MST' && /^\d{10}(-\d{3})?$/.test(number)) return { kind: 'organisation', taxCode: number }
  if (kind === 'MCQ' && /^(VN|[A-Z]\d{2}(\.\d{2,3})*)$/.test(number)) return { kind: 'agency', agencyCode: number }
  return undefined
}

/** Asks every authority of the chain whether it still stands by what it issued below. */
async function standingOf(memory: Db, links: readonly CertificateFields[], chain: readonly Known[], at: Date): Promise<'good' | 'revoked' | 'unchecked'> {
  const lists = await Promise.all(chain.map((a) => revocationList(memory, a.fields, a.revocationUrl, at)))
  if (lists.some((list, i) => list?.serials.has(links[i]!.serial))) return 'revoked'
  return lists.every(Boolean) ? 'good' : 'unchecked'
}

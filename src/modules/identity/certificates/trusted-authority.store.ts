import { createHash, X509Certificate } from 'node:crypto'
import type { Db, Tx } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { newId } from '../../../platform/ids.ts'
import { readCertificate, type CertificateFields } from './certificate-fields.ts'

/** Whom an authority may vouch for. */
export type Vouched = 'person' | 'organisation' | 'officer'

/** Tổ chức cung cấp dịch vụ chứng thực chữ ký số: licensed for the public, or the one for official duty (Law 20/2023, art. 22 ff.; Decree 23/2025). */
export interface TrustedAuthority {
  readonly name: string
  readonly certificate: Buffer
  readonly purposes: readonly Vouched[]
  readonly revocationUrl: string
  /** Policies that say "the key lies in a file". */
  readonly softwarePolicies: readonly string[]
}

/** The authorities that are trusted on the day of `at`. */
export async function trustedAuthorities(db: Db, at: Date): Promise<(TrustedAuthority & { fields: CertificateFields })[]> {
  const day = civilDate(at)
  const rows = await db<TrustedAuthority[]>`
    SELECT name, certificate, purposes, revocation_url AS "revocationUrl", software_policies AS "softwarePolicies" FROM identity.trusted_authority
    WHERE valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day})`
  return rows.map((row) => ({ ...row, fields: readCertificate(Buffer.from(row.certificate)) }))
}

/** Trusts an authority from a day on. Where it is trusted from that day already, only the address of its list may change. */
export async function insertTrustedAuthority(tx: Tx, authority: TrustedAuthority & { validFrom: string; validTo?: string; basis: string }): Promise<void> {
  const der = new X509Certificate(authority.certificate).raw
  await tx`
    INSERT INTO identity.trusted_authority (id, name, certificate, fingerprint, purposes, revocation_url, software_policies, valid_from, valid_to, basis)
    VALUES (${newId()}, ${authority.name}, ${der}, ${fingerprintOf(der)}, ${[...authority.purposes]}, ${authority.revocationUrl}, ${[...authority.softwarePolicies]}, ${authority.validFrom}, ${authority.validTo ?? null}, ${authority.basis})
    ON CONFLICT (fingerprint, valid_from) DO UPDATE SET revocation_url = excluded.revocation_url`
}

/** An authority as the administration sees it, also before and after it is trusted. Days 'YYYY-MM-DD'. */
export interface AuthorityPeriod extends Omit<TrustedAuthority, 'certificate'> { readonly id: string; readonly fingerprint: string; readonly validFrom: string; readonly validTo: string | null; readonly basis: string }

/** Every authority that is, was or will be trusted, by name and the newest first. */
export async function listAuthorities(db: Db): Promise<AuthorityPeriod[]> {
  return db<AuthorityPeriod[]>`
    SELECT id, name, fingerprint, purposes, revocation_url AS "revocationUrl", software_policies AS "softwarePolicies", valid_from::text AS "validFrom", valid_to::text AS "validTo", basis
    FROM identity.trusted_authority ORDER BY name, valid_from DESC`
}

/** From `day` on it is trusted no more. False when it ends earlier already, or begins only then. */
export async function endTrust(tx: Tx, id: string, day: string): Promise<boolean> {
  const ended = await tx`UPDATE identity.trusted_authority SET valid_to = ${day} WHERE id = ${id} AND valid_from < ${day} AND (valid_to IS NULL OR valid_to > ${day})`
  return ended.count > 0
}

/** SHA-256 of the DER, hexadecimal. */
export const fingerprintOf = (der: Uint8Array): string => createHash('sha256').update(der).digest('hex')

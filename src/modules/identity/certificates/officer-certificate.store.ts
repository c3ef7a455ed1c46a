import type { Db, Tx } from '../../../platform/db.ts'
import { newId } from '../../../platform/ids.ts'

/** A certificate bound to an officer's account, now or once. */
export interface OfficerCertificate {
  id: string
  officerId: string
  fingerprint: string
  serial: string
  agencyCode: string
  notAfter: Date
  boundAt: Date
  boundBy: string
  unboundAt: Date | null
}

const columns = (db: Db) => db`id, officer_id AS "officerId", fingerprint, serial, agency_code AS "agencyCode", not_after AS "notAfter", bound_at AS "boundAt", bound_by AS "boundBy", unbound_at AS "unboundAt"`

/** All that an officer has and had, newest first. */
export async function listOfficerCertificates(db: Db, officerId: string): Promise<OfficerCertificate[]> {
  return db<OfficerCertificate[]>`SELECT ${columns(db)} FROM identity.officer_certificate WHERE officer_id = ${officerId} ORDER BY bound_at DESC`
}

/** Whose account a certificate opens now. */
export async function officerOfCertificate(db: Db, fingerprint: string): Promise<string | undefined> {
  const [row] = await db<{ officerId: string }[]>`
    SELECT c.officer_id AS "officerId" FROM identity.officer_certificate c JOIN identity.officer o ON o.id = c.officer_id AND o.state = 'active'
    WHERE c.fingerprint = ${fingerprint} AND c.unbound_at IS NULL`
  return row?.officerId
}

/** Undefined when it is bound already, to this officer or to another. */
export async function insertOfficerCertificate(tx: Tx, c: Omit<OfficerCertificate, 'id' | 'unboundAt'>): Promise<string | undefined> {
  const id = newId()
  const added = await tx`
    INSERT INTO identity.officer_certificate (id, officer_id, fingerprint, serial, agency_code, not_after, bound_at, bound_by)
    VALUES (${id}, ${c.officerId}, ${c.fingerprint}, ${c.serial}, ${c.agencyCode}, ${c.notAfter}, ${c.boundAt}, ${c.boundBy}) ON CONFLICT DO NOTHING`
  return added.count > 0 ? id : undefined
}

/** False when there is no such binding in force. */
export async function endOfficerCertificate(tx: Tx, certificate: { id: string; officerId: string; by: string }, now: Date): Promise<boolean> {
  const ended = await tx`UPDATE identity.officer_certificate SET unbound_at = ${now}, unbound_by = ${certificate.by} WHERE id = ${certificate.id} AND officer_id = ${certificate.officerId} AND unbound_at IS NULL`
  return ended.count > 0
}

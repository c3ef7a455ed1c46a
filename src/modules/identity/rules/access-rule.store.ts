import type { Db, Tx } from '../../../platform/db.ts'
import type { AccessRule } from '../access/access-rule.ts'

export interface DatedAccessRule extends AccessRule { validFrom: string; validTo: string | null }

/** All rules that hold, held or will hold, by audience and the newest first. Days 'YYYY-MM-DD'. */
export async function listAccessRules(db: Db): Promise<DatedAccessRule[]> {
  return db<DatedAccessRule[]>`
    SELECT audience, idle_minutes AS "idleMinutes", longest_hours AS "longestHours", parallel_sessions AS "parallelSessions", failures, block_minutes AS "blockMinutes",
      password_length AS "passwordLength", unused_days AS "unusedDays", unused_notice_days AS "unusedNoticeDays", review_months AS "reviewMonths", request_days AS "requestDays", proof_minutes AS "proofMinutes",
      needs_certificate AS "needsCertificate", basis, valid_from::text AS "validFrom", valid_to::text AS "validTo"
    FROM identity.access_rule ORDER BY audience DESC, valid_from DESC`
}

/** A rule begins and ends the one before it on the same day. False when one begins on that day or later already. */
export async function startAccessRule(tx: Tx, r: Omit<DatedAccessRule, 'validTo'>): Promise<boolean> {
  await tx`LOCK TABLE identity.access_rule IN SHARE ROW EXCLUSIVE MODE`
  const [later] = await tx`SELECT 1 FROM identity.access_rule WHERE audience = ${r.audience} AND valid_from >= ${r.validFrom} LIMIT 1`
  if (later) return false
  await tx`UPDATE identity.access_rule SET valid_to = ${r.validFrom} WHERE audience = ${r.audience} AND (valid_to IS NULL OR valid_to > ${r.validFrom})`
  await tx`
    INSERT INTO identity.access_rule (audience, valid_from, idle_minutes, longest_hours, parallel_sessions, failures, block_minutes, password_length, unused_days, unused_notice_days, review_months, request_days, proof_minutes, needs_certificate, basis)
    VALUES (${r.audience}, ${r.validFrom}, ${r.idleMinutes}, ${r.longestHours}, ${r.parallelSessions}, ${r.failures}, ${r.blockMinutes}, ${r.passwordLength}, ${r.unusedDays}, ${r.unusedNoticeDays}, ${r.reviewMonths}, ${r.requestDays}, ${r.proofMinutes}, ${r.needsCertificate}, ${r.basis})`
  return true
}

/** How many administrators of the node could log in with a certificate now. */
export async function administratorsWithCertificate(db: Db, nodeCode: string, now: Date): Promise<number> {
  const [row] = await db<{ n: number }[]>`
    SELECT count(DISTINCT o.id)::int AS n FROM identity.officer o JOIN identity.officer_certificate c ON c.officer_id = o.id AND c.unbound_at IS NULL AND c.not_after > ${now}
      JOIN identity.role_grant g ON g.officer_id = o.id AND g.role IN ('agency-admin', 'national-admin') AND g.agency_code = ${nodeCode} AND g.revoked_at IS NULL AND (g.valid_to IS NULL OR g.valid_to > (${now}::timestamptz AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)
    WHERE o.state = 'active'`
  return row!.n
}

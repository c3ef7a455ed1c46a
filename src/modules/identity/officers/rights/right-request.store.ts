import type { Db, Tx } from '../../../../platform/db.ts'
import { isId } from '../../../../platform/ids.ts'
import type { RightChange } from './right-change.ts'

export const requestStates = ['pending', 'approved', 'refused', 'cancelled', 'expired'] as const
export type RequestState = (typeof requestStates)[number]

/** A change of administrative rights that waits, or waited, for a second administrator. */
export interface RightRequest {
  id: string
  change: RightChange
  reason: string
  requestedAt: Date
  requestedBy: string
  requestedAgency: string
  expiresAt: Date
  state: RequestState
  decidedAt: Date | null
  decidedBy: string | null
  decisionReason: string | null
  /** Agency of the officer whom it concerns. */
  officerAgency: string
}

type Row = Omit<RightRequest, 'change'> & { kind: RightChange['kind']; officerId: string; detail: Record<string, unknown> }

const columns = (db: Db) => db`r.id, r.kind, r.officer_id AS "officerId", r.detail, r.reason, r.requested_at AS "requestedAt", r.requested_by AS "requestedBy", r.requested_agency AS "requestedAgency",
  r.expires_at AS "expiresAt", r.state, r.decided_at AS "decidedAt", r.decided_by AS "decidedBy", r.decision_reason AS "decisionReason", o.agency_code AS "officerAgency"`

const toRequest = ({ kind, officerId, detail, ...row }: Row): RightRequest => ({ ...row, change: { kind, officerId, ...detail } as RightChange })

export async function insertRequest(tx: Tx, r: Omit<RightRequest, 'state' | 'decidedAt' | 'decidedBy' | 'decisionReason' | 'officerAgency'>): Promise<void> {
  const { kind, officerId, ...detail } = r.change
  await tx`
    INSERT INTO identity.right_request (id, kind, officer_id, detail, reason, requested_at, requested_by, requested_agency, expires_at)
    VALUES (${r.id}, ${kind}, ${officerId}, ${tx.json(detail as never)}, ${r.reason}, ${r.requestedAt}, ${r.requestedBy}, ${r.requestedAgency}, ${r.expiresAt})`
}

/** Whether the very same change waits already. */
export async function isPending(tx: Tx, { kind, officerId, ...detail }: RightChange, now: Date): Promise<boolean> {
  const rows = await tx`SELECT 1 FROM identity.right_request WHERE officer_id = ${officerId} AND kind = ${kind} AND detail = ${tx.json(detail as never)} AND state = 'pending' AND expires_at > ${now}`
  return rows.length > 0
}

export async function findRequest(db: Db, id: string): Promise<RightRequest | undefined> {
  if (!isId(id)) return undefined
  const [row] = await db<Row[]>`SELECT ${columns(db)} FROM identity.right_request r JOIN identity.officer o ON o.id = r.officer_id WHERE r.id = ${id}`
  return row && toRequest(row)
}

/** Newest first; `pending` leaves out what has run out, whether or not that is recorded yet. */
export async function listRequests(db: Db, filter: { pending: boolean; officerId?: string; now: Date; limit: number }): Promise<RightRequest[]> {
  const rows = await db<Row[]>`
    SELECT ${columns(db)} FROM identity.right_request r JOIN identity.officer o ON o.id = r.officer_id
    WHERE ${filter.pending ? db`r.state = 'pending' AND r.expires_at > ${filter.now}` : db`(r.state <> 'pending' OR r.expires_at <= ${filter.now})`} ${filter.officerId ? db`AND r.officer_id = ${filter.officerId}` : db``}
    ORDER BY r.requested_at DESC, r.id DESC LIMIT ${filter.limit}`
  return rows.map(toRequest)
}

/** Decides a request that waits; false when somebody was quicker or its time was over. */
export async function closeRequest(tx: Tx, id: string, decision: { state: RequestState; at: Date; by: string | null; reason: string }): Promise<boolean> {
  const closed = await tx`
    UPDATE identity.right_request SET state = ${decision.state}, decided_at = ${decision.at}, decided_by = ${decision.by}, decision_reason = ${decision.reason}
    WHERE id = ${id} AND state = 'pending' AND expires_at > ${decision.at}`
  return closed.count > 0
}

/** Requests whose time is over, closed in this statement: each is returned once. */
export async function expireRequests(tx: Tx, now: Date): Promise<{ id: string; officerId: string }[]> {
  return tx<{ id: string; officerId: string }[]>`UPDATE identity.right_request SET state = 'expired', decided_at = expires_at WHERE state = 'pending' AND expires_at <= ${now} RETURNING id, officer_id AS "officerId"`
}

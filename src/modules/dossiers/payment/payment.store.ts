import type { Db, Tx } from '../../../platform/db.ts'

/** What an applicant must pay before the dossier goes on ("nghĩa vụ tài chính"). Amount in đồng. */
export interface PaymentRequest { id: string; name: string; amount: number; basis: string; requestedAt: Date; requestedBy: string; paidAt: Date | null; receipt: string | null; /** The decision by table that gave the amount. */ decisionId?: string | null }

export async function insertPaymentRequest(tx: Tx, dossierId: string, r: Omit<PaymentRequest, 'paidAt' | 'receipt'>): Promise<void> {
  await tx`INSERT INTO dossiers.payment_request (id, dossier_id, name, amount, basis, requested_at, requested_by, decision_id) VALUES (${r.id}, ${dossierId}, ${r.name}, ${r.amount}, ${r.basis}, ${r.requestedAt}, ${r.requestedBy}, ${r.decisionId ?? null}) ON CONFLICT (id) DO NOTHING`
}

/** The oldest first; the last one may still be open. */
export async function listPaymentRequests(db: Db, dossierId: string): Promise<PaymentRequest[]> {
  return db<PaymentRequest[]>`SELECT id, name, amount, basis, requested_at AS "requestedAt", requested_by AS "requestedBy", paid_at AS "paidAt", receipt, decision_id AS "decisionId" FROM dossiers.payment_request WHERE dossier_id = ${dossierId} ORDER BY requested_at`
}

export async function settlePaymentRequest(tx: Tx, dossierId: string, paid: { at: Date; receipt: string | null; by: string }): Promise<void> {
  await tx`UPDATE dossiers.payment_request SET paid_at = ${paid.at}, receipt = ${paid.receipt}, confirmed_by = ${paid.by} WHERE dossier_id = ${dossierId} AND paid_at IS NULL`
}

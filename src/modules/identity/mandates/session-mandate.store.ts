import type { Tx } from '../../../platform/db.ts'

/** Notes for whom a session acts; null for nobody. Returns the mandate it named before. */
export async function setActing(tx: Tx, sessionId: string, mandateId: string | null): Promise<string | null> {
  const [before] = await tx<{ mandateId: string | null }[]>`SELECT mandate_id AS "mandateId" FROM identity.session WHERE id = ${sessionId} FOR UPDATE`
  await tx`UPDATE identity.session SET mandate_id = ${mandateId} WHERE id = ${sessionId} AND ended_at IS NULL`
  return before?.mandateId ?? null
}

import type { Db, Tx } from '../../../platform/db.ts'
import { newId } from '../../../platform/ids.ts'
import type { Side } from './mandate.ts'

/** What was typed so far, as it was typed, so that every page shows it again. */
export interface DraftAnswers {
  kind: 'person' | 'staff' | 'child'
  side: Side
  organisationId?: string
  idNumber?: string
  fullName?: string
  birthDate?: string
  relation?: string
  scope?: string
  sectors?: string[]
  procedures?: string
  rights?: string[]
  from?: string
  to?: string
}

export interface MandateDraft { id: string; answers: DraftAnswers }

export async function insertMandateDraft(tx: Tx, accountId: string, answers: DraftAnswers, now: Date): Promise<string> {
  const id = newId(now.getTime())
  await tx`INSERT INTO identity.mandate_draft (id, account_id, answers, created_at) VALUES (${id}, ${accountId}, ${tx.json({ ...answers })}, ${now})`
  return id
}

/** A draft of this account; another's is not found. */
export async function findMandateDraft(db: Db, id: string, accountId: string): Promise<MandateDraft | undefined> {
  const [row] = await db<MandateDraft[]>`SELECT id, answers FROM identity.mandate_draft WHERE id = ${id} AND account_id = ${accountId}`
  return row
}

export async function saveMandateDraft(tx: Tx, draft: MandateDraft): Promise<void> {
  await tx`UPDATE identity.mandate_draft SET answers = ${tx.json({ ...draft.answers })} WHERE id = ${draft.id}`
}

export async function deleteMandateDraft(tx: Tx, id: string): Promise<void> {
  await tx`DELETE FROM identity.mandate_draft WHERE id = ${id}`
}

import type { Db, Tx } from '../../../platform/db.ts'
import type { Answers } from '../answers.ts'
import type { FormDraft } from './draft.ts'

const columns = (db: Db) => db`key, base_version AS "baseVersion", definition, trial, revision, state, edited_by AS "editedBy", edited_name AS "editedName", edited_at AS "editedAt", started_at AS "startedAt", note`

export async function findFormDraft(db: Db, key: string): Promise<FormDraft | undefined> {
  const [row] = await db<FormDraft[]>`SELECT ${columns(db)} FROM forms.form_draft WHERE key = ${key}`
  return row
}

export async function lockFormDraft(tx: Tx, key: string): Promise<FormDraft | undefined> {
  const [row] = await tx<FormDraft[]>`SELECT ${columns(tx)} FROM forms.form_draft WHERE key = ${key} FOR UPDATE`
  return row
}

/** False when the form has a draft already. */
export async function insertFormDraft(tx: Tx, d: FormDraft): Promise<boolean> {
  const done = await tx`
    INSERT INTO forms.form_draft (key, base_version, definition, revision, state, edited_by, edited_name, edited_at, started_at)
    VALUES (${d.key}, ${d.baseVersion}, ${tx.json(d.definition as never)}, ${d.revision}, ${d.state}, ${d.editedBy}, ${d.editedName}, ${d.editedAt}, ${d.startedAt})
    ON CONFLICT DO NOTHING`
  return done.count === 1
}

export async function updateFormDraft(tx: Tx, d: FormDraft): Promise<void> {
  await tx`
    UPDATE forms.form_draft SET definition = ${tx.json(d.definition as never)}, revision = ${d.revision}, state = ${d.state}, edited_by = ${d.editedBy}, edited_name = ${d.editedName}, edited_at = ${d.editedAt}, note = ${d.note}
    WHERE key = ${d.key}`
}

export async function saveTrial(db: Db, key: string, trial: Answers | null): Promise<void> {
  await db`UPDATE forms.form_draft SET trial = ${trial && db.json(trial as never)} WHERE key = ${key}`
}

export async function deleteFormDraft(tx: Tx, key: string): Promise<void> {
  await tx`DELETE FROM forms.form_draft WHERE key = ${key}`
}

export type DraftHead = Pick<FormDraft, 'key' | 'state' | 'editedName' | 'editedAt'> & { title: FormDraft['definition']['title'] }

export async function listFormDrafts(db: Db): Promise<DraftHead[]> {
  return await db<DraftHead[]>`SELECT key, state, edited_name AS "editedName", edited_at AS "editedAt", definition->'title' AS title FROM forms.form_draft ORDER BY key`
}

import type { Db, Tx } from '../../../platform/db.ts'

/** Code of the procedure for which a form was begun; undefined for what came with the program. */
export async function findPurpose(db: Db, key: string): Promise<string | undefined> {
  const [row] = await db<{ code: string }[]>`SELECT procedure_code AS code FROM forms.form_purpose WHERE key = ${key}`
  return row?.code
}

export async function listPurposes(db: Db): Promise<{ key: string; code: string }[]> {
  return await db<{ key: string; code: string }[]>`SELECT key, procedure_code AS code FROM forms.form_purpose`
}

/** False where the key or the procedure has a form that was begun. */
export async function insertPurpose(tx: Tx, p: { key: string; code: string; by: string; at: Date }): Promise<boolean> {
  return (await tx`INSERT INTO forms.form_purpose (key, procedure_code, made_by, made_at) VALUES (${p.key}, ${p.code}, ${p.by}, ${p.at}) ON CONFLICT DO NOTHING`).count === 1
}

export async function deletePurpose(tx: Tx, key: string): Promise<void> {
  await tx`DELETE FROM forms.form_purpose WHERE key = ${key}`
}

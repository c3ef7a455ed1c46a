import type { Db, Tx } from '../../../platform/db.ts'

/** The next version of a process while it is drawn ("bản thảo quy trình"): it may be unfinished. */
export interface ProcessDraft {
  key: string
  /** The version that it began with; null for a new process. */
  baseVersion: number | null
  nameVi: string
  nameEn: string
  bpmn: string
  revision: number
  state: 'draft' | 'in-check'
  editedBy: string
  editedName: string
  editedAt: Date
  note: string | null
}
export type ProcessDraftHead = Omit<ProcessDraft, 'bpmn'>

const headColumns = (db: Db) => db`key, base_version AS "baseVersion", name_vi AS "nameVi", name_en AS "nameEn", revision, state, edited_by AS "editedBy", edited_name AS "editedName", edited_at AS "editedAt", note`

export async function findProcessDraft(db: Db, key: string): Promise<ProcessDraft | undefined> {
  const [row] = await db<ProcessDraft[]>`SELECT ${headColumns(db)}, bpmn FROM process.draft WHERE key = ${key}`
  return row
}

export async function lockProcessDraft(tx: Tx, key: string): Promise<ProcessDraft | undefined> {
  const [row] = await tx<ProcessDraft[]>`SELECT ${headColumns(tx)}, bpmn FROM process.draft WHERE key = ${key} FOR UPDATE`
  return row
}

export async function listProcessDrafts(db: Db): Promise<ProcessDraftHead[]> {
  return await db<ProcessDraftHead[]>`SELECT ${headColumns(db)} FROM process.draft ORDER BY key`
}

/** False when the process has a draft already. */
export async function insertProcessDraft(tx: Tx, d: ProcessDraft): Promise<boolean> {
  const done = await tx`
    INSERT INTO process.draft (key, base_version, name_vi, name_en, bpmn, revision, state, edited_by, edited_name, edited_at, note)
    VALUES (${d.key}, ${d.baseVersion}, ${d.nameVi}, ${d.nameEn}, ${d.bpmn}, ${d.revision}, ${d.state}, ${d.editedBy}, ${d.editedName}, ${d.editedAt}, ${d.note})
    ON CONFLICT DO NOTHING`
  return done.count === 1
}

export async function updateProcessDraft(tx: Tx, d: ProcessDraft): Promise<void> {
  await tx`
    UPDATE process.draft SET name_vi = ${d.nameVi}, name_en = ${d.nameEn}, bpmn = ${d.bpmn}, revision = ${d.revision}, state = ${d.state}, edited_by = ${d.editedBy}, edited_name = ${d.editedName}, edited_at = ${d.editedAt}, note = ${d.note}
    WHERE key = ${d.key}`
}

export async function deleteProcessDraft(tx: Tx, key: string): Promise<void> {
  await tx`DELETE FROM process.draft WHERE key = ${key}`
}

export interface DefinitionHead { id: string; key: string; version: number; nameVi: string; nameEn: string; validFrom: Date; publishedAt: Date; isShipped: boolean; running: number }

/** The newest version of each process. */
export async function listLastDefinitions(db: Db): Promise<DefinitionHead[]> {
  return await db<DefinitionHead[]>`
    SELECT DISTINCT ON (key) id, key, version, name_vi AS "nameVi", name_en AS "nameEn", valid_from AS "validFrom", published_at AS "publishedAt", published_by NOT LIKE 'officer:%' AS "isShipped", 0 AS running
    FROM process.definition ORDER BY key, version DESC`
}

/** All versions of a process, the newest first, with how many dossiers run by each. */
export async function listDefinitions(db: Db, key: string): Promise<DefinitionHead[]> {
  return await db<DefinitionHead[]>`
    SELECT d.id, d.key, d.version, d.name_vi AS "nameVi", d.name_en AS "nameEn", d.valid_from AS "validFrom", d.published_at AS "publishedAt", d.published_by NOT LIKE 'officer:%' AS "isShipped",
      (SELECT count(*)::int FROM process.instance i WHERE i.definition_id = d.id AND i.state IN ('running', 'paused')) AS running
    FROM process.definition d WHERE d.key = ${key} ORDER BY d.version DESC`
}

export async function findDefinitionFile(db: Db, key: string, version: number): Promise<{ bpmn: string; nameVi: string; nameEn: string; validFrom: Date } | undefined> {
  const [row] = await db<{ bpmn: string; nameVi: string; nameEn: string; validFrom: Date }[]>`SELECT bpmn, name_vi AS "nameVi", name_en AS "nameEn", valid_from AS "validFrom" FROM process.definition WHERE key = ${key} AND version = ${version}`
  return row
}

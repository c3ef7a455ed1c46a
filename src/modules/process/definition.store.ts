import type { Db } from '../../platform/db.ts'
import type { ProcessModel } from './model.ts'

export interface Definition { id: string; key: string; version: number; hash: string; model: ProcessModel }

/** Definitions never change, so a model that was read once is good for the life of the process. */
const models = new Map<string, ProcessModel>()
const mostKept = 500

export async function modelOf(db: Db, definitionId: string): Promise<ProcessModel> {
  const known = models.get(definitionId)
  if (known) return known
  const [row] = await db<{ model: ProcessModel }[]>`SELECT model FROM process.definition WHERE id = ${definitionId}`
  if (!row) throw new Error(`process definition ${definitionId} does not exist`)
  if (models.size >= mostKept) models.clear()
  models.set(definitionId, row.model)
  return row.model
}

/** The version of a process that a dossier received at `at` comes under. */
export async function findDefinition(db: Db, key: string, at: Date): Promise<{ id: string; version: number } | undefined> {
  const [row] = await db<{ id: string; version: number }[]>`
    SELECT id, version FROM process.definition WHERE key = ${key} AND valid_from <= ${at} ORDER BY version DESC LIMIT 1`
  return row
}

import type { Db } from '../../platform/db.ts'
import { standing, type Marking } from './marking.ts'

/** One run of a process for a dossier. */
export interface Instance {
  id: string
  processKey: string
  version: number
  subject: string
  agencyCode: string
  state: 'running' | 'paused' | 'ended' | 'cancelled'
  definitionId: string
  /** Elements at which work stands: tasks and events that are waited for. */
  waiting: string[]
  /** Flows that a token has passed. */
  taken: string[]
  startedAt: Date
  pausedAt: Date | null
  endedAt: Date | null
}

/** The latest run for a subject; undefined when there was none. */
export async function getInstance(db: Db, subject: string): Promise<Instance | undefined> {
  const [row] = await db<(Omit<Instance, 'waiting'> & { tokens: Marking['tokens'] })[]>`
    SELECT i.id, d.key AS "processKey", d.version, i.subject, i.agency_code AS "agencyCode", i.state, i.definition_id AS "definitionId", i.taken, coalesce(i.marking->'tokens', '[]') AS tokens,
      i.started_at AS "startedAt", i.paused_at AS "pausedAt", i.ended_at AS "endedAt"
    FROM process.instance i JOIN process.definition d ON d.id = i.definition_id WHERE i.subject = ${subject} ORDER BY i.started_at DESC, i.id DESC LIMIT 1`
  if (!row) return undefined
  const { tokens, ...instance } = row
  return { ...instance, waiting: standing(tokens) }
}

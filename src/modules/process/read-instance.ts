import type { Db } from '../../platform/db.ts'

/** One run of a process for a dossier. */
export interface Instance {
  id: string
  processKey: string
  version: number
  subject: string
  agencyCode: string
  state: 'running' | 'paused' | 'ended' | 'cancelled'
  definitionId: string
  /** Elements at which a token stands: user tasks and timers. */
  waiting: string[]
  /** Flows that a token has passed. */
  taken: string[]
  startedAt: Date
  pausedAt: Date | null
  endedAt: Date | null
}

/** The latest run for a subject; undefined when there was none. */
export async function getInstance(db: Db, subject: string): Promise<Instance | undefined> {
  const [row] = await db<Instance[]>`
    SELECT i.id, d.key AS "processKey", d.version, i.subject, i.agency_code AS "agencyCode", i.state, i.definition_id AS "definitionId", i.taken, i.marking->'waiting' AS waiting,
      i.started_at AS "startedAt", i.paused_at AS "pausedAt", i.ended_at AS "endedAt"
    FROM process.instance i JOIN process.definition d ON d.id = i.definition_id WHERE i.subject = ${subject} ORDER BY i.started_at DESC, i.id DESC LIMIT 1`
  return row && { ...row }
}

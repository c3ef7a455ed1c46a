import type { Db } from '../../../../platform/db.ts'
import { problemColumns, type Problem, type ProblemKind, type ProblemState } from './problem.ts'

export interface ProblemFilter { state?: ProblemState | undefined; kind?: ProblemKind | undefined; page?: number }
export interface ProblemPage { rows: Problem[]; total: number; late: number; page: number; pages: number }

const pageSize = 20

/** The clock that runs: until those concerned are told the first, then the second; null when it is closed. */
export const runningClock = (p: Problem): Date | null => (p.state === 'closed' ? null : !p.informedAt ? (p.resultBy && p.resultBy < p.informBy ? p.resultBy : p.informBy) : p.resultBy)

/** Overdue first, then what is due soonest; closed ones last, the newest first. */
export async function listProblems(db: Db, { state, kind, page: asked = 1 }: ProblemFilter, now: Date): Promise<ProblemPage> {
  const due = db`CASE WHEN informed_at IS NULL THEN least(inform_by, result_by) ELSE result_by END`
  const where = db`true ${state ? db`AND state = ${state}` : db``} ${kind ? db`AND kind = ${kind}` : db``}`
  const [counts] = await db<{ total: number; late: number }[]>`
    SELECT (SELECT count(*)::int FROM identity.account_problem WHERE ${where}) AS total,
      (SELECT count(*)::int FROM identity.account_problem WHERE state <> 'closed' AND ${due} <= ${now}) AS late`
  const { total, late } = counts!
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const page = Math.min(Math.max(1, asked), pages)
  const rows = await db<Problem[]>`
    SELECT ${problemColumns(db)} FROM identity.account_problem WHERE ${where}
    ORDER BY (state = 'closed'), CASE WHEN state <> 'closed' THEN ${due} END, closed_at DESC, id LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`
  return { rows, total, late, page, pages }
}

import type { Db } from '../../../../platform/db.ts'
import { requestColumns, type DataRequest, type RequestKind, type RequestState } from './data-request.ts'

export interface RequestFilter { state?: RequestState | undefined; kind?: RequestKind | undefined; page?: number }
export interface RequestPage { rows: DataRequest[]; total: number; late: number; page: number; pages: number }

const pageSize = 20

/** Overdue first, then what is due soonest; ended ones last. */
export async function listRequests(db: Db, { state, kind, page: asked = 1 }: RequestFilter, now: Date): Promise<RequestPage> {
  const isOpen = db`state IN ('asked', 'accepted')`
  const due = db`CASE WHEN answered_at IS NULL THEN answer_by ELSE due_by END`
  const where = db`true ${state ? db`AND state = ${state}` : db``} ${kind ? db`AND kind = ${kind}` : db``}`
  const [counts] = await db<{ total: number; late: number }[]>`
    SELECT (SELECT count(*)::int FROM identity.data_request WHERE ${where}) AS total, (SELECT count(*)::int FROM identity.data_request WHERE ${isOpen} AND ${due} <= ${now}) AS late`
  const { total, late } = counts!
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const page = Math.min(Math.max(1, asked), pages)
  const rows = await db<DataRequest[]>`SELECT ${requestColumns(db)} FROM identity.data_request WHERE ${where} ORDER BY NOT (${isOpen}), CASE WHEN ${isOpen} THEN ${due} END, ended_at DESC, id LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`
  return { rows, total, late, page, pages }
}

import type { Db } from '../../../../platform/db.ts'

/** One look at a person's data. */
export interface AccessRow { id: number; at: Date; agencyCode: string; purpose: string; object: string | null; /** Null: at this node. */ nodeCode: string | null }
export interface ReaderFilter { agency?: string | undefined; since?: Date | undefined; page?: number; size?: number }
export interface ReaderPage { rows: AccessRow[]; total: number; page: number; pages: number; agencies: string[] }

const columns = (db: Db) => db`id, at, agency_code AS "agencyCode", purpose, object, node_code AS "nodeCode"`

/** Who looked at a person's data, newest first, with all agencies that ever did. */
export async function listReaders(db: Db, person: { id: string; subject: string }, { agency, since, page: asked = 1, size = 25 }: ReaderFilter): Promise<ReaderPage> {
  const own = db`subject IN (${person.id}, ${person.subject})`
  const where = db`${own} ${agency ? db`AND agency_code = ${agency}` : db``} ${since ? db`AND at >= ${since}` : db``}`
  const [[counted], agencies] = await Promise.all([
    db<{ total: number }[]>`SELECT count(*)::int AS total FROM identity.access_log WHERE ${where}`,
    db<{ code: string }[]>`SELECT DISTINCT agency_code AS code FROM identity.access_log WHERE ${own} ORDER BY 1`,
  ])
  const pages = Math.max(1, Math.ceil(counted!.total / size))
  const page = Math.min(Math.max(1, asked), pages)
  const rows = await db<AccessRow[]>`SELECT ${columns(db)} FROM identity.access_log WHERE ${where} ORDER BY at DESC, id DESC LIMIT ${size} OFFSET ${(page - 1) * size}`
  return { rows, total: counted!.total, page, pages, agencies: agencies.map((a) => a.code) }
}

export async function findAccess(db: Db, id: number): Promise<AccessRow | undefined> {
  const [row] = await db<AccessRow[]>`SELECT ${columns(db)} FROM identity.access_log WHERE id = ${id}`
  return row
}

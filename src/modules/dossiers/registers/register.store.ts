import type { Db } from '../../../platform/db.ts'
import { mostListed, reachedBy, type DeskFilter } from '../dossiers.store.ts'

export interface RegisterFilter {
  reach: DeskFilter['reach']
  /** First and last day of reception, 'YYYY-MM-DD', Vietnam time. */
  from: string
  until: string
  procedureCode?: string
  channel?: string
  state?: string
}

const midnight = (day: string): Date => new Date(`${day}T00:00:00+07:00`)

/** Ids of the dossiers received in a period, in the order of reception, and how many there are, up to one more than are listed. */
export async function listReceived(db: Db, nodeCode: string, f: RegisterFilter, page: { limit: number; offset: number }): Promise<{ ids: string[]; total: number }> {
  const where = db`
    node_code = ${nodeCode} AND (${reachedBy(db, f.reach, nodeCode)}) AND received_at >= ${midnight(f.from)} AND received_at < ${midnight(f.until)} + interval '1 day'
    ${f.procedureCode ? db`AND procedure_code = ${f.procedureCode}` : db``} ${f.channel ? db`AND channel = ${f.channel}` : db``} ${f.state ? db`AND state = ${f.state}` : db``}`
  const [rows, [count]] = await Promise.all([
    db<{ id: string }[]>`SELECT id FROM dossiers.dossier WHERE ${where} ORDER BY received_at, code LIMIT ${page.limit} OFFSET ${page.offset}`,
    db<{ n: number }[]>`SELECT count(*)::int AS n FROM (SELECT 1 FROM dossiers.dossier WHERE ${where} LIMIT ${mostListed + 1}) AS listed`,
  ])
  return { ids: rows.map((row) => row.id), total: count!.n }
}

/** Owner and address of many dossiers, as the register names them. */
export async function listOwners(db: Db, ids: readonly string[]): Promise<Map<string, { name: string; address: string; phone: string }>> {
  const rows = await db<{ id: string; name: string; address: string | null; phone: string | null }[]>`
    SELECT dossier_id AS id, applicant->>'name' AS name, applicant->>'address' AS address, applicant->>'phone' AS phone FROM dossiers.content WHERE dossier_id = ANY(${[...ids]})`
  return new Map(rows.map((r) => [r.id, { name: r.name, address: r.address ?? '', phone: r.phone ?? '' }]))
}

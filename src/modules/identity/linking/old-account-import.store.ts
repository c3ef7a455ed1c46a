import type { Db, Tx } from '../../../platform/db.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { decrypt, encrypt } from '../secrets.ts'
import type { LineMistake, OldRow } from './read-old-accounts.ts'

/** A file of old accounts, before or after it was taken over. */
export interface Import { id: string; fileName: string; fresh: number; known: number; mistakes: LineMistake[]; added: number | null; createdAt: Date; doneAt: Date | null }

const columns = (db: Db) => db`id, file_name AS "fileName", fresh, known, mistakes, added, created_at AS "createdAt", done_at AS "doneAt"`
const use = (id: string): string => `old-account-import:${id}`

export async function insertImport(tx: Tx, node: Node, i: { officerId: string; fileName: string; rows: readonly OldRow[]; fresh: number; known: number; mistakes: readonly LineMistake[] }, now: Date): Promise<string> {
  const id = newId(now.getTime())
  await tx`
    INSERT INTO identity.old_account_import (id, officer_id, file_name, sealed, fresh, known, mistakes, created_at)
    VALUES (${id}, ${i.officerId}, ${i.fileName}, ${encrypt(node.config.secret, use(id), JSON.stringify(i.rows))}, ${i.fresh}, ${i.known}, ${tx.json(i.mistakes as never)}, ${now})`
  return id
}

export async function findImport(db: Db, id: string): Promise<Import | undefined> {
  const [row] = await db<Import[]>`SELECT ${columns(db)} FROM identity.old_account_import WHERE id = ${id}`
  return row
}

export async function listImports(db: Db): Promise<Import[]> {
  return db<Import[]>`SELECT ${columns(db)} FROM identity.old_account_import WHERE done_at IS NOT NULL OR sealed IS NOT NULL ORDER BY created_at DESC LIMIT 50`
}

/** The rows of a file that was looked over and not yet taken; locks it, so that it is taken once. */
export async function takeRows(tx: Tx, node: Node, id: string): Promise<OldRow[] | undefined> {
  const [row] = await tx<{ sealed: string | null }[]>`SELECT sealed FROM identity.old_account_import WHERE id = ${id} AND done_at IS NULL FOR UPDATE`
  const text = row?.sealed ? decrypt(node.config.secret, use(id), row.sealed) : undefined
  return text ? (JSON.parse(text) as OldRow[]) : undefined
}

export async function countKnown(db: Db, localIds: readonly string[]): Promise<number> {
  const [row] = await db<{ n: number }[]>`SELECT count(*)::int AS n FROM identity.old_account WHERE local_id = ANY(${[...localIds]})`
  return row!.n
}

/** Adds the rows that are not known yet; how many those were. */
export async function insertOldAccounts(tx: Tx, importId: string, rows: readonly OldRow[], now: Date): Promise<number> {
  let added = 0
  for (let at = 0; at < rows.length; at += 1000) {
    const part = rows.slice(at, at + 1000)
    const done = await tx`
      INSERT INTO identity.old_account ${tx(part.map((r) => ({ id: newId(now.getTime()), local_id: r.localId, id_number: r.idNumber, old_id_number: r.oldIdNumber, full_name: r.fullName, birth_date: r.birthDate, phone: r.phone, import_id: importId, created_at: now, updated_at: now })))}
      ON CONFLICT (local_id) DO NOTHING`
    added += done.count
  }
  return added
}

export async function countOldAccounts(db: Db): Promise<Record<'waiting' | 'linked' | 'declined' | 'closed', number>> {
  const rows = await db<{ state: 'waiting' | 'linked' | 'declined' | 'closed'; n: number }[]>`SELECT state, count(*)::int AS n FROM identity.old_account GROUP BY state`
  return { waiting: 0, linked: 0, declined: 0, closed: 0, ...Object.fromEntries(rows.map((r) => [r.state, r.n])) }
}

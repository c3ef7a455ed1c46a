import { AsyncLocalStorage } from 'node:async_hooks'
import { withoutWaiting, type Sql } from '../../../platform/db.ts'
import type { Payload } from './adapter.ts'

export interface Written { model: string; hash: string; payload: Payload; json: string; grantId: string | null; uid: string | null; expiresAt: Date | null }
type Removed = Pick<Written, 'model' | 'hash'>

/** Takes what is to be written or removed. */
interface Writer { write(row: Written): Promise<void>; remove(row: Removed): Promise<void> }

/** What one request to the provider has read and still has to write. */
interface Pending extends Writer { readonly known: Map<string, Payload | false>; flush(): Promise<void> }

const requests = new AsyncLocalStorage<Pending>()

/**
 * Runs one request to the provider, which writes its rows one by one as it goes: here they wait, and go all together or not at all before
 * the answer does. Nobody can know their secrets earlier. What counts at once (a code that is used, a grant that is revoked) does not wait.
 */
export async function inOneWrite(db: Sql, work: () => Promise<void>): Promise<void> {
  const pending = pendingFor(db)
  await requests.run(pending, work)
  await pending.flush()
}

/** Where an adapter writes: to what its request gathers; outside of one, to the database. */
export function pendingOf(db: Sql): Writer {
  return requests.getStore() ?? { write: (row) => store(db, [row], []), remove: (row) => store(db, [], [row]) }
}

export async function flushRequest(): Promise<void> {
  await requests.getStore()?.flush()
}

/** What this request read along or wrote: false where there is no such row, undefined where it did not ask yet. */
export const knownInRequest = (key: string): Payload | false | undefined => requests.getStore()?.known.get(key)

export function rememberInRequest(key: string, payload: Payload | undefined): void {
  requests.getStore()?.known.set(key, payload ?? false)
}

function pendingFor(db: Sql): Pending {
  const known = new Map<string, Payload | false>()
  const written = new Map<string, Written>()
  const removed = new Map<string, Removed>()
  return {
    known,
    async write(row) {
      const key = `${row.model} ${row.hash}`
      removed.delete(key)
      written.set(key, row)
      known.set(key, row.payload)
      if (row.uid) known.set(`${row.model} uid ${row.uid}`, row.payload)
    },
    async remove(row) {
      const key = `${row.model} ${row.hash}`
      const uid = written.get(key)?.uid ?? (known.get(key) || undefined)?.uid
      written.delete(key)
      removed.set(key, row)
      known.set(key, false)
      if (uid) known.delete(`${row.model} uid ${uid}`)
    },
    async flush() {
      if (written.size + removed.size === 0) return
      const [rows, gone] = [[...written.values()], [...removed.values()]]
      written.clear()
      removed.clear()
      await store(db, rows, gone)
    },
  }
}

/** What a crash of the server takes away means at most that somebody logs in once more: the commit need not wait for the disk. */
async function store(db: Sql, rows: readonly Written[], gone: readonly Removed[]): Promise<void> {
  const remove = db`DELETE FROM identity.oidc_payload p USING quickly, unnest(${gone.map((r) => r.model)}::text[], ${gone.map((r) => r.hash)}::text[]) AS g (model, hash) WHERE p.model = g.model AND p.id_hash = decode(g.hash, 'hex')`
  if (rows.length === 0) return void await db`WITH ${withoutWaiting(db)} ${remove}`
  const values = rows.map((r) => ({ model: r.model, hash: r.hash, payload: r.json, grant_id: r.grantId, uid: r.uid, expires_at: r.expiresAt }))
  // In one order, so that two requests never wait for each other.
  await db`
    WITH ${withoutWaiting(db)} ${gone.length > 0 ? db`, gone AS (${remove})` : db``}
    INSERT INTO identity.oidc_payload (model, id_hash, payload, grant_id, uid, expires_at)
    SELECT model, decode(hash, 'hex'), payload::jsonb, grant_id, uid, expires_at FROM jsonb_to_recordset(${db.json(values as never)}) AS r (model text, hash text, payload text, grant_id text, uid text, expires_at timestamptz), quickly ORDER BY model, hash
    ON CONFLICT (model, id_hash) DO UPDATE SET payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid, expires_at = excluded.expires_at`
}

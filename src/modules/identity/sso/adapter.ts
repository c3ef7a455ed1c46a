import { errors } from 'oidc-provider'
import type { Sql } from '../../../platform/db.ts'
import { sha256 } from '../../../platform/ids.ts'
import { flushRequest, knownInRequest, pendingOf, rememberInRequest } from './request-writes.ts'

export type Payload = Record<string, unknown> & { jti?: string; grantId?: string; uid?: string; sessionUid?: string }
interface Row { payload: Payload; consumedAt: Date | null; grant: Payload | null; session: Payload | null }

/** Where oidc-provider keeps one of its models. The names of the methods are its contract. */
export interface OidcAdapter {
  upsert(id: string, payload: Payload, expiresIn?: number): Promise<void>
  find(id: string): Promise<Payload | undefined>
  findByUid(uid: string): Promise<Payload | undefined>
  findByUserCode(userCode: string): Promise<undefined>
  consume(id: string): Promise<void>
  destroy(id: string): Promise<void>
  revokeByGrantId(grantId: string): Promise<void>
}

/** What stands on a grant and on a session: the provider asks for those next, so they are read along. */
const standing: ReadonlySet<string> = new Set(['AuthorizationCode', 'AccessToken', 'RefreshToken'])

/**
 * Rows in identity.oidc_payload. An id is the secret itself (a code, a token, the session cookie): it is stored as a hash, and put back
 * into the payload when somebody who knows it asks. What one request writes, it writes in one statement at its end (@see inOneWrite).
 */
export function oidcAdapter(db: Sql, model: string): OidcAdapter {
  const hashOf = (id: string): string => sha256(id).toString('hex')
  const payloadOf = (row: Pick<Row, 'payload' | 'consumedAt'>): Payload => ({ ...row.payload, ...(row.consumedAt ? { consumed: Math.floor(row.consumedAt.getTime() / 1000) } : {}) })
  return {
    async upsert(id, { jti: _secret, ...payload }, expiresIn) {
      const json = JSON.stringify(payload)
      if (json.includes('\\u0000')) throw new errors.InvalidRequest('a parameter contains a character that no text has')
      const expiresAt = expiresIn === undefined ? null : new Date(Date.now() + expiresIn * 1000)
      await pendingOf(db).write({ model, hash: hashOf(id), payload, json, grantId: payload.grantId ?? null, uid: payload.uid ?? null, expiresAt })
    },
    async find(id) {
      const hash = hashOf(id)
      const known = knownInRequest(`${model} ${hash}`)
      if (known !== undefined) return known ? { ...known, jti: id } : undefined
      const row = standing.has(model) ? await findStanding(db, model, hash) : await findRow(db, model, hash)
      return row && { ...payloadOf(row), jti: id }
    },
    /** Without the secret id: who asks by uid only looks. */
    async findByUid(uid) {
      const known = knownInRequest(`${model} uid ${uid}`)
      if (known !== undefined) return known || undefined
      const [row] = await db<Pick<Row, 'payload' | 'consumedAt'>[]>`SELECT payload, consumed_at AS "consumedAt" FROM identity.oidc_payload WHERE model = ${model} AND uid = ${uid} AND (expires_at IS NULL OR expires_at > now())`
      return row && payloadOf(row)
    },
    async findByUserCode() {
      return undefined
    },
    /** Two requests with one code: the second finds it used, however close they are. */
    async consume(id) {
      await flushRequest()
      const used = await db`UPDATE identity.oidc_payload SET consumed_at = now() WHERE model = ${model} AND id_hash = ${sha256(id)} AND consumed_at IS NULL`
      if (used.count === 0) throw new errors.InvalidGrant('already consumed')
    },
    async destroy(id) {
      await pendingOf(db).remove({ model, hash: hashOf(id) })
    },
    async revokeByGrantId(grantId) {
      await flushRequest()
      await db`DELETE FROM identity.oidc_payload WHERE model = ${model} AND grant_id = ${grantId}`
    },
  }
}

async function findRow(db: Sql, model: string, hash: string): Promise<Pick<Row, 'payload' | 'consumedAt'> | undefined> {
  const [row] = await db<Row[]>`SELECT payload, consumed_at AS "consumedAt" FROM identity.oidc_payload WHERE model = ${model} AND id_hash = decode(${hash}, 'hex') AND (expires_at IS NULL OR expires_at > now())`
  return row
}

async function findStanding(db: Sql, model: string, hash: string): Promise<Row | undefined> {
  const [row] = await db<Row[]>`
    SELECT p.payload, p.consumed_at AS "consumedAt",
      (SELECT g.payload FROM identity.oidc_payload g WHERE g.model = 'Grant' AND g.id_hash = sha256(convert_to(p.grant_id, 'UTF8')) AND (g.expires_at IS NULL OR g.expires_at > now())) AS "grant",
      (SELECT s.payload FROM identity.oidc_payload s WHERE s.model = 'Session' AND s.uid = p.payload ->> 'sessionUid' AND (s.expires_at IS NULL OR s.expires_at > now())) AS "session"
    FROM identity.oidc_payload p WHERE p.model = ${model} AND p.id_hash = decode(${hash}, 'hex') AND (p.expires_at IS NULL OR p.expires_at > now())`
  const { grantId, sessionUid } = row?.payload ?? {}
  if (grantId) rememberInRequest(`Grant ${sha256(grantId).toString('hex')}`, row!.grant ?? undefined)
  if (sessionUid) rememberInRequest(`Session uid ${sessionUid}`, row!.session ?? undefined)
  return row
}

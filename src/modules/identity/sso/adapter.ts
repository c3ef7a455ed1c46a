import { errors } from 'oidc-provider'
import type { Sql } from '../../../platform/db.ts'
import { sha256 } from '../../../platform/ids.ts'

type Payload = Record<string, unknown> & { jti?: string; grantId?: string; uid?: string }
interface Row { payload: Payload; consumedAt: Date | null }

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

/**
 * Rows in identity.oidc_payload. An id is the secret itself (a code, a token, the session cookie): it is stored as a hash, and put back
 * into the payload when somebody who knows it asks.
 */
export function oidcAdapter(db: Sql, model: string): OidcAdapter {
  const payloadOf = (row: Row | undefined): Payload | undefined => row && { ...row.payload, ...(row.consumedAt ? { consumed: Math.floor(row.consumedAt.getTime() / 1000) } : {}) }
  return {
    async upsert(id, { jti: _secret, ...payload }, expiresIn) {
      const expires = expiresIn === undefined ? null : new Date(Date.now() + expiresIn * 1000)
      await db`
        INSERT INTO identity.oidc_payload (model, id_hash, payload, grant_id, uid, expires_at)
        VALUES (${model}, ${sha256(id)}, ${db.json(payload as never)}, ${payload.grantId ?? null}, ${payload.uid ?? null}, ${expires})
        ON CONFLICT (model, id_hash) DO UPDATE SET payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid, expires_at = excluded.expires_at`
    },
    async find(id) {
      const [row] = await db<Row[]>`SELECT payload, consumed_at AS "consumedAt" FROM identity.oidc_payload WHERE model = ${model} AND id_hash = ${sha256(id)} AND (expires_at IS NULL OR expires_at > now())`
      return row && { ...payloadOf(row), jti: id }
    },
    /** Without the secret id: who asks by uid only looks. */
    async findByUid(uid) {
      const [row] = await db<Row[]>`SELECT payload, consumed_at AS "consumedAt" FROM identity.oidc_payload WHERE model = ${model} AND uid = ${uid} AND (expires_at IS NULL OR expires_at > now())`
      return payloadOf(row)
    },
    async findByUserCode() {
      return undefined
    },
    /** Two requests with one code: the second finds it used, however close they are. */
    async consume(id) {
      const used = await db`UPDATE identity.oidc_payload SET consumed_at = now() WHERE model = ${model} AND id_hash = ${sha256(id)} AND consumed_at IS NULL`
      if (used.count === 0) throw new errors.InvalidGrant('already consumed')
    },
    async destroy(id) {
      await db`DELETE FROM identity.oidc_payload WHERE model = ${model} AND id_hash = ${sha256(id)}`
    },
    async revokeByGrantId(grantId) {
      await db`DELETE FROM identity.oidc_payload WHERE model = ${model} AND grant_id = ${grantId}`
    },
  }
}

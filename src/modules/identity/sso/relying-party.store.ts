import type { Db, Tx } from '../../../platform/db.ts'
import type { Strength } from '../strength/demand-strength.ts'

export const authMethods = ['client_secret_basic', 'client_secret_post'] as const
/** What a relying party may learn or do: who it is, the person in our words, the person in the real portal's words, going on in the person's absence. */
export const scopes = ['openid', 'person', 'portal', 'offline_access'] as const
export type Scope = (typeof scopes)[number]

/** Hệ thống khai thác xác thực: a system of the State that takes log-ins of the national node. */
export interface RegisteredParty {
  clientId: string
  name: { vi: string; en: string }
  redirectUris: string[]
  logOutUris: string[]
  backchannelUri: string | null
  authMethod: (typeof authMethods)[number]
  scopes: Scope[]
  strengths: Strength[]
}

export interface KeptParty extends RegisteredParty { secretHash: string; secretSetAt: Date; enabledAt: Date; disabledAt: Date | null; createdAt: Date }

const columns = (db: Db) => db`client_id AS "clientId", jsonb_build_object('vi', name_vi, 'en', name_en) AS name, redirect_uris AS "redirectUris", log_out_uris AS "logOutUris", backchannel_uri AS "backchannelUri",
  auth_method AS "authMethod", scopes, strengths, secret_hash AS "secretHash", secret_set_at AS "secretSetAt", enabled_at AS "enabledAt", disabled_at AS "disabledAt", created_at AS "createdAt"`

export async function listParties(db: Db): Promise<KeptParty[]> {
  return db<KeptParty[]>`SELECT ${columns(db)} FROM identity.relying_party ORDER BY name_vi, client_id`
}

export async function findParty(db: Db, clientId: string): Promise<KeptParty | undefined> {
  const [row] = await db<KeptParty[]>`SELECT ${columns(db)} FROM identity.relying_party WHERE client_id = ${clientId}`
  return row
}

const valuesOf = (p: RegisteredParty) => ({
  name_vi: p.name.vi, name_en: p.name.en, redirect_uris: p.redirectUris, log_out_uris: p.logOutUris, backchannel_uri: p.backchannelUri, auth_method: p.authMethod, scopes: p.scopes, strengths: p.strengths,
})

/** False when the name is taken. */
export async function insertParty(tx: Tx, p: RegisteredParty & { secretHash: string; now: Date; by: string }): Promise<boolean> {
  const row = { client_id: p.clientId, ...valuesOf(p), secret_hash: p.secretHash, secret_set_at: p.now, enabled_at: p.now, created_at: p.now, created_by: p.by }
  const inserted = await tx`INSERT INTO identity.relying_party ${tx(row)} ON CONFLICT DO NOTHING`
  return inserted.count > 0
}

export async function updateParty(tx: Tx, p: RegisteredParty): Promise<void> {
  await tx`UPDATE identity.relying_party SET ${tx(valuesOf(p))} WHERE client_id = ${p.clientId}`
}

export async function setPartySecret(tx: Tx, clientId: string, secretHash: string, now: Date): Promise<boolean> {
  return (await tx`UPDATE identity.relying_party SET secret_hash = ${secretHash}, secret_set_at = ${now} WHERE client_id = ${clientId}`).count > 0
}

/** False when it is so already. */
export async function setPartyEnabled(tx: Tx, clientId: string, isEnabled: boolean, now: Date): Promise<boolean> {
  const changed = isEnabled
    ? await tx`UPDATE identity.relying_party SET enabled_at = ${now}, disabled_at = NULL WHERE client_id = ${clientId} AND disabled_at IS NOT NULL`
    : await tx`UPDATE identity.relying_party SET disabled_at = ${now} WHERE client_id = ${clientId} AND disabled_at IS NULL`
  return changed.count > 0
}

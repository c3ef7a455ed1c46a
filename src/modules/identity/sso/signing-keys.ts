import { exportJWK, generateKeyPair, calculateJwkThumbprint, type JWK } from 'jose'
import type { Db, Tx } from '../../../platform/db.ts'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import type { Node } from '../../../platform/node.ts'
import { decrypt, encrypt } from '../secrets.ts'

const use = 'signing-key'

/** A key that signs identity tokens. */
export interface SigningKey { kid: string; sealed: string; createdAt: Date; usedFrom: Date; retiredAt: Date | null; withdrawnAt: Date | null }

/** announced: published ahead; signing: in use; retired: still published for tokens that live; gone: neither. */
export type KeyState = 'announced' | 'signing' | 'retired' | 'gone'

/** Longer than any token or session whose proof of log-in may still come back at a log-out. */
export const publishedAfterMs = 24 * 3600_000

export function keyState(key: Pick<SigningKey, 'usedFrom' | 'retiredAt' | 'withdrawnAt'>, now: Date): KeyState {
  if (key.withdrawnAt && key.withdrawnAt <= now) return 'gone'
  if (key.usedFrom > now) return 'announced'
  if (!key.retiredAt || key.retiredAt > now) return 'signing'
  return key.retiredAt.getTime() + publishedAfterMs > now.getTime() ? 'retired' : 'gone'
}

/** Newest first. */
export async function listSigningKeys(db: Db): Promise<SigningKey[]> {
  return db<SigningKey[]>`SELECT kid, private_jwk AS sealed, created_at AS "createdAt", used_from AS "usedFrom", retired_at AS "retiredAt", withdrawn_at AS "withdrawnAt" FROM identity.signing_key ORDER BY used_from DESC, created_at DESC`
}

const order: Readonly<Record<KeyState, number>> = { signing: 0, announced: 1, retired: 2, gone: 3 }

/** The keys to publish now, the one that signs first, which is the one that the provider takes. */
export function publishedKeys(keys: readonly SigningKey[], now: Date): SigningKey[] {
  return keys.filter((key) => keyState(key, now) !== 'gone').sort((a, b) => order[keyState(a, now)] - order[keyState(b, now)])
}

/** The private keys themselves; one that was sealed under another node secret is left out. */
export function openKeys(node: Node, keys: readonly SigningKey[]): JWK[] {
  const opened = keys.map(({ sealed }) => decrypt(node.config.secret, use, sealed)).filter((jwk) => jwk !== undefined).map((jwk) => JSON.parse(jwk) as JWK)
  if (opened.length < keys.length) node.log.warn('a signing key cannot be read with the present node secret; it is left out')
  return opened
}

/** One process at a time changes the keys. */
export async function lockKeys(tx: Tx): Promise<void> {
  await tx`SELECT pg_advisory_xact_lock(726104011)`
}

/** Makes an ES256 key; returns its name. */
export async function addSigningKey(tx: Tx, node: Node, usedFrom: Date): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const plain = await exportJWK(privateKey)
  const jwk: JWK = { ...plain, kid: await calculateJwkThumbprint(plain), alg: 'ES256', use: 'sig' }
  await tx`INSERT INTO identity.signing_key (kid, private_jwk, created_at, used_from) VALUES (${jwk.kid!}, ${encrypt(node.config.secret, use, JSON.stringify(jwk))}, ${node.now()}, ${usedFrom})`
  return jwk.kid!
}

/** The keys as they stand; the first start makes one, and so does a start with a new node secret. */
export async function readSigningKeys(node: Node): Promise<SigningKey[]> {
  const usable = (keys: readonly SigningKey[]): boolean => keys.some((key) => keyState(key, node.now()) === 'signing' && decrypt(node.config.secret, use, key.sealed) !== undefined)
  const keys = await listSigningKeys(node.db)
  if (usable(keys)) return keys
  return transact(systemCtx(node, 'identity'), async (tx) => {
    await lockKeys(tx)
    const now = await listSigningKeys(tx)
    if (usable(now)) return now
    await addSigningKey(tx, node, node.now())
    return listSigningKeys(tx)
  })
}

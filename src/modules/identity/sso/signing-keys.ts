import { exportJWK, generateKeyPair, calculateJwkThumbprint, type JWK } from 'jose'
import { transact } from '../../../platform/ctx.ts'
import { systemCtx } from '../../../platform/ctx.ts'
import type { Node } from '../../../platform/node.ts'
import { decrypt, encrypt } from '../secrets.ts'

const use = 'signing-key'

/**
 * The keys that sign identity tokens, newest first; the first start makes one (ES256). Retired keys stay published for a day, so that tokens
 * signed before a change can still be checked.
 */
export async function signingKeys(node: Node): Promise<JWK[]> {
  return transact(systemCtx(node, 'identity'), async (tx) => {
    await tx`SELECT pg_advisory_xact_lock(726104011)`
    const rows = await tx<{ sealed: string }[]>`SELECT private_jwk AS sealed FROM identity.signing_key WHERE retired_at IS NULL OR retired_at > now() - interval '1 day' ORDER BY retired_at DESC NULLS FIRST, created_at DESC`
    const keys = rows.map(({ sealed }) => decrypt(node.config.secret, use, sealed)).filter((jwk) => jwk !== undefined).map((jwk) => JSON.parse(jwk) as JWK)
    if (rows.length > keys.length) node.log.warn('a signing key cannot be read with the present node secret; it is left out')
    if (keys.length > 0) return keys
    const jwk = await newKey()
    await tx`INSERT INTO identity.signing_key (kid, private_jwk, created_at) VALUES (${jwk.kid!}, ${encrypt(node.config.secret, use, JSON.stringify(jwk))}, ${node.now()})`
    return [jwk]
  })
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk = await exportJWK(privateKey)
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' }
}

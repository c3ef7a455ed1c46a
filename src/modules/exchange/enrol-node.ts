import { calculateJwkThumbprint, compactVerify, decodeJwt, importJWK } from 'jose'
import { z } from 'zod'
import { transact, type Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { appendEvent } from '../ledger/index.ts'
import { errors } from './exchange.errors.ts'
import { clockToleranceMs, keyGraceMs, sealLifetimeMs } from './limits.ts'
import { enrolmentSchema, type EnrolmentRequest, type NodeCertificate } from './node-certificate.ts'
import { signingAlgorithm, type KeyPair } from './node-keys.ts'
import { macMatches, replyMac, requestMac, signRegistry } from './registry-document.ts'
import { bumpRegistryVersion, listCertificates, readRegistryState, saveCertificate, supersedeCertificate } from './registry.store.ts'

const requestSchema = z.object({ request: z.string().max(8000), mac: z.string().max(100) })
const certificateYears = 2

/**
 * Enters a local node into the certificate registry, at the national node. The request carries two proofs: it is signed with the key
 * to be entered, and authenticated with the secret that both sides have in their configuration. A repeat with the same keys changes nothing.
 * @returns the signed registry and a proof, by the same secret, that the answer is genuine.
 * @throws ENROLMENT_REFUSED, the same for every reason, so that a stranger learns nothing; the log has the reason.
 */
export async function enrolNode(ctx: Ctx, own: KeyPair, body: unknown): Promise<{ registry: string; mac: string }> {
  const envelope = requestSchema.safeParse(body)
  if (!envelope.success) throw errors.MALFORMED()
  const { claims, secret } = await authenticate(ctx, envelope.data)
  const registry = await transact(ctx, async (tx) => {
    await enter(tx, ctx, claims)
    const state = await readRegistryState(tx)
    return signRegistry(ctx.node.config.code, own, state!.version, await listCertificates(tx), ctx.now)
  })
  return { registry, mac: replyMac(secret, claims.nonce, registry) }
}

async function authenticate(ctx: Ctx, envelope: { request: string; mac: string }): Promise<{ claims: EnrolmentRequest; secret: string }> {
  const refuse = (reason: string): Error => {
    ctx.log.warn({ reason }, 'enrolment refused')
    return errors.ENROLMENT_REFUSED()
  }
  const parsed = enrolmentSchema.safeParse(readClaims(envelope.request))
  if (!parsed.success) throw refuse('unreadable request')
  const claims = parsed.data
  const peer = ctx.node.config.peers.find((p) => p.code === claims.iss)
  if (!peer) throw refuse('a node of this code may not enrol')
  if (!macMatches(requestMac(peer.enrolmentSecret, envelope.request), envelope.mac)) throw refuse('wrong enrolment secret')
  if (claims.aud !== ctx.node.config.code) throw refuse('meant for another national node')
  if (Math.abs(ctx.now.getTime() - claims.iat * 1000) > sealLifetimeMs + clockToleranceMs) throw refuse('too old, or a clock is wrong')
  if (new URL(claims.baseUrl).origin !== new URL(peer.baseUrl).origin) throw refuse('another address than the configured one')
  const verified = await compactVerify(envelope.request, await importJWK(claims.signingKey, signingAlgorithm), { algorithms: [signingAlgorithm] }).then(() => true, () => false)
  if (!verified) throw refuse('not signed with the key to be enrolled')
  return { claims, secret: peer.enrolmentSecret }
}

function readClaims(jws: string): unknown {
  try {
    return decodeJwt(jws)
  } catch {
    return undefined
  }
}

async function enter(tx: Tx, ctx: Ctx, claims: EnrolmentRequest): Promise<void> {
  await tx`SELECT pg_advisory_xact_lock(hashtext('exchange.enrol'))`
  const signingKid = await calculateJwkThumbprint(claims.signingKey)
  const encryptionKid = await calculateJwkThumbprint(claims.encryptionKey)
  const current = (await listCertificates(tx)).find((c) => c.nodeCode === claims.iss && c.status === 'active')
  const same = current?.signingKid === signingKid && current.encryptionKid === encryptionKid && current.baseUrl === claims.baseUrl && current.validTo > ctx.now
  if (!same) await registerCertificate(tx, ctx, { nodeCode: claims.iss, signingKid, signingKey: claims.signingKey, encryptionKid, encryptionKey: claims.encryptionKey, baseUrl: claims.baseUrl })
  if (!same || claims.empty) await appendEvent(tx, ctx, { type: 'exchange.node_enrolled', subject: claims.iss, data: { code: claims.iss, kid: signingKid, empty: claims.empty } })
}

/** Writes a node's certificate and ends the one before. */
export async function registerCertificate(tx: Tx, ctx: Ctx, keys: Omit<NodeCertificate, 'validFrom' | 'validTo' | 'status'>): Promise<void> {
  const validTo = new Date(ctx.now)
  validTo.setUTCFullYear(validTo.getUTCFullYear() + certificateYears)
  await supersedeCertificate(tx, keys.nodeCode, new Date(ctx.now.getTime() + keyGraceMs))
  // Valid a little before now: the clock of the reader may be behind.
  await saveCertificate(tx, { ...keys, validFrom: new Date(ctx.now.getTime() - clockToleranceMs), validTo, status: 'active' })
  await bumpRegistryVersion(tx)
}

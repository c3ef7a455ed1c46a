import { CompactSign } from 'jose'
import { z } from 'zod'
import type { Node } from '../../platform/node.ts'
import { randomToken } from '../../platform/ids.ts'
import { systemCtx, transact } from '../../platform/ctx.ts'
import { appendEvent } from '../ledger/index.ts'
import { decodeRegistryKey } from './fetch-registry.ts'
import type { EnrolmentRequest } from './node-certificate.ts'
import { signingAlgorithm, type NodeKeys } from './node-keys.ts'
import { postJson } from './post-json.ts'
import { macMatches, readRegistry, replyMac, requestMac } from './registry-document.ts'
import { readRegistryState, replaceCertificates, saveRegistryCopy } from './registry.store.ts'

const answerSchema = z.object({ registry: z.string(), mac: z.string() })

/**
 * Enrols this local node at the national node and takes over the registry. The answer is proved by the enrolment secret, so the
 * national node's key is pinned to the right one at first use, and a replaced national key is accepted only with that proof.
 * @throws when the national node cannot be reached, refuses, or its answer is not genuine.
 */
export async function enrolAtNational(node: Node, keys: NodeKeys): Promise<void> {
  const { national } = node.config
  const nonce = randomToken(32)
  const request = await signRequest(node, keys, nonce)
  const answer = answerSchema.parse(await postJson(`${national.baseUrl}/exchange/v1/enrol`, { request, mac: requestMac(national.enrolmentSecret, request) }, { timeoutMs: 10_000 }))
  if (!macMatches(replyMac(national.enrolmentSecret, nonce, answer.registry), answer.mac)) throw new Error('The answer to the enrolment does not come from the national node: its proof is wrong.')
  const key = decodeRegistryKey(answer.registry, national.code)
  const document = await readRegistry(answer.registry, { code: national.code, key }, node.now())
  const ctx = systemCtx(node, 'exchange')
  await transact(ctx, async (tx) => {
    const before = await readRegistryState(tx, true)
    if (before?.nationalKey && before.nationalKey.x !== key.x) await appendEvent(tx, ctx, { type: 'exchange.national_key_changed', subject: national.code, data: {} })
    await saveRegistryCopy(tx, { version: document.version, nationalKey: key, document: answer.registry, fetchedAt: ctx.now })
    await replaceCertificates(tx, document.certificates)
  })
}

async function signRequest(node: Node, keys: NodeKeys, nonce: string): Promise<string> {
  const [known] = await node.db<{ any: boolean }[]>`SELECT EXISTS (SELECT FROM exchange.inbox_stream WHERE sender = ${node.config.national.code}) AS any`
  const claims: EnrolmentRequest = {
    iss: node.config.code, aud: node.config.national.code, iat: Math.floor(node.now().getTime() / 1000), nonce, baseUrl: node.config.baseUrl,
    signingKey: keys.signing.publicJwk as EnrolmentRequest['signingKey'], encryptionKey: keys.encryption.publicJwk as EnrolmentRequest['encryptionKey'], empty: !known!.any,
  }
  return new CompactSign(Buffer.from(JSON.stringify(claims))).setProtectedHeader({ alg: signingAlgorithm, kid: keys.signing.kid, typ: 'motcua-enrolment+jws' }).sign(keys.signing.privateKey)
}

import { z } from 'zod'
import type { Node } from '../../../platform/node.ts'

/** A SIM's credential at its operator, with the certificate that it signs under (DER). */
export interface SimCredential { credentialId: string; certificate: Buffer }
export type Approval = { kind: 'waiting' } | { kind: 'approved'; activation: string } | { kind: 'refused' | 'blocked' | 'expired' | 'unavailable' }

const clientId = 'mot-cua'
const patience = 4000
const sha256Oid = '2.16.840.1.101.3.4.2.1'

/** Signature algorithms that we verify with SHA-256: ECDSA, RSA. */
const algorithms = ['1.2.840.10045.4.3.2', '1.2.840.113549.1.1.11']

const tokenSchema = z.object({ access_token: z.string() })
const listSchema = z.object({ credentialInfos: z.array(z.object({ credentialID: z.string(), key: z.object({ status: z.string() }), cert: z.object({ certificates: z.array(z.string()).min(1) }) })).default([]) })
const handleSchema = z.object({ handle: z.string().min(1).max(500) })
const activationSchema = z.object({ SAD: z.string() })
const signaturesSchema = z.object({ signatures: z.array(z.string()).length(1) })
const errorSchema = z.object({ error: z.string(), error_description: z.string().default('') })

interface Answer { status: number; body: unknown }

/**
 * The operator's remote-signing service, by the API of the Cloud Signature Consortium, version 2 (the JSON form of ETSI TS 119 432): service authorisation by OAuth 2.0 client
 * credentials, credential authorisation "implicit", which means that the operator asks for the PIN at the telephone. Undefined: no answer, or none that could be understood.
 */
async function call(node: Node, path: string, input: object): Promise<Answer | undefined> {
  const { simUrl, key } = node.config.standIns
  if (!simUrl) return undefined
  const send = (to: string, init: RequestInit): Promise<Response> => fetch(new URL(`/csc/v2/${to}`, simUrl), { method: 'POST', signal: AbortSignal.timeout(patience), redirect: 'error', ...init })
  try {
    const granted = await send('oauth2/token', { body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: key, scope: 'service' }) })
    const { access_token: token } = tokenSchema.parse(await granted.json())
    const response = await send(path, { body: JSON.stringify(input), headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` } })
    return { status: response.status, body: await response.json() }
  } catch (error) {
    node.log.warn({ err: error, path }, 'the operator of SIM certificates did not answer')
    return undefined
  }
}

/** The credential of a telephone number; null where the operator knows none. */
export async function findSimCredential(node: Node, phone: string): Promise<SimCredential | null | undefined> {
  const answer = await call(node, 'credentials/list', { userID: phone, credentialInfo: true, certificates: 'single', certInfo: false, authInfo: false })
  const list = answer?.status === 200 ? listSchema.safeParse(answer.body).data : undefined
  if (!list) return undefined
  const usable = list.credentialInfos.find((c) => c.key.status === 'enabled')
  return usable ? { credentialId: usable.credentialID, certificate: Buffer.from(usable.cert.certificates[0]!, 'base64') } : null
}

/** Asks the operator to ask the person. The handle is how we ask what he answered. */
export async function askForApproval(node: Node, credentialId: string, hash: Buffer, description: string): Promise<string | 'blocked' | undefined> {
  const answer = await call(node, 'credentials/authorize', { credentialID: credentialId, numSignatures: 1, hashes: [hash.toString('base64')], hashAlgorithmOID: sha256Oid, description })
  if (answer?.status === 202) return handleSchema.safeParse(answer.body).data?.handle
  return isLocked(answer) ? 'blocked' : undefined
}

export async function checkApproval(node: Node, handle: string): Promise<Approval> {
  const answer = await call(node, 'credentials/authorizeCheck', { handle })
  if (!answer || answer.status >= 500) return { kind: 'unavailable' }
  if (answer.status === 202) return { kind: 'waiting' }
  const approved = answer.status === 200 ? activationSchema.safeParse(answer.body).data : undefined
  if (approved) return { kind: 'approved', activation: approved.SAD }
  if (isLocked(answer)) return { kind: 'blocked' }
  return { kind: errorSchema.safeParse(answer.body).data?.error === 'access_denied' ? 'refused' : 'expired' }
}

/** The signature over a hash, once the person approved exactly that hash. */
export async function signApproved(node: Node, credentialId: string, activation: string, hash: Buffer): Promise<Buffer | undefined> {
  for (const signAlgo of algorithms) {
    const answer = await call(node, 'signatures/signHash', { credentialID: credentialId, SAD: activation, hashes: [hash.toString('base64')], hashAlgorithmOID: sha256Oid, signAlgo })
    const signed = answer?.status === 200 ? signaturesSchema.safeParse(answer.body).data : undefined
    if (signed) return Buffer.from(signed.signatures[0]!, 'base64')
  }
  return undefined
}

const isLocked = (answer: Answer | undefined): boolean => /locked|disabled/i.test(errorSchema.safeParse(answer?.body).data?.error_description ?? '')

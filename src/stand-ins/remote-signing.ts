import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { demoAuthority, demoPin, personCertificate } from './demo-certificates.ts'
import { demoCitizens } from './demo-people.ts'
import { json, parse, withKey, type Answer, type Call, type Handler, type Routes } from './http.ts'
import { SoftwareToken } from './software-token.ts'

export interface SimRequest {
  id: string
  phone: string
  /** Who asks, as the client named itself. */
  client: string
  /** Base64 SHA-256. */
  hash: string
  state: 'waiting' | 'confirmed' | 'refused' | 'blocked' | 'spent'
  at: number
}

/** What the operator's service and the pages of the telephones share. */
export interface SimOperator {
  routes: Routes
  /** Requests that wait for a telephone, newest first; of all without one. */
  waiting(phone?: string): SimRequest[]
  confirm(id: string, pin: string): 'confirmed' | 'wrong-pin' | 'blocked' | 'gone'
  refuse(id: string): void
  unblock(phone: string): void
}

const ecdsaSha256 = '1.2.840.10045.4.3.2'
const sha256Oid = '2.16.840.1.101.3.4.2.1'
/** Milliseconds after which the operator gives up waiting for the person. */
const patience = 3 * 60_000

const listSchema = z.object({ userID: z.string(), credentialInfo: z.boolean().optional(), certificates: z.string().optional() })
const authorizeSchema = z.object({ credentialID: z.string(), numSignatures: z.literal(1), hashes: z.array(z.string()).length(1), hashAlgorithmOID: z.literal(sha256Oid), description: z.string().max(500).default('') })
const checkSchema = z.object({ handle: z.string() })
const signSchema = z.object({ credentialID: z.string(), SAD: z.string(), hashes: z.array(z.string()).length(1), signAlgo: z.literal(ecdsaSha256) })

/** Four digits that both sides compute from the hash: who sees the same on the page and on the telephone confirms his own request. */
export const verificationCode = (hash: string): string => String(createHash('sha256').update(Buffer.from(hash, 'base64')).digest().readUInt16BE(30) % 10_000).padStart(4, '0')

/**
 * A mobile operator's service of certificates on SIM cards, by the API of the Cloud Signature Consortium, version 2: the credential is authorised "implicitly",
 * which means at the telephone, so `credentials/authorize` answers 202 and a handle, and `credentials/authorizeCheck` the activation data once the PIN was right.
 */
export function simOperator(key: string): SimOperator {
  const sims = new Map(demoCitizens.filter((c) => c.state === 'alive').map((c) => [c.phone, new SoftwareToken(personCertificate(c, 'sim'), demoPin)]))
  const requests = new Map<string, SimRequest>()
  const isOver = (r: SimRequest): boolean => Date.now() - r.at > patience
  const waiting = (phone?: string): SimRequest[] => [...requests.values()].filter((r) => r.state === 'waiting' && !isOver(r) && (!phone || r.phone === phone)).reverse()
  return {
    routes: cloudSignatureRoutes(key, sims, requests, isOver),
    waiting,
    confirm(id, pin) {
      const request = waiting().find((r) => r.id === id)
      if (!request) return 'gone'
      const opened = sims.get(request.phone)!.open(pin).kind
      if (opened === 'open') request.state = 'confirmed'
      if (opened === 'blocked') request.state = 'blocked'
      return opened === 'open' ? 'confirmed' : opened
    },
    refuse(id) {
      const request = requests.get(id)
      if (request?.state === 'waiting') request.state = 'refused'
    },
    unblock: (phone) => sims.get(phone)?.unblock(),
  }
}

const refusal = (error: string, description: string, status = 400): Answer => json({ error, error_description: description }, status)

function cloudSignatureRoutes(key: string, sims: ReadonlyMap<string, SoftwareToken>, requests: Map<string, SimRequest>, isOver: (r: SimRequest) => boolean): Routes {
  const tokens = new Map<string, string>()
  const guarded = <T>(schema: z.ZodType<T>, handler: (input: T, client: string) => Answer): Handler => (call) => {
    const client = tokens.get((call.headers.authorization ?? '').replace(/^Bearer /, ''))
    if (!client) return refusal('invalid_token', 'The access token is not valid', 401)
    const input = parse(schema, call.body)
    return input ? handler(input, client) : refusal('invalid_request', 'A parameter is missing or of the wrong type')
  }
  const base64 = (bytes: Buffer): string => bytes.toString('base64')
  return {
    'POST /csc/v2/info': () => json({ specs: '2.0.0.2', name: 'SIM', region: 'VN', lang: 'vi', authType: ['oauth2client'], methods: ['oauth2/token', 'credentials/list', 'credentials/authorize', 'credentials/authorizeCheck', 'signatures/signHash'] }),
    'POST /csc/v2/oauth2/token': (call) => clientToken(call, key, tokens),
    'POST /csc/v2/credentials/list': guarded(listSchema, ({ userID }) => {
      const sim = sims.get(userID)
      if (!sim) return json({ credentialIDs: [] })
      const certificates = [sim.content.certificate, demoAuthority('public').certificate].map(base64)
      return json({ credentialIDs: [`sim-${userID}`], credentialInfos: [{ credentialID: `sim-${userID}`, key: { status: 'enabled', algo: [ecdsaSha256], len: 256, curve: '1.2.840.10045.3.1.7' }, cert: { status: 'valid', certificates }, auth: { mode: 'implicit' }, SCAL: '2', multisign: 1 }] })
    }),
    'POST /csc/v2/credentials/authorize': guarded(authorizeSchema, ({ credentialID, hashes, description }) => {
      const phone = credentialID.replace(/^sim-/, '')
      if (!sims.has(phone)) return refusal('invalid_request', 'Invalid parameter credentialID')
      const request: SimRequest = { id: randomUUID(), phone, client: description, hash: hashes[0]!, state: 'waiting', at: Date.now() }
      requests.set(request.id, request)
      return json({ handle: request.id }, 202)
    }),
    'POST /csc/v2/credentials/authorizeCheck': guarded(checkSchema, ({ handle }) => {
      const request = requests.get(handle)
      if (!request || request.state === 'spent') return refusal('invalid_request', 'Invalid parameter handle')
      if (request.state === 'refused') return refusal('access_denied', 'The person refused')
      if (request.state === 'blocked') return refusal('invalid_request', 'Credential locked')
      if (request.state === 'confirmed') return json({ SAD: `sad-${request.id}`, expiresIn: 120 })
      return isOver(request) ? refusal('expired_token', 'The person did not answer') : json({ handle }, 202)
    }),
    'POST /csc/v2/signatures/signHash': guarded(signSchema, ({ credentialID, SAD, hashes }) => {
      const request = requests.get(SAD.replace(/^sad-/, ''))
      if (request?.state !== 'confirmed' || credentialID !== `sim-${request.phone}`) return refusal('invalid_request', 'Invalid parameter SAD')
      if (request.hash !== hashes[0]) return refusal('invalid_request', 'Hash is not authorized by the SAD')
      const signed = sims.get(request.phone)!.signDigest(demoPin, Buffer.from(request.hash, 'base64'))
      if (signed.kind !== 'signed') return refusal('invalid_request', 'Credential locked')
      request.state = 'spent'
      return json({ signatures: [base64(signed.signature)] })
    }),
  }
}

/** OAuth 2.0 client credentials: the secret is the key of the stand-ins. */
function clientToken(call: Call, key: string, tokens: Map<string, string>): Answer | Promise<Answer> {
  const form = new URLSearchParams(call.body)
  const asBearer: Call = { ...call, headers: { authorization: `Bearer ${form.get('client_secret') ?? ''}` } }
  return withKey(key, () => {
    if (form.get('grant_type') !== 'client_credentials') return refusal('unsupported_grant_type', 'client_credentials is expected')
    const token = randomUUID()
    tokens.set(token, form.get('client_id') ?? '')
    return json({ access_token: token, token_type: 'Bearer', expires_in: 3600 })
  })(asBearer)
}

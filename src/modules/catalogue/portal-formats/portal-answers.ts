import { json, type Reply } from '../../../platform/http/reply.ts'
import type { Req } from '../../../platform/http/route.ts'
import { sha256 } from '../../../platform/ids.ts'
import { findSession, type PortalClient } from './portal-client.store.ts'
import { PortalRefusal, portalErrors } from './portal-errors.ts'

/** Requests of one account in a minute: a whole catalogue of 6,500 comes through in ten. */
export const requestsPerMinute = 900

export type PortalBody = Readonly<Record<string, unknown>>

/** Refusals are answers of the protocol with HTTP status 200, as its clients expect. */
export async function answerAsPortal(work: () => Promise<object>): Promise<Reply> {
  try {
    return json({ error_code: 0, message: '', ...(await work()) }, 200, { 'cache-control': 'no-store' })
  } catch (error) {
    if (!(error instanceof PortalRefusal)) throw error
    const { code, message } = portalErrors[error.reason]
    return json({ error_code: code, message: error.detail ? `${message}: ${error.detail}` : message }, 200, { 'cache-control': 'no-store' })
  }
}

/** @throws {PortalRefusal} MALFORMED */
export function portalBody({ json: body }: Req): PortalBody {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new PortalRefusal('MALFORMED')
  return body as PortalBody
}

/** The account whose session a message carries, asking for its own agency or one below it. @throws {PortalRefusal} SESSION, TOO_MANY, AGENCY */
export async function portalCaller({ ctx }: Req, body: PortalBody): Promise<PortalClient> {
  const client = typeof body.session === 'string' ? await findSession(ctx.db, sha256(body.session), ctx.now) : undefined
  if (!client) throw new PortalRefusal('SESSION')
  if (!mayAsk(client.username, ctx.now.getTime())) throw new PortalRefusal('TOO_MANY')
  const agency = typeof body.madonvi === 'string' ? body.madonvi : ''
  if (agency !== client.agencyCode && !agency.startsWith(`${client.agencyCode}.`)) throw new PortalRefusal('AGENCY', agency.slice(0, 40))
  return client
}

const counted = new Map<string, { minute: number; requests: number }>()

/** Counts in this process: enough to keep one eager system from taking the node from everybody else. */
function mayAsk(username: string, now: number): boolean {
  const minute = Math.floor(now / 60_000)
  const entry = counted.get(username)
  if (entry?.minute === minute) return ++entry.requests <= requestsPerMinute
  counted.set(username, { minute, requests: 1 })
  return true
}

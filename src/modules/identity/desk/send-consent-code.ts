import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { sendSms } from '../../notifications/index.ts'
import { agencyName, findAgency } from '../../organisations/index.ts'
import { codeOf } from '../access/challenge.store.ts'
import { errors } from '../identity.errors.ts'
import { lockRequest } from './account-request.store.ts'

/** Minutes for which a consent code counts, and how often it may be typed wrongly. */
export const consentMinutes = 10
export const consentTries = 5
const mostCodes = 4

/**
 * Sends the person the code by which he agrees on the screen of the desk: the message says to what, and at which desk.
 * @throws REQUEST_NOT_OPEN CONSENT_CODES_USED_UP
 */
export async function sendConsentCode(tx: Tx, ctx: Ctx, requestId: string): Promise<void> {
  const request = await lockRequest(tx, ctx.node, requestId)
  if (!request?.person || request.state !== 'consent' || request.consentKind !== 'screen') throw errors.REQUEST_NOT_OPEN()
  if (request.codesSent >= mostCodes) throw errors.CONSENT_CODES_USED_UP()
  const expiresAt = new Date(ctx.now.getTime() + consentMinutes * 60_000)
  await tx`UPDATE identity.account_request SET code_expires_at = ${expiresAt}, codes_sent = codes_sent + 1, updated_at = ${ctx.now} WHERE id = ${requestId}`
  const agency = await findAgency(tx, request.agencyCode, ctx.now)
  await sendSms(tx, ctx, {
    to: request.person.phone, lang: 'vi', textKey: 'identity.desk.sms.consent', key: `identity.consent:${requestId}:${request.codesSent + 1}`, expiresAt,
    params: { code: consentCodeOf(ctx, requestId, request.codesSent + 1), agency: agency ? agencyName(agency, 'vi') : request.agencyCode, minutes: consentMinutes },
  })
}

/** Each sending has a code of its own; the last one counts. */
export const consentCodeOf = (ctx: Ctx, requestId: string, sending: number): string => codeOf(ctx.node, `consent:${requestId}:${sending}`)

import { transact, type Ctx } from '../../../platform/ctx.ts'
import { sameText } from '../secrets.ts'
import { errors } from '../identity.errors.ts'
import { consentCodeOf, consentTries } from './send-consent-code.ts'
import { forwardRequest } from './forward-request.ts'
import { lockRequest } from './account-request.store.ts'

export type ConsentOutcome = { kind: 'agreed' } | { kind: 'wrong'; left: number } | { kind: 'expired' }

/** The person types the code on the screen of the desk: that is the consent. A repeat after it has no effect. @throws REQUEST_NOT_OPEN */
export async function confirmConsent(ctx: Ctx, requestId: string, code: string): Promise<ConsentOutcome> {
  return transact(ctx, async (tx): Promise<ConsentOutcome> => {
    const request = await lockRequest(tx, ctx.node, requestId)
    if (!request || request.state === 'withdrawn' || request.consentKind !== 'screen') throw errors.REQUEST_NOT_OPEN()
    if (request.state !== 'consent') return { kind: 'agreed' }
    if (!request.codeExpiresAt || request.codeExpiresAt <= ctx.now || request.attempts >= consentTries) return { kind: 'expired' }
    if (!sameText(code.replace(/\s/g, ''), consentCodeOf(ctx, requestId, request.codesSent))) {
      await tx`UPDATE identity.account_request SET attempts = attempts + 1 WHERE id = ${requestId}`
      return { kind: 'wrong', left: consentTries - request.attempts - 1 }
    }
    await forwardRequest(tx, ctx, request)
    return { kind: 'agreed' }
  })
}

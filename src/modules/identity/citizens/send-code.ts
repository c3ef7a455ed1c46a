import { systemCtx } from '../../../platform/ctx.ts'
import type { Params } from '../../../platform/i18n.ts'
import type { JobHandler } from '../../../platform/jobs.ts'
import { sendSmsNow } from '../../notifications/index.ts'
import { challengeSeconds, codeOf, findCodeToSend } from '../access/challenge.store.ts'

export const sendCodeQueue = 'identity.send-code'

/**
 * Sends the one-time code of a challenge. Runs as a job for every challenge, also where there is nobody to send to, so that the page that
 * asks for the code answers equally fast for everyone. A code that expired meanwhile is not sent.
 */
export const sendCode: JobHandler = async (node, payload, job) => {
  const found = await findCodeToSend(node.db, String(payload.challengeId), node.now())
  if (!found) return
  const { account, ...challenge } = found
  const ctx = systemCtx(node, sendCodeQueue)
  const { lang } = challenge
  const meetsAccount = challenge.purpose === 'register' && account !== null
  const to = meetsAccount ? account.phone : challenge.applicant?.phone ?? account?.phone
  if (!to) return
  const message: { textKey: string; params: Params } = meetsAccount
    ? { textKey: 'identity.sms.already_registered', params: { address: `${node.config.baseUrl}/dang-nhap` } }
    : { textKey: 'identity.sms.code', params: { code: codeOf(node, challenge.id), minutes: challengeSeconds / 60, node: node.config.shortName[lang] } }
  await sendSmsNow(ctx, { ...message, id: challenge.id, to, lang, key: `identity.code:${challenge.id}`, expiresAt: new Date(ctx.now.getTime() + challengeSeconds * 1000) }, job)
}

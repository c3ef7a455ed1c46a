import { translator } from '../../../platform/i18n.ts'
import type { JobHandler } from '../../../platform/jobs.ts'
import { challengeSeconds, codeOf, findChallengeById } from '../access/challenge.store.ts'
import { findAccount } from './account.store.ts'
import { sendCodeMessage } from './sms.ts'

export const sendCodeQueue = 'identity.send-code'

/**
 * Sends the one-time code of a challenge. Runs as a job for every challenge, also where there is nobody to send to, so that the page that
 * asks for the code answers equally fast for everyone. A code that expired meanwhile is not sent.
 */
export const sendCode: JobHandler = async (node, payload) => {
  const challenge = await findChallengeById(node.db, String(payload.challengeId), node.now())
  if (!challenge) return
  const t = translator(challenge.lang)
  const account = challenge.accountId ? await findAccount(node.db, challenge.accountId) : undefined
  if (challenge.purpose === 'register' && account) {
    await sendCodeMessage(node, { id: challenge.id, to: account.phone, text: t('identity.sms.already_registered', { address: `${node.config.baseUrl}/dang-nhap` }) })
    return
  }
  const to = challenge.applicant?.phone ?? account?.phone
  if (!to) return
  await sendCodeMessage(node, { id: challenge.id, to, text: t('identity.sms.code', { code: codeOf(node, challenge.id), minutes: challengeSeconds / 60, node: t.lang === 'vi' ? node.config.shortName.vi : node.config.shortName.en }) })
}

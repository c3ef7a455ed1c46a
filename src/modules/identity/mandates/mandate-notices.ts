import { systemCtx, transact } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { enqueue, type JobHandler } from '../../../platform/jobs.ts'
import { notifyPerson, type NotificationEvent } from '../../notifications/index.ts'
import { accountContact } from '../citizens/account.store.ts'
import { findRepresentation } from './organisations.store.ts'
import type { Mandate } from './mandate.ts'
import { findMandate } from './mandates.store.ts'

export const noticeQueue = 'identity.mandate-notice'
export type MandateNews = 'offered' | 'accepted' | 'refused' | 'withdrawn' | 'expired'

/**
 * Asks for a notice to both sides. By a job also where nobody may be told: whether the invited person has an account must not show in
 * the time that an offer takes.
 */
export async function noticeBoth(tx: Tx, mandateId: string, news: MandateNews): Promise<void> {
  await enqueue(tx, { queue: noticeQueue, payload: { mandateId, news } })
}

/** Tells both sides in words without a name; what it is about stands on the mandate's own page. */
export const sendMandateNotice: JobHandler = async (node, payload) => {
  const { mandateId, news } = payload as { mandateId: string; news: MandateNews }
  const ctx = systemCtx(node, noticeQueue)
  const mandate = await findMandate(ctx.db, mandateId)
  if (!mandate) return
  const event: NotificationEvent = `mandate-${news}`
  await transact(ctx, async (tx) => {
    for (const personId of await concerned(tx, mandate)) {
      const contact = await accountContact(tx, personId)
      await notifyPerson(tx, ctx, { personId, contact: contact && { name: contact.fullName, phone: contact.phone, email: contact.email }, event, href: `/tai-khoan/uy-quyen/${mandate.id}`, key: `${mandate.id}:${news}:${personId}` })
    }
  })
}

/** Accounts on both sides: for an organisation its legal representative, for an open offer whoever the id number and name mean. */
async function concerned(tx: Tx, m: Mandate): Promise<string[]> {
  const representative = m.organisationId ? (await findRepresentation(tx, m.organisationId))?.accountId : undefined
  const invited = m.state !== 'offered' ? [] : await tx<{ id: string }[]>`SELECT id FROM identity.account WHERE id_number = ${m.invitedIdNumber} AND platform.plain(full_name) = platform.plain(${m.invitedName})`
  return [...new Set([m.actingAccountId, m.representedAccountId, representative, m.offeredBy === 'represented' && m.organisationId ? undefined : m.offeredAccountId, ...invited.map((row) => row.id)].filter((id) => id != null))]
}

import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { formatDateTime } from '../../platform/i18n.ts'
import type { LedgerEvent } from '../../platform/ledger-event.ts'
import type { Follower } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { procedureNames } from '../catalogue/index.ts'
import { accountContacts, findActingRight } from '../identity/index.ts'
import { notifyPeople, type Notification, type NotificationEvent } from '../notifications/index.ts'
import { agencyName, findAgency } from '../organisations/index.ts'
import type { Dossier } from './dossier.ts'
import { findDossiers } from './dossiers.store.ts'
import { ownMessagesHref } from './messages/pages/hrefs.ts'
import { ownDossierHref } from './pages/portal/hrefs.ts'

const wordsOf: Readonly<Record<string, NotificationEvent>> = {
  'dossier.submitted': 'dossier-submitted', 'dossier.accepted': 'dossier-accepted', 'dossier.refused': 'dossier-refused', 'dossier.supplement_requested': 'dossier-supplement', 'dossier.payment_requested': 'dossier-payment', 'dossier.paid': 'dossier-paid',
  'dossier.finished': 'dossier-result', 'dossier.returned': 'dossier-returned', 'dossier.stopped': 'dossier-withdrawn', 'dossier.extended': 'dossier-extended', 'dossier.rescheduled': 'dossier-rescheduled', 'dossier.transferred': 'dossier-transferred', 'dossier.withdrawal_declined': 'dossier-withdrawal-declined',
  'dossier.result_corrected': 'dossier-result-corrected', 'accountability.answered': 'dossier-account-given', 'dossier.message_sent': 'dossier-message', 'dossier.applicant_changed': 'dossier-applicant-changed', 'dossier.applicant_kept': 'dossier-applicant-kept',
}

/** Tells the owner what happened, from the node at which the dossier was filed, so that it is told once. */
export function noticeFollower(node: Node): Follower {
  return {
    name: 'dossiers.notices',
    title: 'dossiers.follower.notices',
    types: Object.keys(wordsOf),
    from: 'now',
    patient: true,
    async handle(tx, events) {
      const ctx = systemCtx(node, 'dossiers.notices')
      await tellOwners(tx, ctx, events.filter((e) => e.data.origin === node.config.code && e.data.side !== 'person'))
      node.nudge('jobs')
    },
  }
}

/** All notices of a helping of events, with one reading of each kind. */
async function tellOwners(tx: Tx, ctx: Ctx, events: readonly LedgerEvent[]): Promise<void> {
  if (events.length === 0) return
  const dossiers = new Map((await findDossiers(tx, events.map((e) => e.subject))).map((d) => [d.id, d]))
  const recipients = new Map(await Promise.all([...dossiers.values()].map(async (d) => [d.id, await recipientsOf(tx, ctx, d)] as const)))
  const [names, contacts] = await Promise.all([procedureNames(tx, [...new Set([...dossiers.values()].map((d) => d.procedureCode))], 'vi'), accountContacts(tx, [...new Set([...recipients.values()].flat())])])
  const notices: Notification[] = []
  for (const event of events) {
    const dossier = dossiers.get(event.subject)
    if (!dossier) continue
    const agency = await findAgency(tx, dossier.agencyCode, ctx.now)
    const params = { code: dossier.code ?? dossier.reference, procedure: names.get(dossier.procedureCode) ?? dossier.procedureCode, agency: agency ? agencyName(agency, 'vi') : dossier.agencyCode, due: dossier.dueAt ? formatDateTime(dossier.dueAt) : '–', before: typeof event.data.dueBefore === 'string' ? formatDateTime(new Date(event.data.dueBefore)) : '–' }
    for (const personId of recipients.get(dossier.id)!) {
      const contact = contacts.get(personId)
      notices.push({
        personId, contact: contact && { name: contact.fullName, phone: contact.phone, email: contact.email }, event: wordsOf[event.type]!, href: event.type === 'dossier.message_sent' ? ownMessagesHref(dossier.id) : ownDossierHref(dossier.id),
        key: `${event.type}:${event.position}${personId === dossier.accountId ? '' : `:${personId}`}`, params,
      })
    }
  }
  await notifyPeople(tx, ctx, notices)
}

/** The owner, and who filed for the owner as long as the mandate holds. */
async function recipientsOf(tx: Tx, ctx: Ctx, d: Dossier): Promise<string[]> {
  const isInForce = d.filerAccountId && d.mandateId && (await findActingRight(tx, d.filerAccountId, d.mandateId, ctx.now))
  return [...new Set([d.accountId, isInForce ? d.filerAccountId : null].filter((id) => id !== null))]
}

import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { formatDateTime } from '../../platform/i18n.ts'
import type { LedgerEvent } from '../../platform/ledger-event.ts'
import type { Follower } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { procedureNames } from '../catalogue/index.ts'
import { accountContact, findActingRight } from '../identity/index.ts'
import { notifyPerson, type NotificationEvent } from '../notifications/index.ts'
import { agencyName, findAgency } from '../organisations/index.ts'
import type { Dossier } from './dossier.ts'
import { findDossier } from './dossiers.store.ts'
import { ownMessagesHref } from './messages/pages/hrefs.ts'
import { ownDossierHref } from './pages/portal/hrefs.ts'

const notices: Readonly<Record<string, NotificationEvent>> = {
  'dossier.submitted': 'dossier-submitted', 'dossier.accepted': 'dossier-accepted', 'dossier.refused': 'dossier-refused', 'dossier.supplement_requested': 'dossier-supplement', 'dossier.payment_requested': 'dossier-payment', 'dossier.paid': 'dossier-paid',
  'dossier.finished': 'dossier-result', 'dossier.returned': 'dossier-returned', 'dossier.stopped': 'dossier-withdrawn', 'dossier.extended': 'dossier-extended', 'dossier.rescheduled': 'dossier-rescheduled', 'dossier.transferred': 'dossier-transferred', 'dossier.withdrawal_declined': 'dossier-withdrawal-declined',
  'dossier.result_corrected': 'dossier-result-corrected', 'accountability.answered': 'dossier-account-given', 'dossier.message_sent': 'dossier-message',
}

const helping = 50

/** Tells the owner what happened, from the node at which the dossier was filed, so that it is told once. */
export function noticeFollower(node: Node): Follower {
  return {
    name: 'dossiers.notices',
    title: 'dossiers.follower.notices',
    types: Object.keys(notices),
    from: 'now',
    patient: true,
    async handle(tx, events) {
      const ctx = systemCtx(node, 'dossiers.notices')
      // Sent off together: the statements travel in one pipeline, and no notice depends on another.
      const own = events.filter((e) => e.data.origin === node.config.code && e.data.side !== 'person')
      for (let from = 0; from < own.length; from += helping) await Promise.all(own.slice(from, from + helping).map((event) => tellOwner(tx, ctx, event)))
      node.nudge('jobs')
    },
  }
}

async function tellOwner(tx: Tx, ctx: Ctx, event: LedgerEvent): Promise<void> {
  const dossier = await findDossier(tx, event.subject)
  if (!dossier) return
  const [names, agency, recipients] = await Promise.all([procedureNames(tx, [dossier.procedureCode], 'vi'), findAgency(tx, dossier.agencyCode, ctx.now), recipientsOf(tx, ctx, dossier)])
  for (const personId of recipients) {
    const contact = await accountContact(tx, personId)
    await notifyPerson(tx, ctx, {
      personId, contact: contact && { name: contact.fullName, phone: contact.phone, email: contact.email }, event: notices[event.type]!, href: event.type === 'dossier.message_sent' ? ownMessagesHref(dossier.id) : ownDossierHref(dossier.id), key: `${event.type}:${event.position}${personId === dossier.accountId ? '' : `:${personId}`}`,
      params: { code: dossier.code ?? dossier.reference, procedure: names.get(dossier.procedureCode) ?? dossier.procedureCode, agency: agency ? agencyName(agency, 'vi') : dossier.agencyCode, due: dossier.dueAt ? formatDateTime(dossier.dueAt) : '–', before: typeof event.data.dueBefore === 'string' ? formatDateTime(new Date(event.data.dueBefore)) : '–' },
    })
  }
}

/** The owner, and who filed for the owner as long as the mandate holds. */
async function recipientsOf(tx: Tx, ctx: Ctx, d: Dossier): Promise<string[]> {
  const isInForce = d.filerAccountId && d.mandateId && (await findActingRight(tx, d.filerAccountId, d.mandateId, ctx.now))
  return [...new Set([d.accountId, isInForce ? d.filerAccountId : null].filter((id) => id !== null))]
}

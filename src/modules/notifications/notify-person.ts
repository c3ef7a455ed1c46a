import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import type { Lang, Params } from '../../platform/i18n.ts'
import { insertItem } from './inbox.store.ts'
import { sendEmail, sendSms } from './send-message.ts'

/** What people are told about. Each has a title, a text and a short message under notifications.event.<name> in both languages. */
export const notificationEvents = [
  'dossier-submitted', 'dossier-accepted', 'dossier-refused', 'dossier-supplement', 'dossier-paused', 'dossier-late', 'dossier-result',
  'dossier-returned', 'dossier-withdrawn', 'dossier-extended', 'dossier-rescheduled', 'dossier-message', 'dossier-invitation', 'dossier-transferred', 'dossier-withdrawal-declined', 'dossier-result-corrected', 'dossier-account-given', 'dossier-payment', 'dossier-paid', 'account-opened',
  'mandate-offered', 'mandate-accepted', 'mandate-refused', 'mandate-withdrawn', 'mandate-expired',
] as const
export type NotificationEvent = (typeof notificationEvents)[number]

export interface Notification {
  /** Account of the person at this node, for the inbox of the portal. */
  personId?: string | undefined
  /** Where else to tell: what the person gave for this purpose. */
  contact?: { name?: string; phone?: string | null; email?: string | null } | undefined
  event: NotificationEvent
  /** Values for the words. Codes, dates, names of procedures and agencies; no personal data, since the inbox keeps them. */
  params?: Params
  /** Page to which the notice leads, a path of this node. */
  href?: string
  lang?: Lang
  /** Names the occasion, for instance the ledger event's position; a repeat has no effect. */
  key: string
}

/** Tells a person in the caller's transaction: inbox of the portal, text message, mail, as far as each is known. */
export async function notifyPerson(tx: Tx, ctx: Ctx, notice: Notification): Promise<void> {
  const { personId, contact, event, params = {}, href, lang } = notice
  const base = `notifications.event.${event}`
  const url = href ? `${ctx.node.config.baseUrl}${href}` : ctx.node.config.baseUrl
  const words = { ...params, url }
  if (personId) await insertItem(tx, { personId, key: notice.key, event, params, href: href ?? null, createdAt: ctx.now })
  const outgoing = { params: words, key: `${event}:${notice.key}`, ...(lang ? { lang } : {}) }
  if (contact?.phone) await sendSms(tx, ctx, { ...outgoing, to: contact.phone, textKey: `${base}.sms` })
  if (contact?.email) await sendEmail(tx, ctx, { ...outgoing, to: { ...(contact.name ? { name: contact.name } : {}), address: contact.email }, subjectKey: `${base}.title`, textKey: `${base}.mail` })
}

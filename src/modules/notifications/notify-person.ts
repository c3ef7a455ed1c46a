import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import type { Lang, Params } from '../../platform/i18n.ts'
import { insertItems } from './inbox.store.ts'
import { emailOf, sendAll, smsOf, type Outgoing } from './send-message.ts'

/** What people are told about. Each has a title, a text and a short message under notifications.event.<name> in both languages. */
export const notificationEvents = [
  'dossier-submitted', 'dossier-accepted', 'dossier-refused', 'dossier-supplement', 'dossier-paused', 'dossier-late', 'dossier-result',
  'dossier-returned', 'dossier-withdrawn', 'dossier-extended', 'dossier-rescheduled', 'dossier-message', 'dossier-invitation', 'dossier-transferred', 'dossier-withdrawal-declined', 'dossier-result-corrected', 'dossier-account-given', 'dossier-applicant-changed', 'dossier-applicant-kept', 'dossier-payment', 'dossier-paid', 'linked-ended', 'linked-undone', 'account-opened',
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
export function notifyPerson(tx: Tx, ctx: Ctx, notice: Notification): Promise<void> {
  return notifyPeople(tx, ctx, [notice])
}

/** The same for many, in a handful of statements. */
export async function notifyPeople(tx: Tx, ctx: Ctx, notices: readonly Notification[]): Promise<void> {
  await insertItems(tx, notices.flatMap(({ personId, key, event, params = {}, href }) => (personId ? [{ personId, key, event, params, href: href ?? null, createdAt: ctx.now }] : [])))
  await sendAll(tx, ctx, notices.flatMap((notice) => messagesOf(ctx, notice)))
}

function messagesOf(ctx: Ctx, { contact, event, params, href, lang, key }: Notification): Outgoing[] {
  const base = `notifications.event.${event}`
  const outgoing = { params: { ...params, url: `${ctx.node.config.baseUrl}${href ?? ''}` }, key: `${event}:${key}`, ...(lang ? { lang } : {}) }
  return [
    ...(contact?.phone ? [smsOf(ctx, { ...outgoing, to: contact.phone, textKey: `${base}.sms` })] : []),
    ...(contact?.email ? [emailOf(ctx, { ...outgoing, to: { ...(contact.name ? { name: contact.name } : {}), address: contact.email }, subjectKey: `${base}.title`, textKey: `${base}.mail` })] : []),
  ]
}

import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { translator, type Lang, type Params } from '../../platform/i18n.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/jobs.ts'
import { insertMessage, type Channel } from './messages.store.ts'
import { seal } from './seal.ts'

export const sendQueue = 'notifications.send'
export const checkQueue = 'notifications.check'

interface Outgoing {
  /** Text key of the whole text. */
  textKey: string
  params?: Params
  /** Language of the recipient; that of the context when absent. */
  lang?: Lang
  /** Names what is told and to whom; a second message with the same key is not sent. */
  key: string
  /** The message is of no use after this moment and is not sent any more. Without it, delivery is tried for two days. */
  expiresAt?: Date
}

export interface Sms extends Outgoing {
  /** Vietnamese mobile number: 0 or +84 and nine digits. */
  to: string
}

export interface Email extends Outgoing {
  to: { name?: string; address: string }
  subjectKey: string
}

/** Asks for a text message in the caller's transaction: it goes out if and only if that commits. False when it was asked for before. */
export async function sendSms(tx: Tx, ctx: Ctx, sms: Sms): Promise<boolean> {
  const t = translator(sms.lang ?? ctx.lang)
  return queue(tx, ctx, 'sms', sms, { to: sms.to, text: t(sms.textKey, sms.params) }, `•••${sms.to.slice(-3)}`)
}

/** Asks for a mail in the caller's transaction. False when it was asked for before. */
export async function sendEmail(tx: Tx, ctx: Ctx, email: Email): Promise<boolean> {
  const { name, address } = email.to
  const t = translator(email.lang ?? ctx.lang)
  const content = { to: address, ...(name ? { name } : {}), subject: t(email.subjectKey, email.params), text: t(email.textKey, email.params) }
  return queue(tx, ctx, 'email', email, content, `•••${address.slice(address.lastIndexOf('@'))}`)
}

async function queue(tx: Tx, ctx: Ctx, channel: Channel, message: Outgoing, content: Parameters<typeof seal>[2], recipientHint: string): Promise<boolean> {
  const id = newId()
  const fresh = await insertMessage(tx, { id, key: `${channel}:${message.key}`, channel, template: message.textKey, recipientHint, sealed: seal(ctx.node, id, content), createdAt: ctx.now, expiresAt: message.expiresAt ?? null })
  if (fresh) await enqueue(tx, { queue: sendQueue, payload: { messageId: id }, key: id })
  return fresh
}

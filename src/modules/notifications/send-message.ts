import type { Ctx } from '../../platform/ctx.ts'
import type { Db, Tx } from '../../platform/db.ts'
import { translator, type Lang, type Params } from '../../platform/i18n.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/jobs.ts'
import { deliverMessage, postSms } from './deliver-message.ts'
import { findMessageId, insertMessage, insertTaken, type Channel } from './messages.store.ts'
import { sendQueue } from './queues.ts'
import { seal, type MessageContent } from './seal.ts'


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

/**
 * Sends a text message at once, for a job of the caller that comes again until this no longer throws: somebody waits for it, and a job of its own would only
 * be one more wait. What the gateway takes is written down once, as ended and without its words: that it arrived, the code in it shows when it is typed.
 * A message that is out already is not sent twice: under its id the gateway drops a repeat.
 */
export async function sendSmsNow(ctx: Ctx, sms: Sms & { id: string }, job: { id: number; attempts: number }): Promise<void> {
  const t = translator(sms.lang ?? ctx.lang)
  const content = { to: sms.to, text: t(sms.textKey, sms.params) }
  const hint = `•••${sms.to.slice(-3)}`
  const providerId = job.attempts > 1 ? undefined : await postSms(ctx.node, sms.id, content).catch(() => undefined)
  if (providerId !== undefined) return insertTaken(ctx.db, { id: sms.id, key: `sms:${sms.key}`, channel: 'sms', template: sms.textKey, recipientHint: hint, createdAt: ctx.now, expiresAt: sms.expiresAt ?? null, providerId })
  const { id } = await keep(ctx.db, ctx, 'sms', sms, content, hint)
  await deliverMessage(ctx.node, { messageId: id }, job)
}

/** Asks for a mail in the caller's transaction. False when it was asked for before. */
export async function sendEmail(tx: Tx, ctx: Ctx, email: Email): Promise<boolean> {
  const { name, address } = email.to
  const t = translator(email.lang ?? ctx.lang)
  const content = { to: address, ...(name ? { name } : {}), subject: t(email.subjectKey, email.params), text: t(email.textKey, email.params) }
  return queue(tx, ctx, 'email', email, content, `•••${address.slice(address.lastIndexOf('@'))}`)
}

async function queue(tx: Tx, ctx: Ctx, channel: Channel, message: Outgoing, content: MessageContent, recipientHint: string): Promise<boolean> {
  const { id, fresh } = await keep(tx, ctx, channel, message, content, recipientHint)
  if (fresh) await enqueue(tx, { queue: sendQueue, payload: { messageId: id }, key: id })
  return fresh
}

/** Writes the message down; under a key that is known, nothing: then it is the earlier one. */
async function keep(db: Db, ctx: Ctx, channel: Channel, message: Outgoing & { id?: string }, content: MessageContent, recipientHint: string): Promise<{ id: string; fresh: boolean }> {
  const id = message.id ?? newId()
  const key = `${channel}:${message.key}`
  const fresh = await insertMessage(db, { id, key, channel, template: message.textKey, recipientHint, sealed: seal(ctx.node, id, content), createdAt: ctx.now, expiresAt: message.expiresAt ?? null })
  return fresh ? { id, fresh } : { id: (await findMessageId(db, key))!, fresh }
}

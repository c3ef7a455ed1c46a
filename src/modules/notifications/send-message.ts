import type { Ctx } from '../../platform/ctx.ts'
import type { Db, Tx } from '../../platform/db.ts'
import { translator, type Lang, type Params } from '../../platform/i18n.ts'
import { newId } from '../../platform/ids.ts'
import { enqueueAll } from '../../platform/jobs.ts'
import { deliverMessages, postSms } from './deliver-message.ts'
import { findMessageId, insertMessages, insertTaken, type Channel } from './messages.store.ts'
import { sendQueue } from './queues.ts'
import { seal, type MessageContent } from './seal.ts'

interface Message {
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

export interface Sms extends Message {
  /** Vietnamese mobile number: 0 or +84 and nine digits. */
  to: string
}

export interface Email extends Message {
  to: { name?: string; address: string }
  subjectKey: string
}

/** A message with its words, ready to be kept. */
export interface Outgoing { channel: Channel; template: string; key: string; content: MessageContent; /** What may be shown of the address. */ hint: string; expiresAt: Date | null }

export function smsOf(ctx: Ctx, sms: Sms): Outgoing {
  const t = translator(sms.lang ?? ctx.lang)
  return { channel: 'sms', template: sms.textKey, key: `sms:${sms.key}`, content: { to: sms.to, text: t(sms.textKey, sms.params) }, hint: `•••${sms.to.slice(-3)}`, expiresAt: sms.expiresAt ?? null }
}

export function emailOf(ctx: Ctx, email: Email): Outgoing {
  const { name, address } = email.to
  const t = translator(email.lang ?? ctx.lang)
  const content = { to: address, ...(name ? { name } : {}), subject: t(email.subjectKey, email.params), text: t(email.textKey, email.params) }
  return { channel: 'email', template: email.textKey, key: `email:${email.key}`, content, hint: `•••${address.slice(address.lastIndexOf('@'))}`, expiresAt: email.expiresAt ?? null }
}

/** Asks for a text message in the caller's transaction: it goes out if and only if that commits. False when it was asked for before. */
export async function sendSms(tx: Tx, ctx: Ctx, sms: Sms): Promise<boolean> {
  return (await sendAll(tx, ctx, [smsOf(ctx, sms)])) === 1
}

/** Asks for a mail in the caller's transaction. False when it was asked for before. */
export async function sendEmail(tx: Tx, ctx: Ctx, email: Email): Promise<boolean> {
  return (await sendAll(tx, ctx, [emailOf(ctx, email)])) === 1
}

/** Asks for many messages in the caller's transaction; returns how many of them were not asked for before. */
export async function sendAll(tx: Tx, ctx: Ctx, messages: readonly Outgoing[]): Promise<number> {
  const fresh = await keep(tx, ctx, messages.map((message) => ({ ...message, id: newId() })))
  await enqueueAll(tx, fresh.map((id) => ({ queue: sendQueue, payload: { messageId: id }, key: id })))
  return fresh.length
}

/** Writes messages down; returns the ids of those whose key was not known. */
function keep(db: Db, ctx: Ctx, messages: readonly (Outgoing & { id: string })[]): Promise<string[]> {
  return insertMessages(db, messages.map(({ content, hint, ...m }) => ({ ...m, recipientHint: hint, sealed: seal(ctx.node, m.id, content), createdAt: ctx.now })))
}

/**
 * Sends a text message at once, for a job of the caller that comes again until this no longer throws: somebody waits for it, and a job of its own would only
 * be one more wait. What the gateway takes is written down once, as ended and without its words: that it arrived, the code in it shows when it is typed.
 * A message that is out already is not sent twice: under its id the gateway drops a repeat.
 */
export async function sendSmsNow(ctx: Ctx, sms: Sms & { id: string }, job: { id: number; attempts: number }): Promise<void> {
  const message = { ...smsOf(ctx, sms), id: sms.id }
  const { content, hint, key, expiresAt } = message
  const providerId = job.attempts > 1 ? undefined : await postSms(ctx.node, sms.id, content).catch(() => undefined)
  if (providerId !== undefined) return insertTaken(ctx.db, { id: sms.id, key, channel: 'sms', template: sms.textKey, recipientHint: hint, createdAt: ctx.now, expiresAt, providerId })
  const [id = await findMessageId(ctx.db, key)] = await keep(ctx.db, ctx, [message])
  const [failure] = await deliverMessages(ctx.node, [{ ...job, payload: { messageId: id } }])
  if (failure) throw failure.error
}

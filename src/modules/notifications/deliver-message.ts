import { createTransport } from 'nodemailer'
import type { Sql, Tx } from '../../platform/db.ts'
import { enqueue, type JobHandler } from '../../platform/jobs.ts'
import type { Node } from '../../platform/node.ts'
import { callJson } from './call-json.ts'
import { findMessage, markAttempt, markEnded, markSent, type MessageRow } from './messages.store.ts'
import { unseal, type MessageContent } from './seal.ts'
import { checkQueue } from './queues.ts'

const patience = 5000
/** Seconds after which a message that nobody could hand over, or whose fate stays unknown, is given up: two days. */
const givesUpAfter = 48 * 3600

/** The other side said no for good: another try would end the same. */
class Undeliverable extends Error {}

/**
 * Hands one message to the SMS gateway or the mail server. At least once; the gateway gets the message's id as key and drops repeats.
 * Trouble on the way throws, so that the job comes again later; a plain no ends the message.
 */
export const deliverMessage: JobHandler = async (node, payload) => {
  const message = await findMessage(node.db, String(payload.messageId))
  if (!message?.sealed || message.state !== 'queued') return
  if (message.expiresAt && message.expiresAt <= node.now()) return markEnded(node.db, message.id, 'failed', node.now(), 'expired')
  const content = unseal(node, message.id, message.sealed)
  try {
    const providerId = message.channel === 'sms' ? await postSms(node, message.id, content) : await postMail(node, message.id, content)
    await node.db.begin(async (transaction) => {
      const tx = transaction as unknown as Tx
      await markSent(tx, message.id, providerId, node.now())
      if (providerId) await enqueue(tx, { queue: checkQueue, payload: { messageId: message.id }, runAt: new Date(node.now().getTime() + 1000), key: message.id })
    })
    // A mail server's yes is the last that is heard of a mail.
    if (!providerId) await markEnded(node.db, message.id, 'delivered', node.now())
  } catch (error) {
    await failOrRetry(node.db, message, error, node.now())
  }
}

/** Asks the gateway what became of a message. */
export const checkMessage: JobHandler = async (node, payload) => {
  const message = await findMessage(node.db, String(payload.messageId))
  if (message?.state !== 'sent') return
  try {
    const { state } = (await gateway(node, `/sms/${encodeURIComponent(message.providerId ?? '')}`)) as { state: string }
    if (state === 'delivered') return await markEnded(node.db, message.id, 'delivered', node.now())
    if (state === 'undeliverable') return await markEnded(node.db, message.id, 'failed', node.now(), state)
    throw new Error(`The gateway says: ${state}.`)
  } catch (error) {
    await failOrRetry(node.db, message, error, node.now())
  }
}

async function failOrRetry(db: Sql, message: MessageRow, error: unknown, now: Date): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error)
  const tooOld = (now.getTime() - message.createdAt.getTime()) / 1000 > givesUpAfter
  if (error instanceof Undeliverable || tooOld) return markEnded(db, message.id, 'failed', now, reason)
  await markAttempt(db, message.id, reason)
  throw error
}

export async function postSms(node: Node, id: string, content: MessageContent): Promise<string> {
  return ((await gateway(node, '/sms', { to: content.to, text: content.text, key: id })) as { id: string }).id
}

async function gateway(node: Node, path: string, body?: object): Promise<unknown> {
  const { smsUrl, key } = node.config.standIns
  const response = await callJson(new URL(path, smsUrl), { authorization: `Bearer ${key}`, body, timeoutMs: patience })
  if (response.status >= 200 && response.status < 300) return response.body
  const sentence = `The SMS gateway answered ${response.status}.`
  // 401, 408 and 429 are about us or the moment, not about the message.
  throw response.status >= 400 && response.status < 500 && ![401, 403, 408, 429].includes(response.status) ? new Undeliverable(sentence) : new Error(sentence)
}

async function postMail(node: Node, id: string, content: MessageContent): Promise<null> {
  if (!/^[^\s<>@,;:"]+@[^\s<>@,;:"]+\.[^\s<>@,;:"]+$/.test(content.to)) throw new Undeliverable('The mail address is not valid.')
  const host = new URL(node.config.baseUrl).hostname
  const transport = createTransport({ url: node.config.standIns.smtpUrl, connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience * 2 })
  try {
    await transport.sendMail({
      from: { name: node.config.name.vi, address: `khong-tra-loi@${/[a-z]/.test(host) ? host : 'example.vn'}` },
      to: { name: content.name ?? '', address: content.to },
      messageId: `<${id}@${host}>`, subject: content.subject, text: content.text,
    })
    return null
  } catch (error) {
    if (Number((error as { responseCode?: number }).responseCode) >= 500) throw new Undeliverable('The mail server refused the mail.')
    throw error
  } finally {
    transport.close()
  }
}

import { createTransport } from 'nodemailer'
import type { Tx } from '../../platform/db.ts'
import { enqueueAll, type BatchHandler, type Job } from '../../platform/jobs.ts'
import type { Node } from '../../platform/node.ts'
import { callJson } from './call-json.ts'
import { findMessages, markFates, type Fate, type MessageRow } from './messages.store.ts'
import { unseal, type MessageContent } from './seal.ts'
import { checkQueue } from './queues.ts'

const patience = 5000
/** Seconds after which a message that nobody could hand over, or whose fate stays unknown, is given up: two days. */
const givesUpAfter = 48 * 3600

/** The other side said no for good: another try would end the same. */
class Undeliverable extends Error {}

/** What became of the messages that some jobs are about, and of those jobs. */
interface Outcome { job: Job; fate?: Fate; /** Trouble on the way: the job comes again. */ error?: unknown }

/**
 * Hands messages to the SMS gateway or the mail server. At least once; the gateway gets the message's id as key and drops repeats.
 * Trouble on the way fails the job, so that it comes again later; a plain no ends the message.
 */
export const deliverMessages: BatchHandler = async (node, jobs) => {
  const messages = await findMessages(node.db, jobs.map(messageIdOf))
  const outcomes = await Promise.all(jobs.map((job) => deliver(node, job, messages.get(messageIdOf(job)))))
  await node.db.begin(async (transaction) => {
    const tx = transaction as unknown as Tx
    await markFates(tx, fatesOf(outcomes), node.now())
    const taken = fatesOf(outcomes).filter((fate) => fate.state === 'sent')
    await enqueueAll(tx, taken.map(({ id }) => ({ queue: checkQueue, payload: { messageId: id }, runAt: new Date(node.now().getTime() + 1000), key: id })))
  })
  return failuresOf(outcomes)
}

async function deliver(node: Node, job: Job, message: MessageRow | undefined): Promise<Outcome> {
  if (!message?.sealed || message.state !== 'queued') return { job }
  if (message.expiresAt && message.expiresAt <= node.now()) return { job, fate: { id: message.id, state: 'failed', error: 'expired' } }
  const content = unseal(node, message.id, message.sealed)
  try {
    if (message.channel === 'sms') return { job, fate: { id: message.id, state: 'sent', providerId: await postSms(node, message.id, content) } }
    await postMail(node, message.id, content)
    // A mail server's yes is the last that is heard of a mail.
    return { job, fate: { id: message.id, state: 'delivered' } }
  } catch (error) {
    return failedOrAgain(node, job, message, error)
  }
}

/** Asks the gateway what became of messages, all in one question. */
export const checkMessages: BatchHandler = async (node, jobs) => {
  const messages = await findMessages(node.db, jobs.map(messageIdOf))
  const asked = jobs.flatMap((job) => {
    const message = messages.get(messageIdOf(job))
    return message?.state === 'sent' && message.providerId !== null ? [{ job, message, providerId: message.providerId }] : []
  })
  if (asked.length === 0) return []
  const states = await gateway(node, '/sms/states', { ids: asked.map((a) => a.providerId) }).then((body) => body as Record<string, string>, (error: unknown) => error as Error)
  const outcomes = asked.map(({ job, message, providerId }): Outcome => {
    const state = states instanceof Error ? states : states[providerId]
    if (state === 'delivered') return { job, fate: { id: message.id, state } }
    if (state === 'undeliverable') return { job, fate: { id: message.id, state: 'failed', error: state } }
    return failedOrAgain(node, job, message, state instanceof Error ? state : new Error(`The gateway says: ${state ?? 'nothing'}.`))
  })
  await markFates(node.db, fatesOf(outcomes), node.now())
  return failuresOf(outcomes)
}

const messageIdOf = (job: Job): string => String(job.payload.messageId)
const fatesOf = (outcomes: readonly Outcome[]): Fate[] => outcomes.flatMap((o) => o.fate ?? [])
const failuresOf = (outcomes: readonly Outcome[]): { id: number; error: unknown }[] => outcomes.flatMap(({ job, error }) => (error === undefined ? [] : [{ id: job.id, error }]))

function failedOrAgain(node: Node, job: Job, message: MessageRow, error: unknown): Outcome {
  const reason = error instanceof Error ? error.message : String(error)
  const tooOld = (node.now().getTime() - message.createdAt.getTime()) / 1000 > givesUpAfter
  if (error instanceof Undeliverable || tooOld) return { job, fate: { id: message.id, state: 'failed', error: reason } }
  return { job, fate: { id: message.id, state: 'queued', error: reason }, error }
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

async function postMail(node: Node, id: string, content: MessageContent): Promise<void> {
  if (!/^[^\s<>@,;:"]+@[^\s<>@,;:"]+\.[^\s<>@,;:"]+$/.test(content.to)) throw new Undeliverable('The mail address is not valid.')
  const host = new URL(node.config.baseUrl).hostname
  const transport = createTransport({ url: node.config.standIns.smtpUrl, connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience * 2 })
  try {
    await transport.sendMail({
      from: { name: node.config.name.vi, address: `khong-tra-loi@${/[a-z]/.test(host) ? host : 'example.vn'}` },
      to: { name: content.name ?? '', address: content.to },
      messageId: `<${id}@${host}>`, subject: content.subject, text: content.text,
    })
  } catch (error) {
    if (Number((error as { responseCode?: number }).responseCode) >= 500) throw new Undeliverable('The mail server refused the mail.')
    throw error
  } finally {
    transport.close()
  }
}

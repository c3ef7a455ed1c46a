import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { randomUUID } from 'node:crypto'

/** What a telephone or mailbox of a demo person holds. */
export interface BoxMessage {
  id: string
  channel: 'sms' | 'email'
  /** Telephone number or mail address. */
  to: string
  subject?: string
  text: string
  /** ISO time of arrival. */
  at: string
  /** The sender's idempotency key. */
  key?: string
}

export interface MessageBox {
  /** A repeat with the same key returns the first message and stores nothing. */
  add(message: Omit<BoxMessage, 'id' | 'at'>): BoxMessage
  get(id: string): BoxMessage | undefined
  /** Newest first; `to` matches a part of the number or address. */
  list(to?: string, limit?: number): BoxMessage[]
}

const kept = 5000

/** @param file JSON lines, so that messages outlive a restart; memory only when absent */
export function openMessageBox(file?: string): MessageBox {
  const messages: BoxMessage[] = file && existsSync(file) ? readMessages(file) : []
  if (file) mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  return {
    add(message) {
      const known = message.key ? messages.find((m) => m.key === message.key && m.channel === message.channel) : undefined
      if (known) return known
      const added = { ...message, id: randomUUID(), at: new Date().toISOString() }
      messages.push(added)
      if (messages.length > kept) messages.shift()
      if (file) appendFileSync(file, `${JSON.stringify(added)}\n`, { mode: 0o600 })
      return added
    },
    get: (id) => messages.find((m) => m.id === id),
    list(to, limit = 200) {
      const wanted = to?.trim().toLowerCase()
      return messages.filter((m) => !wanted || m.to.toLowerCase().includes(wanted)).slice(-limit).reverse()
    },
  }
}

function readMessages(file: string): BoxMessage[] {
  const text = readFileSync(file, 'utf8')
  // Else the next message would be lost with a line that a kill cut short.
  if (text !== '' && !text.endsWith('\n')) appendFileSync(file, '\n')
  return text.split('\n').slice(-kept - 1).flatMap((line) => {
    try {
      return line ? [JSON.parse(line) as BoxMessage] : []
    } catch {
      return [] // a line cut short by a kill
    }
  })
}

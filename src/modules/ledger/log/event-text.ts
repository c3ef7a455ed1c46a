import { createHmac, hash } from 'node:crypto'
import { canonicalJson } from '../../../platform/canonical-json.ts'
import type { LedgerEvent } from '../../../platform/ledger-event.ts'

/** Name of a node's log, the first line of its checkpoints. */
export const logOrigin = (nodeCode: string): string => `motcua/log/${nodeCode}`

/** Place of an event among those about the same subject. */
export interface Link {
  /** From 1. */
  readonly seq: number
  /** Leaf hash of the one before; null for the first. */
  readonly previous: Uint8Array | null
}

/** The salt of one event: it follows from the secret of its subject, and tells nothing about other salts. Sixteen bytes. */
export function saltOf(secret: Uint8Array, seq: number): Buffer {
  return createHmac('sha256', secret).update(`motcua salt ${seq}`).digest().subarray(0, 16)
}

/**
 * What stands in the log for who acted and for what the event says: SHA-256(salt ‖ canonical JSON). Whoever is shown both, and the salt, can check them; nobody can guess them.
 * Numbers and texts count as the database gives them back.
 */
export function commitmentTo(salt: Uint8Array, { actor, data }: Pick<LedgerEvent, 'actor' | 'data'>): Buffer {
  return hash('sha256', Buffer.concat([salt, Buffer.from(canonicalJson({ actor, data: data as unknown }))]), 'buffer')
}

/**
 * The text of an event as the log knows it. Names the log, so that it is worth nothing in another one, and the event before it. Times count to the millisecond.
 * No personal data: who acted and the facts are inside the commitment.
 */
export function eventText(origin: string, event: Pick<LedgerEvent, 'type' | 'subject' | 'at'>, { seq, previous }: Link, commitment: Uint8Array): string {
  return canonicalJson({
    v: 1, log: origin, type: event.type, subject: event.subject, at: event.at.toISOString(), seq, previous: previous ? Buffer.from(previous).toString('base64') : null, commitment: Buffer.from(commitment).toString('base64'),
  })
}

/** The entry of the log for an event's text: SHA-256. The public tiles show nothing else. */
export const entryOf = (text: string): Buffer => hash('sha256', text, 'buffer')

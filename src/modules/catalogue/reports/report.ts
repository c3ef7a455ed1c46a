import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { Node } from '../../../platform/node.ts'

/** Thiếu, sai, hết hiệu lực, không thống nhất. */
export const reportKinds = ['missing', 'wrong', 'expired', 'inconsistent'] as const
export type ReportKind = (typeof reportKinds)[number]
export const outcomes = ['corrected', 'will-correct', 'no-fault'] as const
export type Outcome = (typeof outcomes)[number]
export const reportStates = ['new', 'answered'] as const
export type ReportState = (typeof reportStates)[number]

export interface Report {
  id: string
  reference: string
  kind: ReportKind
  code: string | null
  owner: string | null
  ownerName: string | null
  words: string
  reporter: 'citizen' | 'agency'
  reporterAgency: string | null
  contact: Buffer | null
  fromNode: string | null
  sentOn: boolean
  state: ReportState
  outcome: Outcome | null
  answer: string | null
  answeredAt: Date | null
  createdAt: Date
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** A number to write down: 'BL-261122-7KQ4M2XD'. Nobody guesses one (40 bits), and what it shows holds no personal data. */
export function newReference(day: string): string {
  return `BL-${day.slice(2).replaceAll('-', '')}-${[...randomBytes(8)].map((b) => letters[b % 32]).join('')}`
}

/** As people type it: lower case, spaces. Undefined for what is no reference. */
export function readReference(typed: string): string | undefined {
  const text = typed.toUpperCase().replace(/\s+/g, '')
  return /^BL-\d{6}-[A-HJ-NP-Z2-9]{8}$/.test(text) ? text : undefined
}

const keyOf = (node: Node): Buffer => Buffer.from(hkdfSync('sha256', node.config.secret, '', 'catalogue.report', 32))

/** AES-256-GCM with the id bound in; only this node reads it. */
export function sealContact(node: Node, id: string, contact: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(node), nonce).setAAD(Buffer.from(id))
  const body = Buffer.concat([cipher.update(contact, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

export function openContact(node: Node, id: string, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(node), bytes.subarray(0, 12)).setAAD(Buffer.from(id)).setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}

/** A session or an address as a digest that means nothing outside of this node. */
export const limitKey = (node: Node, value: string): string => createHmac('sha256', keyOf(node)).update(value).digest('base64url').slice(0, 22)

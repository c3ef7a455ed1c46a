import { checkTaxCode, readIdNumber, readOldIdNumber } from '../../numbers/index.ts'
import type { CodedPerson } from '../life/personal-code.ts'
import { readCardText, type Card } from './card-text.ts'

/** What an officer typed or a scanner read into the one field. */
export type Query =
  | { kind: 'id-number'; idNumber: string }
  | { kind: 'tax-code'; taxCode: string }
  | { kind: 'card'; card: Card }
  /** `person` once the code was resolved; then the code itself is worth nothing any more. */
  | { kind: 'personal-code'; text: string; person?: CodedPerson }

export type Unreadable = 'missing' | 'card' | 'tax-code' | 'old-id-number' | 'unknown'

/** Longest text of a card that was ever seen is under 400 characters. */
export const longestQuery = 2000

/** Personal codes of the portal, as the camera reads them (MC1: and base64url) or as ten letters and digits that somebody types. */
const personalCode = /^MC1:[\w-]{8,600}$/
const typedCode = /^(?=.*[A-Z])[A-HJ-NP-Z2-9]{10}$/

/** Tells by its form what a text is; twelve digits are a person, also where they serve as a tax code. Never throws. */
export function readQuery(typed: string): { ok: true; query: Query } | { ok: false; reason: Unreadable } {
  const text = typed.slice(0, longestQuery).trim()
  if (text === '') return { ok: false, reason: 'missing' }
  if (personalCode.test(text) || typedCode.test(text.toUpperCase().replace(/[\s-]/g, ''))) return { ok: true, query: { kind: 'personal-code', text } }
  if (text.includes('|')) {
    const card = readCardText(text)
    return card ? { ok: true, query: { kind: 'card', card } } : { ok: false, reason: 'card' }
  }
  const person = readIdNumber(text)
  if (person) return { ok: true, query: { kind: 'id-number', idNumber: person.idNumber } }
  const tax = checkTaxCode(text)
  if (tax.ok) return { ok: true, query: { kind: 'tax-code', taxCode: tax.code } }
  if (readOldIdNumber(text)) return { ok: false, reason: 'old-id-number' }
  return { ok: false, reason: tax.reason === 'form' ? 'unknown' : 'tax-code' }
}

import { randomBytes } from 'node:crypto'
import { civilDate } from '../../../platform/i18n.ts'

// No 0/O, 1/I/L: these are read aloud over the telephone.
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** Random letters, each of 31 that nobody mistakes for another. */
export function drawLetters(count: number): string {
  let drawn = ''
  while (drawn.length < count) for (const byte of randomBytes(count)) if (byte < 248 && drawn.length < count) drawn += letters[byte % 31]
  return drawn
}

/** A number to write down: 'TK-261127-7KQ4M2XD'. Nobody guesses one (39 bits), and it holds no personal data. */
export const newReference = (prefix: 'TK' | 'DL' | 'KP', at: Date): string => `${prefix}-${civilDate(at).slice(2).replaceAll('-', '')}-${drawLetters(8)}`

/** As people type it: small letters, spaces. Undefined for what is no such number. */
export function readReference(typed: string): string | undefined {
  const text = typed.toUpperCase().replace(/\s+/g, '')
  return /^(TK|DL|KP)-\d{6}-[A-Z2-9]{8}$/.test(text) ? text : undefined
}

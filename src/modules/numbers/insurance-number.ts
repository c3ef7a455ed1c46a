import { readIdNumber } from './id-number.ts'

/** A social-insurance number ("mã số bảo hiểm xã hội") by whichever paper it was read from. */
export type InsuranceNumber =
  /** The ten digits; since 2020 they are also the number of the health-insurance card. */
  | { kind: 'number'; insuranceNumber: string }
  /** The card before 2020: two letters for the group of insured, one digit for the benefit, two for the province, then the ten digits. */
  | { kind: 'old-card'; insuranceNumber: string; card: string; group: string; benefit: number; province: string }
  /** Since 2025 the id number takes its place. */
  | { kind: 'id-number'; idNumber: string }

/** Reads what stands on a book or card, groups and small letters forgiven; undefined for anything else. None of the forms has a check digit. */
export function readInsuranceNumber(typed: string): InsuranceNumber | undefined {
  const bare = typed.replace(/[\s.-]/g, '').toUpperCase()
  if (/^[0-9]{10}$/.test(bare)) return { kind: 'number', insuranceNumber: bare }
  const card = /^([A-Z]{2})([1-5])([0-9]{2})([0-9]{10})$/.exec(bare)
  if (card) return { kind: 'old-card', insuranceNumber: card[4]!, card: bare, group: card[1]!, benefit: Number(card[2]), province: card[3]! }
  const person = readIdNumber(bare)
  return person && { kind: 'id-number', idNumber: person.idNumber }
}

/** Whether a text is the number of an insured person, by any of its forms. */
export const isInsuranceNumber = (text: string): boolean => readInsuranceNumber(text) !== undefined

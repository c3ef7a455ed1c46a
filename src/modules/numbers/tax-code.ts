import { readIdNumber } from './id-number.ts'

/** Weights of the first nine digits of a tax code ("mã số thuế", Circular 105/2020/TT-BTC, art. 5, carried on by Circular 86/2024/TT-BTC). */
const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3]

/**
 * Tenth digit of a tax code, or undefined where the first nine are never issued: a remainder of 0 would need the two-digit check digit 10.
 * Formulas in the wild that take the remainder by 10, or 11 less the remainder, refuse real codes.
 */
export function taxCheckDigit(nine: string): number | undefined {
  const rest = weights.reduce((sum, weight, i) => sum + weight * Number(nine[i]), 0) % 11
  return rest === 0 ? undefined : 10 - rest
}

export type TaxCodeCheck =
  /** `code` as it is written and kept; a household business and a single person go by the 12-digit id number (Circular 86/2024/TT-BTC). */
  | { ok: true; code: string; kind: 'organisation' | 'branch' | 'personal' }
  /** 'form': not 10 digits, 10 + '-' + 3, or 12; 'branch': the branch 000 does not exist; 'check-digit': a digit was mistyped, or such a code is never issued. */
  | { ok: false; reason: 'form' | 'branch' | 'check-digit' }

/** Reads a tax code as typed: spaces, dots and any dash are forgiven, a branch may come without its hyphen. */
export function checkTaxCode(typed: string): TaxCodeCheck {
  const bare = typed.replace(/[\s.]/g, '').replace(/[‐-―−]/g, '-')
  if (/^[0-9]{12}$/.test(bare)) return readIdNumber(bare) ? { ok: true, code: bare, kind: 'personal' } : { ok: false, reason: 'form' }
  const [, ten, branch] = /^([0-9]{10})(?:-?([0-9]{3}))?$/.exec(bare) ?? []
  if (!ten) return { ok: false, reason: 'form' }
  if (branch === '000') return { ok: false, reason: 'branch' }
  if (taxCheckDigit(ten) !== Number(ten[9])) return { ok: false, reason: 'check-digit' }
  return branch ? { ok: true, code: `${ten}-${branch}`, kind: 'branch' } : { ok: true, code: ten, kind: 'organisation' }
}

/** Whether a text is, exactly as it is written and kept, the tax code of an organisation or branch. A person's number is none of these. */
export function isTaxCode(text: string): boolean {
  const checked = checkTaxCode(text)
  return checked.ok && checked.kind !== 'personal' && checked.code === text
}

const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3]

/** Mã số thuế of an organisation: ten digits, the last a check digit, and for a branch "-" and its number 001–999. */
export function isTaxCode(text: string): boolean {
  if (!/^\d{10}(-(?!000)\d{3})?$/.test(text)) return false
  const rest = weights.reduce((sum, weight, i) => sum + weight * Number(text[i]), 0) % 11
  // A sum without a rest has no digit: such a number is never issued.
  return rest !== 0 && Number(text[9]) === 10 - rest
}

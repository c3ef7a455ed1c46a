/** Mã số BHXH: ten digits, also at the end of an old card of fifteen characters ("GD4 64 6400000011"); spaces and dots forgiven. */
export function cleanSocialInsurance(typed: string): string | undefined {
  const plain = typed.replace(/[\s.-]/g, '').toUpperCase()
  return /^(?:[A-Z]{2}\d{3})?(\d{10})$/.exec(plain)?.[1]
}

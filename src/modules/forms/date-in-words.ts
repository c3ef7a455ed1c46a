const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']

/** A whole number from 0 to 9999 in Vietnamese words, as civil-status papers write it: 2026 → "hai nghìn không trăm hai mươi sáu". */
export function numberInWords(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 9999) throw new RangeError(`numberInWords takes 0 to 9999, got ${value}`)
  const thousands = Math.floor(value / 1000)
  const rest = value % 1000
  if (thousands === 0) return underThousand(rest, false)
  return rest === 0 ? `${digits[thousands]} nghìn` : `${digits[thousands]} nghìn ${underThousand(rest, true)}`
}

function underThousand(value: number, withHundreds: boolean): string {
  const hundreds = Math.floor(value / 100)
  const rest = value % 100
  if (hundreds === 0 && !withHundreds) return underHundred(rest)
  const head = `${digits[hundreds]} trăm`
  if (rest === 0) return head
  return rest < 10 ? `${head} linh ${digits[rest]}` : `${head} ${underHundred(rest)}`
}

function underHundred(value: number): string {
  const tens = Math.floor(value / 10)
  const ones = value % 10
  if (tens === 0) return digits[ones]!
  if (tens === 1) return ones === 0 ? 'mười' : `mười ${ones === 5 ? 'lăm' : digits[ones]}`
  const head = `${digits[tens]} mươi`
  if (ones === 0) return head
  return `${head} ${ones === 1 ? 'mốt' : ones === 5 ? 'lăm' : ones === 4 ? 'tư' : digits[ones]}`
}

/** '2026-11-22' → "Ngày hai mươi hai tháng mười một năm hai nghìn không trăm hai mươi sáu": the line "ghi bằng chữ" of a birth certificate. */
export function dateInWords(date: string): string {
  const [y, m, d] = date.split('-').map(Number) as [number, number, number]
  return `Ngày ${numberInWords(d)} tháng ${m === 4 ? 'tư' : numberInWords(m)} năm ${numberInWords(y)}`
}

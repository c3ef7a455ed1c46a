const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']
const GROUPS = ['', ' nghìn', ' triệu']

/**
 * A whole number in Vietnamese words, as certificates and receipts ask for ("ghi bằng chữ").
 * @example numberInWords(2026) // 'hai nghìn không trăm hai mươi sáu'
 */
export function numberInWords(n: number): string {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`A whole number from 0 is expected, not ${n}.`)
  if (n === 0) return 'không'
  const billions = Math.floor(n / 1e9)
  const rest = n % 1e9
  if (billions === 0) return below1e9(rest, false)
  return `${numberInWords(billions)} tỷ${rest === 0 ? '' : ` ${below1e9(rest, true)}`}`
}

function below1e9(n: number, full: boolean): string {
  const parts: string[] = []
  for (let group = 2; group >= 0; group--) {
    const three = Math.floor(n / 1000 ** group) % 1000
    if (three > 0) parts.push(threeDigits(three, full || parts.length > 0) + GROUPS[group])
  }
  return parts.join(' ')
}

/** `full` says "không trăm" and "linh" for leading zeros: they stand after a higher group. */
function threeDigits(n: number, full: boolean): string {
  const [hundreds, tens, ones] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10]
  const words: string[] = []
  if (hundreds > 0 || full) words.push(`${DIGITS[hundreds]} trăm`)
  if (tens === 0 && ones > 0 && words.length > 0) words.push('linh')
  if (tens === 1) words.push('mười')
  if (tens > 1) words.push(`${DIGITS[tens]} mươi`)
  if (ones > 0) words.push(onesAfter(tens, ones))
  return words.join(' ')
}

/** "mốt" after twenty, "lăm" after ten; "tư" after twenty is customary for the year but "bốn" is always right. */
function onesAfter(tens: number, ones: number): string {
  if (ones === 1 && tens > 1) return 'mốt'
  if (ones === 5 && tens > 0) return 'lăm'
  return DIGITS[ones] ?? ''
}

/** 'YYYY-MM-DD' as "Ngày hai mươi hai tháng mười một năm hai nghìn không trăm hai mươi sáu". */
export function dateInWords(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return `Ngày ${date < 11 ? 'mồng ' : ''}${numberInWords(date)} tháng ${month === 4 ? 'tư' : numberInWords(month)} năm ${numberInWords(year)}`
}

/** Whole đồng as "Một trăm mười lăm nghìn đồng". */
export function moneyInWords(amount: number): string {
  const words = `${numberInWords(amount)} đồng`
  return words.charAt(0).toLocaleUpperCase('vi') + words.slice(1)
}

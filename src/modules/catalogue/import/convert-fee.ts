import { line } from './clean-text.ts'
import type { Oddities } from './oddities.ts'

export interface ReadFee { amount: number | null; note?: string }

/** Words after 'Miễn phí' that say no more than that. */
const nothingMore = /^[-\s(]*(không|không có|không quy định|chưa quy định|miễn phí|miễn lệ phí|0 đồng|đồng|không thu phí|không thu lệ phí)[\s.)]*$/i
/** Words that speak of money: then 'Miễn phí' only meant that no figure was entered. */
const speaksOfMoney = /\d[\d.,]*\s*(đ(?!\p{L})|đồng|vnđ|vnd|usd|%|triệu)|mức (thu|phí|lệ phí)|theo quy định|thông tư|hội đồng nhân dân|biểu (mức )?(thu )?phí|quy định tại|nghị quyết|trả phí|phí thẩm định|lệ phí cấp/iu

/** '10,000 Việt Nam Đồng(10.000 đồng/giấy)', 'Miễn phí(…)', 'Phí : 2.000.000 Đồng (…)'; undefined where nothing is said. */
export function readFee(value: unknown, oddities: Oddities): ReadFee | undefined {
  const text = line(value, oddities)
  if (text === '') return undefined
  const free = /^miễn phí\s*(?:\((.*)\)?)?$/i.exec(text)
  if (free) return freeOrWords(bracketless(free[1] ?? ''), text, oddities)
  const unknown = /^không có thông tin\s*(?:\((.*)\))?$/i.exec(text)
  if (unknown) {
    oddities.add('fee-unknown', text, 'a fee in words')
    return { amount: null, note: text }
  }
  const sum = /^(?:(?:phí|lệ phí)\s*:\s*)?([\d.,]+)\s*(?:việt nam đồng|vnđ|vnd|đồng)\s*(?:\((.*)\)?)?$/is.exec(text)
  if (sum) return sumOf(sum[1]!, bracketless(sum[2] ?? ''), text, oddities)
  if (/^(?:(?:phí|lệ phí)\s*:\s*)?(không|o|0)\s*đồng$/i.test(text)) return { amount: 0 }
  oddities.add(/usd/i.test(text) ? 'fee-in-foreign-currency' : 'fee-in-words', text, 'a fee in words')
  return { amount: null, note: text }
}

const bracketless = (text: string): string => text.replace(/\)+\s*$/, (end) => (text.includes('(') ? end.slice(1) : '')).trim()

function freeOrWords(note: string, text: string, oddities: Oddities): ReadFee {
  if (note === '' || nothingMore.test(note)) return { amount: 0 }
  if (speaksOfMoney.test(note)) {
    oddities.add('free-but-speaks-of-money', text, 'a fee in words, not free')
    return { amount: null, note }
  }
  return { amount: 0, note }
}

function sumOf(figure: string, note: string, text: string, oddities: Oddities): ReadFee {
  const amount = Number(figure.replace(/[.,]/g, ''))
  const words = note === '' ? {} : { note }
  if (!Number.isSafeInteger(amount)) {
    oddities.add('fee-in-words', text, 'a fee in words')
    return { amount: null, note: text }
  }
  // No fee of the State is below a thousand đồng: the thousands were cut off somewhere on the way.
  if (amount > 0 && amount < 1000) {
    oddities.add('fee-cut-off', text, 'a fee in words; the figure is not believed')
    return { amount: null, note: text }
  }
  return { amount, ...words }
}

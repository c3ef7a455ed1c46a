import type { TimeLimit } from '../content.ts'
import { line } from './clean-text.ts'
import type { Oddities } from './oddities.ts'

const units: Readonly<Record<string, TimeLimit['unit']>> = { giờ: 'hour', 'giờ làm việc': 'hour', ngày: 'day', 'ngày làm việc': 'working-day', tháng: 'month' }

export interface ReadTime { limit?: TimeLimit; note?: string; rest?: string }

/**
 * '5 Ngày làm việc' → 5 working days. A number without a unit is not guessed: it becomes a note. A number that the words after it show to
 * be money is given back as `rest`, for the fee.
 */
export function readTime(value: unknown, after: string, oddities: Oddities): ReadTime {
  const text = line(value, oddities)
  if (text === '') {
    oddities.add('time-missing', after, 'no time limit; the words of the note stay')
    return {}
  }
  const withUnit = /^0*(\d+(?:[.,]\d+)?)\s+(\p{L}[\p{L} ]*)$/u.exec(text)
  const unit = withUnit && units[withUnit[2]!.toLowerCase()]
  if (withUnit && unit) {
    const number = Number(withUnit[1]!.replace(',', '.'))
    if (number > 0) return { limit: { value: number, unit } }
    oddities.add('time-zero', text, 'kept as a note')
    return { note: text }
  }
  if (/^\d[\d.,]*$/.test(text)) {
    if (/^(VNĐ|đồng|USD)/i.test(after)) {
      oddities.add('money-in-time', `${text} ${after}`, 'read as a fee in words')
      return { rest: `${text} ${after}` }
    }
    oddities.add('time-without-unit', text, 'no time limit; kept as a note')
    return { note: `${text} (không ghi đơn vị)` }
  }
  oddities.add(withUnit ? 'time-unit-unknown' : 'time-in-words', text, 'kept as a note')
  return { note: text }
}

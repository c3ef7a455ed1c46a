import type { MethodChannel, ProcedureInput } from '../content.ts'
import { line, lines } from './clean-text.ts'
import { readFee } from './convert-fee.ts'
import { readTime } from './convert-time.ts'
import type { Oddities } from './oddities.ts'

type MethodInput = ProcedureInput['methods'][number]

const channels: readonly (readonly [RegExp, MethodChannel])[] = [[/trực tuyến/i, 'online'], [/bưu (chính|điện)/i, 'post'], [/trực tiếp/i, 'desk']]
export const channelOf = (text: string): MethodChannel | undefined => channels.find(([pattern]) => pattern.test(text))?.[1]

interface RawMethod { channel: unknown; time: unknown; fee: unknown; note: unknown }

/** Money that slipped into the notes: '8,000 VNĐ', '10 USD(/bản)', '(Đồng (…', 'VNĐ(…'. */
const moneyNote = /^(?:[\d.,]+\s*(?:VNĐ|USD|đồng)(?!\p{L})|VNĐ|\(|(?:Phí|Lệ phí)\s*:)/iu

export function readMethods(row: Readonly<Record<string, unknown>>, oddities: Oddities): MethodInput[] {
  if (Array.isArray(row.methods)) return row.methods.flatMap((m: RawMethod) => readMethod(m, oddities))
  if (Array.isArray(row.methods_raw)) return row.methods_raw.flatMap((m: Record<string, unknown>) => readMethod({ channel: m.hinh_thuc, time: m.thoi_han_giai_quyet, fee: m.phi_le_phi, note: m.mo_ta }, oddities))
  const sections = row.sections as Record<string, unknown> | undefined
  const text = lines(row.methods_text ?? sections?.['CÁCH THỨC THỰC HIỆN'], oddities)
  if (text === '') {
    oddities.add('methods-missing', '', 'no way to apply is listed')
    return []
  }
  return methodsOfText(text, oddities)
}

function readMethod(raw: RawMethod, oddities: Oddities): MethodInput[] {
  const channel = channelOf(line(raw.channel))
  let note = line(raw.note, oddities)
  if (!channel) {
    oddities.add('channel-unknown', raw, 'read as at the desk, its words as a note')
    note = [line(raw.channel), note].filter(Boolean).join(': ')
  }
  const time = readTime(raw.time, note, oddities)
  const fees = [readFee(raw.fee, oddities)].filter((f) => f !== undefined)
  if (time.rest) {
    fees.push({ amount: null, note: time.rest })
    note = ''
  } else if (moneyNote.test(note)) {
    oddities.add('money-in-note', note, 'read as a fee')
    fees.splice(0, fees.length, ...mergeFee(fees[0], note, oddities))
    note = ''
  }
  if (fees.length === 0) oddities.add('fee-missing', note, 'no fee is listed')
  return [{
    channel: channel ?? 'desk', ...(time.limit ? { limit: time.limit } : {}), ...(time.note ? { limitNote: { vi: time.note } } : {}),
    fees: fees.map((f) => ({ amount: f.amount, ...(f.note ? { note: { vi: f.note } } : {}) })), ...(note ? { note: { vi: note } } : {}),
  }]
}

/** 'Miễn phí' with its words in the note is one fee; a sum in the note is the fee. */
function mergeFee(fee: { amount: number | null; note?: string } | undefined, note: string, oddities: Oddities) {
  if (/^\(/.test(note)) return [readFee(`Miễn phí${note}`, oddities)!]
  const read = readFee(note, oddities)
  return [...(fee ? [fee] : []), ...(read ? [read] : [])]
}

/** Flattened tables: a line that begins with a way to apply opens an entry, the lines after it belong to it. */
function methodsOfText(text: string, oddities: Oddities): MethodInput[] {
  const entries: string[][] = []
  for (const one of text.split('\n').filter(Boolean)) {
    if (/^(hình thức nộp|thời hạn giải( quyết)?|phí, lệ phí|mô tả|quyết)(?!\p{L})/iu.test(one)) continue
    if (/^(trực tuyến|trực tiếp|dịch vụ bưu chính|qua bưu (điện|chính))/i.test(one)) entries.push([one])
    else if (entries.length > 0) entries.at(-1)!.push(one)
    else oddities.add('method-text-unread', one, 'kept in the remainder')
  }
  oddities.add('methods-from-text', text, `${entries.length} ways to apply read from running text`)
  return entries.map((entry) => methodOfEntry(entry.join(' '), oddities))
}

function methodOfEntry(entry: string, oddities: Oddities): MethodInput {
  const channel = channelOf(entry.slice(0, 24)) ?? 'desk'
  const body = entry.replace(/^(trực tuyến|trực tiếp|dịch vụ bưu chính(?: công ích)?|qua bưu (?:điện|chính))\s*/i, '')
  const found = /^0*(\d+)\s*(giờ|ngày|tháng)(\s+làm)?\b/i.exec(body)
  const working = found?.[3] || (found && /ngày/i.test(found[2]!) && /^[^.;]{0,40}làm[^.;]{0,20}việc/i.test(body.slice(found.index)))
  const unit = !found ? undefined : /giờ/i.test(found[2]!) ? 'hour' as const : /tháng/i.test(found[2]!) ? 'month' as const : working ? 'working-day' as const : 'day' as const
  if (!found) oddities.add('time-in-words', body, 'kept as a note')
  const fees = /miễn phí|không thu phí/i.test(body) ? [{ amount: 0 }] : []
  return { channel, ...(found && Number(found[1]) > 0 ? { limit: { value: Number(found[1]), unit: unit! } } : {}), fees, ...(body ? { note: { vi: body } } : {}) }
}

import type { ProcedureInput, TimeLimit } from '../content.ts'
import type { Addresses } from './addresses.ts'
import { codeNames, texts, type Entry, type Text } from './cpsv-ap-things.ts'

type Method = ProcedureInput['methods'][number]

interface Channels { channels: Entry[]; costs: Entry[]; processingTime?: string; workingDays?: number }

const currency: Entry = { id: 'http://publications.europa.eu/resource/authority/currency/VND', type: 'Concept' }

/** Ways to apply as channels, fees as costs of their channel. The time of the whole service is told where all ways take the same. */
export function channelsOf(content: ProcedureInput, part: (kind: string, id: string | number) => string, at: Pick<Addresses, 'thing'>): Channels {
  const channels = content.methods.map((m, i) => channelOf(m, part('channel', i + 1), `${content.code}/channel-${i + 1}`, at))
  const costs = content.methods.flatMap((m, i) => m.fees.map((fee, n) => ({
    id: part('cost', `${i + 1}-${n + 1}`), type: 'Cost', identifier: `${content.code}/cost-${i + 1}-${n + 1}`, ifAccessedThrough: part('channel', i + 1), currency,
    ...(fee.amount === null ? {} : { hasValue: String(fee.amount) }), ...(fee.note ? { description: texts(fee.note) } : {}),
  })))
  const limits = content.methods.map((m) => m.limit)
  const first = limits[0]
  const same = first && limits.every((l) => l?.unit === first.unit && l.value === first.value)
  return { channels, costs, ...(same ? timeOf(first) : {}) }
}

function channelOf(method: Method, id: string, identifier: string, at: Pick<Addresses, 'thing'>): Entry {
  const words = [method.limit ? limitText(method.limit) : undefined, method.limitNote, method.note].filter((t): t is Text => t !== undefined)
  return {
    id, type: 'Channel', identifier, classifiedAs: { id: at.thing('channel', method.channel), type: 'Concept', prefLabel: texts(codeNames.channel[method.channel]) },
    ...(method.limit ? timeOf(method.limit) : {}), ...(words.length > 0 ? { description: words.flatMap(texts) } : {}),
  }
}

/** Durations of XML Schema know no working days: those are a figure of our own, so that nobody reads them as calendar days. */
function timeOf({ value, unit }: TimeLimit): { processingTime?: string; workingDays?: number } {
  if (unit === 'working-day') return { workingDays: value }
  if (unit === 'hour') return { processingTime: Number.isInteger(value) ? `PT${value}H` : `PT${Math.round(value * 60)}M` }
  if (unit === 'day') return { processingTime: Number.isInteger(value) ? `P${value}D` : `PT${Math.round(value * 24)}H` }
  return { processingTime: Number.isInteger(value) ? `P${value}M` : `P${Math.round(value * 30)}D` }
}

const unitWords: Readonly<Record<TimeLimit['unit'], readonly [vi: string, en: string]>> = { hour: ['giờ', 'hours'], day: ['ngày', 'days'], 'working-day': ['ngày làm việc', 'working days'], month: ['tháng', 'months'] }
const limitText = ({ value, unit }: TimeLimit): Text => ({ vi: `${value} ${unitWords[unit][0]}`, en: `${value} ${unitWords[unit][1]}` })

import { formatDate } from '../../../platform/i18n.ts'
import type { Mapping } from './result-mappings.ts'
import { orNull, type AnswerReader } from './result-parts.ts'

/** A person of the form as civil-status papers name one. */
export const personOf = (read: AnswerReader, field: string) => ({
  name: read.text(`${field}.name`), birthDate: read.day(`${field}.birthDate`), gender: orNull(read.text(`${field}.sex`)), ethnicity: orNull(read.text(`${field}.ethnicity`)), nationality: orNull(read.text(`${field}.nationality`)),
  residence: orNull(read.text(`${field}.residence`)), idNumber: orNull(read.text(`${field}.citizenId`)),
})

export const deathExtract: Mapping = (read, facts) => {
  const [hour, minute] = [read.text('deathHour'), read.text('deathMinute')]
  return {
    deceased: { ...personOf(read, 'deceased'), residence: orNull(read.text('lastResidence')) },
    diedOn: read.day('deathDate'),
    diedAt: hour === '' ? null : `${hour} giờ${minute === '' ? '' : ` ${minute} phút`}`,
    place: [read.text('deathFacility'), read.text('deathPlace')].filter(Boolean).join(', '),
    cause: orNull(read.text('cause')),
    evidence: read.text('noticeNumber') === '' ? null : `Giấy báo tử số ${read.text('noticeNumber')}, ngày ${read.text('noticeDate')}, ${read.text('noticeIssuer')}`,
    declarant: { name: read.text('requester.name'), idNumber: orNull(read.text('requester.citizenId')), relation: orNull(read.text('relation')) },
    registeredAt: facts.agency, registeredOn: facts.today,
  }
}

/** Wife and husband by their sex, whoever typed. */
export const marriageCertificate: Mapping = (read, facts) => {
  const [requester, partner] = [personOf(read, 'requester'), personOf(read, 'partner')]
  const isHusband = (read.raw.requester as { sex?: unknown } | undefined)?.sex === 'male'
  return { wife: isHusband ? partner : requester, husband: isHusband ? requester : partner, registeredAt: facts.agency, registeredOn: facts.today }
}

/** Six months from the day of issue (Decree 123/2015/NĐ-CP, art. 23.1); in a shorter month its last day. */
export function sixMonthsLater(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + 6, 0))
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate()))).toISOString().slice(0, 10)
}

export const maritalStatusConfirmation: Mapping = (read, facts) => {
  const own = read.raw.subject === 'self'
  const person = own ? { ...personOf(read, 'requester'), ethnicity: orNull(read.text('ethnicity')), nationality: orNull(read.text('nationality')) } : personOf(read, 'person')
  const ended = read.text('endNumber') === '' ? '' : ` (số ${read.text('endNumber')}, ngày ${read.text('endDate')})`
  const spouse = read.raw.status === 'married' ? ` là ông/bà ${read.text('spouseName')}` : ''
  return {
    person,
    status: `${read.text('status')}${spouse}${ended}`,
    residences: read.entries('residences').map((entry) => {
      const { from, to } = entry.time as { from: string; to?: string }
      return `Từ ${formatDate(from)} đến ${to === undefined ? 'nay' : formatDate(to)}: ${String(entry.address ?? '')}`
    }),
    purpose: read.raw.purpose === 'marriage' ? `Đăng ký kết hôn với ông/bà ${read.text('fiance.name')} tại ${read.text('marriagePlace')}` : read.text('otherPurpose') || read.text('purpose'),
    validUntil: sixMonthsLater(facts.today),
  }
}

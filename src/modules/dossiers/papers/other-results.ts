import { personOf } from './civil-status-results.ts'
import type { Mapping } from './result-mappings.ts'
import { orNull, type AnswerReader } from './result-parts.ts'

const residenceNotice = (kind: 'permanent' | 'temporary', addressField: string): Mapping => (read) => ({
  kind,
  person: { name: read.text('requester.name'), birthDate: read.day('requester.birthDate'), idNumber: read.text('requester.citizenId') },
  address: read.text(addressField),
  household: read.raw.relation === 'head' ? 'Chủ hộ' : `Chủ hộ: ${read.text('head.name')}; quan hệ: ${read.text('relation').toLowerCase()}`,
  period: kind === 'temporary' ? read.raw.stay : null,
  members: read.entries('members').map((entry, i) => ({ name: String(entry.name ?? ''), birthDate: entry.birthDate, idNumber: typeof entry.citizenId === 'string' ? entry.citizenId : null, relation: read.rows('members')[i]!('relation') })),
})

const removalNotice: Mapping = (read) => ({
  kind: 'removal', person: { name: read.text('person.name'), birthDate: read.day('person.birthDate'), idNumber: read.text('person.citizenId') || '–' }, address: read.text('removedHome'), household: null, period: null, members: [],
})

/** One notice for all matters of residence; which one, the form says by its fields. */
export const residence: Mapping = (read, facts, corrections) => (read.text('removedHome') !== '' ? removalNotice : read.text('newHome') === '' ? residenceNotice('temporary', 'home') : residenceNotice('permanent', 'newHome'))(read, facts, corrections)

const fullName = (proper: string): string => (/^doanh nghiệp tư nhân |^dntn /i.test(proper) ? proper : `Doanh nghiệp tư nhân ${proper}`)

/** The number of the enterprise comes from the tax system and the officer enters it; until then dots stand for it, with which nothing is signed. */
export const enterpriseCertificate: Mapping = (read, facts, corrections) => ({
  enterpriseCode: corrections.enterpriseCode || '…………………',
  firstRegisteredOn: facts.today,
  name: fullName(read.text('enterpriseName')), foreignName: orNull(read.text('foreignName')), shortName: orNull(read.text('shortName')),
  address: read.text('seat'), phone: orNull(read.text('seatPhone')), email: orNull(read.text('owner.email')), website: orNull(read.text('website')),
  capital: read.number('capital'), owner: personOf(read, 'owner'),
})

/** A year later: by then the building must have begun (Law on Construction 2014, art. 90). */
const yearLater = (day: string): string => `${Number(day.slice(0, 4)) + 1}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`

const numberOrNull = (read: AnswerReader, field: string): number | null => (typeof read.raw[field] === 'number' ? read.raw[field] : null)

export const buildingPermit: Mapping = (read, facts) => ({
  owner: { name: read.text('requester.name'), idNumber: read.text('requester.citizenId'), address: orNull(read.text('requester.residence')) },
  plot: `thửa đất số ${read.text('plot')}, tờ bản đồ số ${read.text('mapSheet')}`,
  landArea: read.number('landArea'), site: read.text('site'),
  designer: read.raw.designer === 'owner' ? 'chủ nhà' : `${read.text('designerName')} (${read.text('designerLicence')})`,
  grade: read.text('grade'), groundFloorArea: read.number('firstFloorArea'), floorArea: read.number('floorArea'), height: read.number('height'),
  elevation: numberOrNull(read, 'elevation'), setback: numberOrNull(read, 'setback'), density: numberOrNull(read, 'density'),
  floors: read.entries('floors').map((floor, i) => ({ kind: read.rows('floors')[i]!('kind'), area: floor.area })),
  validUntil: yearLater(facts.today),
})

const copyForms: Readonly<Record<string, string>> = { electronic: 'bản sao điện tử', paper: 'bản sao giấy', both: 'bản sao giấy và bản sao điện tử' }

export const certifiedCopy: Mapping = (read) => ({
  requester: { name: read.text('requester.name'), idNumber: read.text('requester.citizenId') },
  papers: read.entries('papers').map((paper) => ({ title: paper.title, issuer: paper.issuer, pages: paper.pages, copies: paper.copies, fee: paper.fee })),
  fee: read.number('fee'),
  form: copyForms[String(read.raw.kind)] ?? read.text('kind').toLowerCase(),
})

/** A child's card is valid to the day before it is six years old (Law on Health Insurance, art. 16). */
const beforeSix = (born: string): string => new Date(Date.UTC(Number(born.slice(0, 4)) + 6, Number(born.slice(5, 7)) - 1, Number(born.slice(8)) - 1)).toISOString().slice(0, 10)

/** The first card of a child, which has no number of its own yet: the last ten digits of its personal identification number stand for it. */
const firstCard: Mapping = (read) => {
  const born = read.day('child.birthDate') ?? ''
  const number = read.text('child.citizenId')
  return {
    person: { name: read.text('child.name'), birthDate: born, gender: read.text('child.sex'), idNumber: orNull(number) },
    insuranceNumber: number === '' ? '…………………' : number.slice(-10), group: 'Trẻ em dưới 6 tuổi', validFrom: born, validUntil: beforeSix(born),
    facility: read.text('facility') || `Trạm y tế ${read.text('home')}`, reason: 'Cấp thẻ lần đầu cho trẻ em dưới 6 tuổi', changes: [],
  }
}

export const healthInsuranceCard: Mapping = (read, facts, corrections) => {
  if (read.raw.validity === undefined) return firstCard(read, facts, corrections)
  const of = read.raw.insured === 'child' ? 'child' : 'requester'
  const { from, to } = read.raw.validity as { from: string; to?: string }
  return {
    person: { name: read.text(`${of}.name`), birthDate: read.day(`${of}.birthDate`), gender: read.text(`${of}.sex`), idNumber: orNull(read.text(`${of}.citizenId`)) },
    insuranceNumber: read.text('insuranceNumber'), group: read.text('group'), validFrom: from, validUntil: to ?? null, facility: orNull(read.text('facility')), reason: read.text('reason'),
    changes: read.rows('changes').map((row) => ({ what: row('what'), old: row('old'), new: row('new') })),
  }
}

/** Where a matter has no form of its own, its paper names what was asked, in the words of the declaration. */
export const caseDecision: Mapping = (read, facts) => ({
  title: facts.result, procedure: facts.procedure, person: { name: read.text('requester.name'), idNumber: read.text('requester.citizenId') }, dossierCode: facts.dossierCode,
  rows: read.asked.filter((row) => !row.fieldId.startsWith('requester') && row.fieldId !== 'declaration' && row.answer !== '').map((row) => ({ label: row.question, value: row.answer })),
})

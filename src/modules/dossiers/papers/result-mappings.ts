import { formatDate } from '../../../platform/i18n.ts'
import { deathExtract, marriageCertificate, maritalStatusConfirmation } from './civil-status-results.ts'
import { buildingPermit, caseDecision, certifiedCopy, enterpriseCertificate, healthInsuranceCard, residence } from './other-results.ts'
import { orNull, type AnswerReader } from './result-parts.ts'

/** Facts of the dossier that a result names beside the answers. */
export interface ResultFacts {
  /** Civil date of drafting, 'YYYY-MM-DD'. */
  today: string
  agency: string
  dossierCode: string
  /** Names of the procedure and of its result. */
  procedure: string
  result: string
}

/** What the officer may correct while drafting, by name; a date as 'YYYY-MM-DD'. */
export type Corrections = Readonly<Record<string, string>>

export type Mapping = (read: AnswerReader, facts: ResultFacts, corrections: Corrections) => Record<string, unknown>

/** Classes of licence that are issued now (Law 36/2024/QH15, art. 57). */
export const issuedClasses: readonly string[] = ['A1', 'A', 'B1', 'B', 'C1', 'C', 'D1', 'D2', 'D', 'BE', 'C1E', 'CE', 'D1E', 'D2E', 'DE']

/** What a class of the time before 2025 becomes (the same law, art. 89); where it allows a choice, the smaller. Class A4 becomes none: it is exchanged for a certificate. */
const successors: Readonly<Record<string, string>> = { A2: 'A', A3: 'B1', A4: '', B11: 'B', B2: 'B', E: 'D', FB2: 'BE', FC: 'CE', FD: 'D2E', FE: 'DE' }
export const classNow = (licenceClass: string): string => successors[licenceClass] ?? licenceClass

/** Ten years, the validity of classes B and C1 (Law on Road Traffic Order and Safety 36/2024/QH15, art. 57). */
export function licenceValidUntil(today: string): string {
  return `${Number(today.slice(0, 4)) + 10}${today.slice(4) === '-02-29' ? '-02-28' : today.slice(4)}`
}

/** Classes of motorcycle licences do not expire (Law 36/2024/QH15, art. 57 clause 5). */
export const expires = (licenceClass: string): boolean => !/^A/.test(licenceClass)

const drivingLicence: Mapping = (read, facts, corrections) => {
  const licenceClass = corrections.licenceClass || read.text('licenceClass')
  const number = read.text('licenceNumber')
  return {
    authority: `Thủ trưởng ${facts.agency}`,
    bases: ['Căn cứ Luật Trật tự, an toàn giao thông đường bộ số 36/2024/QH15;', `Xét hồ sơ mã số ${facts.dossierCode} của ông (bà) ${read.text('applicantName')}.`],
    person: { name: read.text('applicantName'), birthDate: read.day('birthDate'), nationality: 'Việt Nam', personalId: read.text('applicantId'), residence: orNull(read.text('residence')) },
    previous: { number, class: read.text('licenceClass'), issuedOn: read.day('licenceIssued'), validUntil: read.day('licenceExpires') },
    licence: { number, class: licenceClass, issuedOn: facts.today, validUntil: expires(licenceClass) ? corrections.validUntil || licenceValidUntil(facts.today) : null },
    reason: read.text('reason').toLowerCase(),
    executors: facts.agency,
  }
}

const parent = (read: AnswerReader, who: 'mother' | 'father') => {
  if (read.text(`${who}Name`) === '') return null
  const birth = read.day(`${who}BirthDate`)
  return { name: read.text(`${who}Name`), birthYear: birth ? formatDate(birth) : '–', ethnicity: read.text(`${who}Ethnicity`) || '–', nationality: read.text(`${who}Nationality`) || '–', residence: read.text(`${who}Address`) || '–', idNumber: orNull(read.text(`${who}Id`)) }
}

const birthCertificate: Mapping = (read, facts, corrections) => ({
  child: {
    name: read.text('childName'), birthDate: read.day('childBirthDate'), gender: read.text('childSex'), ethnicity: read.text('childEthnicity'), nationality: read.text('childNationality'),
    birthPlace: [read.text('facilityName'), read.text('birthPlace')].filter(Boolean).join(', ') || '–', homeTown: read.text('hometown') || '–', personalId: orNull(corrections.personalId ?? ''),
  },
  mother: parent(read, 'mother'),
  father: parent(read, 'father'),
  declarant: { name: read.text('requesterName'), idNumber: orNull(read.text('requesterId')) },
  registeredAt: facts.agency,
  registeredOn: facts.today,
})

const householdBusiness: Mapping = (read, facts) => ({
  businessCode: `${read.text('ownerId')}-001`,
  firstRegisteredOn: facts.today,
  name: /^hộ kinh doanh /i.test(read.text('businessName')) ? read.text('businessName') : `Hộ kinh doanh ${read.text('businessName')}`,
  address: read.text('businessAddress'),
  phone: orNull(read.text('businessPhone') || read.text('phone')),
  email: orNull(read.text('email')),
  activities: read.entries('industries').map((e, i) => ({ name: String(e.name ?? ''), code: String(e.code ?? ''), main: i === 0 })),
  capital: read.number('capital'),
  foundedBy: read.raw.founder === 'household' ? 'family' : 'person',
  holder: { name: read.text('ownerName'), gender: read.text('ownerSex'), birthDate: read.day('ownerBirthDate'), ethnicity: 'Kinh', nationality: 'Việt Nam', personalId: read.text('ownerId'), residence: read.text('ownerAddress') },
  members: read.entries('members').map((e) => ({ name: String(e.name ?? ''), birthDate: String(e.birthDate ?? ''), personalId: String(e.citizenId ?? '') })),
})

/** From answers to the body of a result, by template. */
export const resultMappings = {
  'driving-licence-decision': drivingLicence, 'birth-certificate': birthCertificate, 'household-business-certificate': householdBusiness, 'death-extract': deathExtract, 'marriage-certificate': marriageCertificate,
  'marital-status-confirmation': maritalStatusConfirmation, 'residence-notice': residence, 'enterprise-certificate': enterpriseCertificate, 'building-permit': buildingPermit, 'certified-copy': certifiedCopy,
  'health-insurance-card': healthInsuranceCard, 'case-decision': caseDecision,
} as const
export type ResultTemplate = keyof typeof resultMappings
export const isResultTemplate = (name: string): name is ResultTemplate => Object.hasOwn(resultMappings, name)

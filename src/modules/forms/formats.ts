import type { Finding } from './rules.ts'

/** A shape that a text field can demand by name. Definitions name a format; only code may hold a pattern, so none can be slow or without a message. */
export interface Format {
  check(value: string): Finding | undefined
  findings: Finding[]
  /** For the API's schema. */
  pattern?: string
  numeric?: boolean
  /** Valid examples, for generated answers. */
  example(random: (below: number) => number): string
}

const digitsOf = (count: number, random: (below: number) => number): string => Array.from({ length: count }, () => random(10)).join('')

function patternFormat(pattern: RegExp, finding: Finding, example: Format['example'], numeric = false): Format {
  return { check: (value) => (pattern.test(value) ? undefined : finding), findings: [finding], pattern: pattern.source, numeric, example }
}

const forbiddenWords = ['công ty', 'doanh nghiệp']
const businessLetters = /^[\p{L}\p{M}\p{N} &.,'’()/+-]+$/u

export const formats: Readonly<Record<string, Format>> = {
  digits: patternFormat(/^[0-9]+$/, { rule: 'format.digits' }, (r) => digitsOf(6, r), true),
  /** Numbers of papers as agencies write them: `123/GCS-BVĐK`, `45/2024-KH`. */
  paperNumber: patternFormat(/^[\p{L}0-9][\p{L}0-9 ./-]*$/u, { rule: 'format.paperNumber' }, (r) => `${1 + r(899)}/${2020 + r(6)}`),
  /** A licence number ("số giấy phép lái xe"): 12 digits. */
  drivingLicence: patternFormat(/^[0-9]{12}$/, { rule: 'format.drivingLicence' }, (r) => `52${digitsOf(10, r)}`, true),
  /** Industry code of level four of the economic classification (Decision 36/2025/QĐ-TTg): 4 digits. */
  industryCode: patternFormat(/^[0-9]{4}$/, { rule: 'format.industryCode' }, (r) => ['4711', '4721', '5610', '5630', '9631', '1410', '4773', '9511'][r(8)]!, true),
  /**
   * The proper name of a household business, without the words "Hộ kinh doanh" before it. "Công ty" and "doanh nghiệp" are not allowed
   * (Decree 168/2025/NĐ-CP, naming of household businesses).
   */
  businessName: {
    check(value) {
      if (!businessLetters.test(value)) return { rule: 'format.businessNameLetters' }
      const plain = value.toLocaleLowerCase('vi')
      const word = forbiddenWords.find((w) => plain.includes(w))
      return word ? { rule: 'format.businessNameWord', params: { word } } : undefined
    },
    findings: [{ rule: 'format.businessNameLetters' }, ...forbiddenWords.map((word) => ({ rule: 'format.businessNameWord' as const, params: { word } }))],
    example: (r) => `${['Bánh mì', 'Tạp hóa', 'Cà phê', 'May đo', 'Sửa xe', 'Trà sữa'][r(6)]} ${['Phố Núi', 'Hoa Mai', 'An Phú', 'Biển Hồ', 'Ngọc Lan'][r(5)]} ${1 + r(99)}`,
  },
  /** The proper name of an enterprise, after the words for its kind (Law on Enterprises 2020, art. 37). */
  enterpriseName: patternFormat(businessLetters, { rule: 'format.businessNameLetters' }, (r) => `${['An Phú', 'Biển Hồ', 'Ngọc Lan', 'Hoa Mai', 'Phố Núi'][r(5)]} ${['Thương mại', 'Xây dựng', 'Nông sản', 'Cơ khí'][r(4)]} ${1 + r(999)}`),
}

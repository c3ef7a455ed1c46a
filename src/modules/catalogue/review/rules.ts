import { addWorkingDays, type Calendar } from '../../calendar/index.ts'
import { civilDate } from '../../../platform/i18n.ts'
import type { ProcedureInput } from '../content.ts'
import { repealedLaws } from './repealed-laws.ts'

/** A published version as the checks see it. */
export interface Reviewed {
  content: ProcedureInput
  decisionNumber: string | null
  decisionDate: string | null
  publishedAt: Date
  today: string
  calendar: Calendar
}

export const severities = ['error', 'warning', 'notice'] as const
export type Severity = (typeof severities)[number]
export type Params = Record<string, string | number>

export interface Rule {
  readonly code: string
  readonly severity: Severity
  /** Where the demand comes from. */
  readonly source: string
  /** Indicator of the national set that it belongs to. */
  readonly indicator?: '1.1' | '1.2' | '1.3'
  /** What is wrong, for the sentence of the finding; undefined when all is well or cannot be known. */
  check(version: Reviewed): Params | undefined
}

const decree63 = '63/2010/NĐ-CP, Điều 8 khoản 2'
const portal = '766/QĐ-TTg'
const catalogueRules = '42/2022/NĐ-CP; 118/2025/NĐ-CP'

const found = (is: boolean): Params | undefined => (is ? {} : undefined)
const counted = (count: number): Params | undefined => (count > 0 ? { count } : undefined)
const timeWord = /giờ|ngày|tháng|năm|tuần|phút|ngay|hour|day|month/i

/** Days that the publishing decision must lie before the newest legal basis takes effect, and that the entry may lie behind the decision: ministries and provinces. */
const ahead = { ministry: 20, province: 5 }
const behind = { ministry: 10, province: 5 }
const levelOf = (content: ProcedureInput): 'ministry' | 'province' => (content.owner?.code?.startsWith('H') ? 'province' : 'ministry')

/** 1.1: true, false, or undefined where the date of the decision or of the legal basis is not known. */
export function decidedInTime({ content, decisionDate, calendar }: Reviewed): boolean | undefined {
  const newest = content.legalBases.flatMap((l) => (l.effectiveOn ? [l.effectiveOn] : [])).sort().at(-1)
  if (!newest || !decisionDate) return undefined
  return addWorkingDays(calendar, decisionDate, ahead[levelOf(content)]) <= newest
}

/** 1.2: true, false, or undefined where the date of the decision is not known. */
export function publishedInTime({ content, decisionDate, publishedAt, calendar }: Reviewed): boolean | undefined {
  return decisionDate ? civilDate(publishedAt) <= addWorkingDays(calendar, decisionDate, behind[levelOf(content)]) : undefined
}

/** Every automatic check of the catalogue, as data: a new demand of the law is a new line. */
export const rules: readonly Rule[] = [
  { code: 'steps-missing', severity: 'error', source: decree63, indicator: '1.3', check: ({ content }) => found(content.steps.length === 0) },
  { code: 'methods-missing', severity: 'error', source: decree63, indicator: '1.3', check: ({ content }) => found(content.methods.length === 0) },
  { code: 'components-missing', severity: 'error', source: decree63, indicator: '1.3', check: ({ content }) => found(content.components.length === 0) },
  { code: 'component-count-missing', severity: 'error', source: decree63, indicator: '1.3', check: ({ content }) => counted(content.components.filter((c) => c.source !== 'we-fetch-it' && c.originals + c.copies === 0).length) },
  { code: 'limit-missing', severity: 'error', source: decree63, indicator: '1.3', check: ({ content }) => found(content.methods.length > 0 && content.methods.every((m) => !m.limit && !m.limitNote)) },
  { code: 'subjects-missing', severity: 'error', source: decree63, indicator: '1.3', check: ({ content }) => found(content.subjects.length === 0 && !content.subjectsNote) },
  { code: 'agency-missing', severity: 'error', source: decree63, indicator: '1.3', check: ({ content }) => found(content.agencies.executing.length + content.agencies.competent.length === 0) },
  { code: 'limit-without-unit', severity: 'warning', source: decree63, check: ({ content }) => counted(content.methods.filter((m) => !m.limit && m.limitNote && /\d/.test(m.limitNote.vi) && !timeWord.test(m.limitNote.vi)).length) },
  { code: 'fee-missing', severity: 'warning', source: decree63, check: ({ content }) => counted(content.methods.filter((m) => m.fees.length === 0).length) },
  { code: 'fee-without-amount', severity: 'warning', source: decree63, check: ({ content }) => counted(content.methods.flatMap((m) => m.fees).filter((f) => f.amount === null && !f.note).length) },
  { code: 'results-missing', severity: 'error', source: decree63, check: ({ content }) => found(content.results.length === 0) },
  { code: 'result-code-missing', severity: 'warning', source: catalogueRules, check: ({ content }) => counted(content.results.filter((r) => !r.code).length) },
  { code: 'law-missing', severity: 'error', source: decree63, check: ({ content }) => found(content.legalBases.length === 0) },
  { code: 'law-dead', severity: 'error', source: '63/2010/NĐ-CP, Điều 7', check: ({ content, today }) => {
    const dead = content.legalBases.flatMap((l) => { const r = repealedLaws.get(l.number); return r && r.on <= today ? [{ number: l.number, by: r.by }] : [] })
    return dead.length > 0 ? { count: dead.length, laws: dead.slice(0, 4).map((d) => `${d.number} (→ ${d.by})`).join('; ') } : undefined
  } },
  { code: 'owner-missing', severity: 'warning', source: catalogueRules, check: ({ content }) => found(!content.owner?.code) },
  { code: 'sector-missing', severity: 'warning', source: catalogueRules, check: ({ content }) => found(content.sector.code === 'chua-ro') },
  { code: 'decision-missing', severity: 'warning', source: '63/2010/NĐ-CP, Điều 15', check: ({ decisionNumber }) => found(decisionNumber === null) },
  { code: 'decision-date-missing', severity: 'notice', source: portal, check: ({ decisionNumber, decisionDate }) => found(decisionNumber !== null && decisionDate === null) },
  { code: 'law-dates-missing', severity: 'notice', source: portal, check: ({ content }) => found(content.legalBases.length > 0 && content.legalBases.every((l) => !l.effectiveOn)) },
  { code: 'decided-late', severity: 'error', source: `${portal}, 1.1`, indicator: '1.1', check: (v) => (decidedInTime(v) === false ? { days: ahead[levelOf(v.content)] } : undefined) },
  { code: 'published-late', severity: 'error', source: `${portal}, 1.2`, indicator: '1.2', check: (v) => (publishedInTime(v) === false ? { days: behind[levelOf(v.content)] } : undefined) },
  { code: 'levels-missing', severity: 'warning', source: decree63, check: ({ content }) => found(content.levels.length === 0) },
  { code: 'text-unsorted', severity: 'warning', source: catalogueRules, check: ({ content }) => counted(Object.keys(content.remainder ?? {}).length) },
  { code: 'name-long', severity: 'notice', source: '02/2017/TT-VPCP', check: ({ content }) => (content.name.vi.length > 300 ? { count: content.name.vi.length } : undefined) },
  { code: 'english-missing', severity: 'notice', source: '42/2022/NĐ-CP', check: ({ content }) => found(content.name.en === undefined) },
]

export const ruleOf = (code: string): Rule | undefined => rules.find((r) => r.code === code)
/** Codes of a finding's rule: the automatic ones, and what a person wrote. */
export const ruleCodes: readonly string[] = [...rules.map((r) => r.code), 'manual']

export interface Verdict { findings: { rule: string; severity: Severity; params: Params }[]; complete: boolean; decidedInTime: boolean | null; publishedInTime: boolean | null }

/** All that the rules find in one version, and its indicators. */
export function reviewVersion(version: Reviewed): Verdict {
  const findings = rules.flatMap((rule) => {
    const params = rule.check(version)
    return params ? [{ rule: rule.code, severity: rule.severity, params }] : []
  })
  const complete = !findings.some((f) => ruleOf(f.rule)!.indicator === '1.3')
  return { findings, complete, decidedInTime: decidedInTime(version) ?? null, publishedInTime: publishedInTime(version) ?? null }
}

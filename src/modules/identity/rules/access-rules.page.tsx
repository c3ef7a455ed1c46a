import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../platform/http/route.ts'
import { civilDate, formatDate } from '../../../platform/i18n.ts'
import { BackLink, Button, Checkboxes, emptyDate, ErrorSummary, fieldErrors, Form, joinDate, LinkButton, readDateParts, Table, TextInput, usePage, type DateParts } from '../../../ui/index.ts'
import { accessRule, type AccessRule, type Audience } from '../access/access-rule.ts'
import { proved } from '../officers/pages/proved.tsx'
import { administratorsWithCertificate, listAccessRules, type DatedAccessRule } from './access-rule.store.ts'
import { Proposals, postDecision, readWaiting, RuleDone, RuleFields, type Waiting } from './proposal-view.tsx'
import { checkRuleInput, proposeRule } from './propose-rule.ts'
import type { RuleChange } from './rule-proposal.ts'

export const accessRulesPath = '/admin/access-rules'
const newPath = '/admin/access-rules/new'
const access = { permission: 'identity.access-rules' } as const

/** Limits of officers' accounts and sessions: what holds when by which standard, and new ones from a later day, by two administrators. */
export const accessRuleRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/access-rules', access, handler: show },
  { method: 'GET', path: '/admin/access-rules/new', access, handler: proved((req) => showNew(req)) },
  { method: 'POST', path: '/admin/access-rules/new', access, handler: proved(propose) },
  { method: 'POST', path: '/admin/access-rules/:id/decide', access, handler: proved((req) => postDecision(req, ['access-rule'], accessRulesPath)) },
]

const audiences: readonly Audience[] = ['officer', 'administrator']
/** Least and greatest value of each limit that may be proposed; what lies beyond would be a slip of the finger or no limit at all. */
const bounds = {
  idleMinutes: [1, 60], longestHours: [1, 24], parallelSessions: [1, 20], failures: [1, 20], blockMinutes: [1, 1440], passwordLength: [8, 64], unusedDays: [7, 365], unusedNoticeDays: [1, 60], reviewMonths: [1, 12], requestDays: [1, 60], proofMinutes: [1, 240],
} as const satisfies Partial<Record<keyof AccessRule, readonly [number, number]>>
type Limit = keyof typeof bounds
const limits = Object.keys(bounds) as Limit[]

async function show(req: Req): Promise<Reply> {
  const { ctx } = req
  const [rules, waiting] = await Promise.all([listAccessRules(ctx.db), readWaiting(req, ['access-rule'])])
  return page(<List rules={rules} waiting={waiting} today={civilDate(ctx.now)} done={req.query.done} />, { title: ctx.t('identity.rules.access.title'), layout: 'desk' })
}

function List({ rules, waiting, today, done }: { rules: DatedAccessRule[]; waiting: Waiting[]; today: string; done: string | undefined }): VNode {
  const { t } = usePage()
  const words = (change: RuleChange) => (change.kind === 'access-rule' ? [{ key: t('identity.rules.access.audience'), value: t(`identity.rules.audience.${change.limits.audience}`) }, ...limits.map((l) => ({ key: t(`identity.rules.limit.${l}`), value: String(change.limits[l]) })), { key: t('identity.rules.limit.needsCertificate'), value: t(`identity.rules.yes.${change.limits.needsCertificate}`) }] : [])
  return (
    <>
      <RuleDone what={done} />
      <h1 class="govuk-heading-l">{t('identity.rules.access.title')}</h1>
      <p class="govuk-body">{t('identity.rules.access.lead')}</p>
      <Proposals waiting={waiting} action={(id) => `${accessRulesPath}/${id}/decide`} words={words} />
      {audiences.map((audience) => (
        <>
          <Periods audience={audience} rules={rules.filter((r) => r.audience === audience)} today={today} />
          <p class="govuk-body"><LinkButton kind="secondary" href={`${newPath}?audience=${audience}`}>{t(`identity.rules.access.new.${audience}`)}</LinkButton></p>
        </>
      ))}
    </>
  )
}

/** One column for each period: what changed is seen by looking across. */
function Periods({ audience, rules, today }: { audience: Audience; rules: DatedAccessRule[]; today: string }): VNode {
  const { t } = usePage()
  const isNow = (r: DatedAccessRule): boolean => r.validFrom <= today && (r.validTo === null || r.validTo > today)
  const period = (r: DatedAccessRule): string => `${t(r.validTo ? 'identity.rules.period' : 'identity.rules.period_open', { from: formatDate(r.validFrom), to: r.validTo ? formatDate(r.validTo) : '' })}${isNow(r) ? ` (${t('identity.rules.now')})` : ''}`
  return (
    <Table caption={t(`identity.rules.audience.${audience}`)} wide columns={[{ header: t('identity.rules.access.limit') }, ...rules.map((r) => ({ header: period(r) }))]}
      rows={[
        ...limits.map((l) => [t(`identity.rules.limit.${l}`), ...rules.map((r) => String(r[l]))]),
        [t('identity.rules.limit.needsCertificate'), ...rules.map((r) => t(`identity.rules.yes.${r.needsCertificate}`))], [t('identity.rules.basis'), ...rules.map((r) => r.basis)],
      ]} />
  )
}

const audienceOf = (req: Req): Audience => audiences.find((a) => a === (req.form.get('audience') || req.query.audience)) ?? 'officer'

interface Typed { values: Record<Limit, string>; needsCertificate: boolean; from: DateParts; basis: string }

async function showNew(req: Req, typed?: Typed, mistakes: FieldError[] = []): Promise<Reply> {
  const { ctx } = req
  const audience = audienceOf(req)
  const current = await accessRule(ctx.db, audience, ctx.now)
  const shown = typed ?? { values: Object.fromEntries(limits.map((l) => [l, String(current[l])])) as Record<Limit, string>, needsCertificate: current.needsCertificate, from: emptyDate, basis: '' }
  return page(<New audience={audience} typed={shown} mistakes={mistakes} />, { title: ctx.t(`identity.rules.access.new.${audience}`), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

async function propose(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const typed = readTyped(form)
  const rule = { validFrom: joinDate(typed.from), basis: typed.basis }
  const numbers = Object.fromEntries(limits.map((l) => [l, Number(typed.values[l])])) as Record<Limit, number>
  const mistakes = [...checkLimits(typed.values, numbers), ...checkRuleInput({ ...rule, confirmed: form.get('confirmed') === 'yes' }, ctx.now)]
  // Otherwise nobody could administer any more, nor change this rule.
  if (typed.needsCertificate && (await administratorsWithCertificate(ctx.db, ctx.node.config.code, ctx.now)) < 2) mistakes.unshift({ field: 'needsCertificate', key: 'identity.rules.wrong.certificates' })
  if (mistakes.length > 0) return showNew(req, typed, mistakes)
  await proposeRule(ctx, { kind: 'access-rule', limits: { audience: audienceOf(req), ...numbers, needsCertificate: typed.needsCertificate } }, { validFrom: rule.validFrom!, basis: rule.basis })
  return redirect(`${accessRulesPath}?done=proposed`)
}

function readTyped(form: FormBody): Typed {
  return { values: Object.fromEntries(limits.map((l) => [l, form.get(l)])) as Record<Limit, string>, needsCertificate: form.get('needsCertificate') === 'yes', from: readDateParts(form, 'from'), basis: form.get('basis') }
}

function checkLimits(values: Record<Limit, string>, numbers: Record<Limit, number>): FieldError[] {
  const outside = limits.filter((l) => !/^\d{1,4}$/.test(values[l]) || numbers[l] < bounds[l][0] || numbers[l] > bounds[l][1])
  const mistakes: FieldError[] = outside.map((field) => ({ field, key: 'identity.rules.wrong.number', params: { least: bounds[field][0], most: bounds[field][1] } }))
  // A review begins in a month of the year, so its length divides twelve.
  if (!outside.includes('reviewMonths') && 12 % numbers.reviewMonths !== 0) mistakes.push({ field: 'reviewMonths', key: 'identity.rules.wrong.months' })
  if (mistakes.length === 0 && numbers.unusedNoticeDays > numbers.unusedDays) mistakes.push({ field: 'unusedNoticeDays', key: 'identity.rules.wrong.notice' })
  return mistakes
}

function New({ audience, typed, mistakes }: { audience: Audience; typed: Typed; mistakes: FieldError[] }): VNode {
  const { t } = usePage()
  const sentences = fieldErrors(mistakes, t)
  return (
    <>
      <BackLink href={accessRulesPath}>{t('identity.rules.access.title')}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t(`identity.rules.access.new.${audience}`)}</h1>
      <p class="govuk-body">{t('identity.rules.two_persons')}</p>
      <Form action={newPath} hidden={{ audience }}>
        {limits.map((l) => <TextInput name={l} label={t(`identity.rules.limit.${l}`)} value={typed.values[l]} error={sentences.of(l)} inputMode="numeric" width={4} />)}
        {audience === 'administrator' && <Checkboxes name="needsCertificate" label={t('identity.rules.limit.needsCertificate')} error={sentences.of('needsCertificate')} values={typed.needsCertificate ? ['yes'] : []} options={[{ value: 'yes', text: t('identity.rules.access.certificate'), hint: t('identity.rules.access.certificate_hint') }]} />}
        <RuleFields from={typed.from} basis={typed.basis} of={sentences.of} />
        <Button>{t('identity.rules.propose')}</Button>
      </Form>
    </>
  )
}

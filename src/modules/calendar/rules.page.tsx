import type { VNode } from 'preact'
import type { FieldError } from '../../platform/errors.ts'
import { page, redirect, type Reply } from '../../platform/http/reply.ts'
import type { Req, Route } from '../../platform/http/route.ts'
import { civilDate, formatDate } from '../../platform/i18n.ts'
import { BackLink, Button, Checkboxes, DateInput, emptyDate, ErrorSummary, fieldErrors, Form, joinDate, LinkButton, Radios, readDateParts, Table, Textarea, TextInput, usePage, type DateParts } from '../../ui/index.ts'
import { errors } from './calendar.errors.ts'
import { changeHref, hoursPath, newRulesPath, removeRulesPath } from './hrefs.ts'
import { loadCalendar } from './load-calendar.ts'
import { isCalendarDate, longest } from './override-day.ts'
import { proposeChange } from './propose-change.ts'
import { ruleNames, supplementEffects, type RuleSet, type Rules } from './rule-set.ts'
import { clockWords, readClock } from './session-words.ts'
import type { NewRuleSet } from './set-rules.ts'

const stopReasons = ['supplement', 'payment'] as const
/** Least and greatest number that is no slip of the finger. */
const bounds = { workingDayHours: [1, 24], firstReactionHours: [1, 80], extensions: [0, 5], extensionNoticeDays: [0, 30] } as const
type Counted = keyof typeof bounds
const counted = Object.keys(bounds) as Counted[]
const codePattern = /^[a-z0-9][a-z0-9-]{1,39}$/

/** New rules of time limits ("quy tắc tính thời hạn"), proposed with their ground and confirmed where they are shown. */
export const rulesRoutes: Route[] = [
  { method: 'GET', path: newRulesPath, access: { permission: 'calendar.manage' }, handler: async (req) => show(req, begin((await loadCalendar(req.ctx.db)).ruleSets.at(-1)!), []) },
  { method: 'POST', path: newRulesPath, access: { permission: 'calendar.manage' }, handler: async (req) => {
    const typed = readTyped(req)
    const { ruleSets } = await loadCalendar(req.ctx.db)
    const mistakes = check(typed, ruleSets, civilDate(req.ctx.now))
    if (mistakes.length > 0) return show(req, typed, mistakes)
    return redirect(changeHref(await proposeChange(req.ctx, { kind: 'rules', data: rulesOf(typed) })))
  } },
  { method: 'POST', path: removeRulesPath, access: { permission: 'calendar.manage' }, handler: async ({ ctx, form }) => {
    const set = (await loadCalendar(ctx.db)).ruleSets.find((one) => one.code === form.get('code') && isToCome(one, civilDate(ctx.now)))
    if (!set) throw errors.RULES_NOT_FOUND()
    return redirect(changeHref(await proposeChange(ctx, { kind: 'remove-rules', data: { code: set.code, validFrom: set.validFrom, title: set.title } })))
  } },
]

export const isToCome = (set: Pick<RuleSet, 'validFrom' | 'validTo'>, today: string): boolean => set.validFrom > today && set.validTo === null

interface Typed { code: string; title: string; validFrom: DateParts; inDayCutoff: string; numbers: Record<Counted, string>; stops: string[]; afterSupplement: string; articles: Record<string, string> }

/** Begins with what holds now: a new law changes one rule or two. */
function begin({ rules, articles }: RuleSet): Typed {
  return {
    code: '', title: '', validFrom: emptyDate, inDayCutoff: clockWords(rules.inDayCutoff), stops: [...rules.stops], afterSupplement: rules.afterSupplement,
    numbers: Object.fromEntries(counted.map((name) => [name, String(rules[name])])) as Record<Counted, string>, articles: Object.fromEntries(ruleNames.map((name) => [name, articles[name] ?? ''])),
  }
}

function readTyped({ form }: Req): Typed {
  return {
    code: form.get('code').trim(), title: form.get('title').trim(), validFrom: readDateParts(form, 'validFrom'), inDayCutoff: form.get('inDayCutoff').trim(), stops: form.all('stops'), afterSupplement: form.get('afterSupplement'),
    numbers: Object.fromEntries(counted.map((name) => [name, form.get(name).trim()])) as Record<Counted, string>, articles: Object.fromEntries(ruleNames.map((name) => [name, form.get(`article-${name}`).trim()])),
  }
}

function check(typed: Typed, ruleSets: readonly RuleSet[], today: string): FieldError[] {
  const from = joinDate(typed.validFrom) ?? ''
  const last = ruleSets.at(-1)!.validFrom
  const mistakes: FieldError[] = []
  const wrong = (field: string, key: string, params?: Record<string, string | number>): void => void mistakes.push({ field, key, ...(params && { params }) })
  if (typed.title === '' || [...typed.title].length > longest) wrong('title', 'calendar.newRules.invalid.title')
  if (!codePattern.test(typed.code)) wrong('code', 'calendar.newRules.invalid.code')
  else if (ruleSets.some((set) => set.code === typed.code)) wrong('code', 'calendar.newRules.invalid.codeTaken')
  if (!isCalendarDate(from)) wrong('validFrom', 'calendar.invalid.date')
  else if (from <= today || from <= last) wrong('validFrom', 'calendar.newRules.invalid.day', { after: formatDate(today > last ? today : last) })
  if (readClock(typed.inDayCutoff) === undefined) wrong('inDayCutoff', 'calendar.newRules.invalid.clock')
  for (const name of counted) {
    const [least, most] = bounds[name]
    if (!/^\d{1,2}$/.test(typed.numbers[name]) || Number(typed.numbers[name]) < least || Number(typed.numbers[name]) > most) wrong(name, 'calendar.newRules.invalid.number', { least, most })
  }
  if (!supplementEffects.some((effect) => effect === typed.afterSupplement)) wrong('afterSupplement', 'calendar.newRules.invalid.effect')
  for (const name of ruleNames) if (typed.articles[name] === '' || [...typed.articles[name]!].length > longest) wrong(`article-${name}`, 'calendar.newRules.invalid.article')
  return mistakes
}

function rulesOf(typed: Typed): NewRuleSet {
  const number = (name: Counted): number => Number(typed.numbers[name])
  const rules: Rules = {
    inDayCutoff: readClock(typed.inDayCutoff)!, workingDayHours: number('workingDayHours'), firstReactionHours: number('firstReactionHours'), stops: stopReasons.filter((reason) => typed.stops.includes(reason)),
    afterSupplement: supplementEffects.find((effect) => effect === typed.afterSupplement)!, extensions: number('extensions'), extensionNoticeDays: number('extensionNoticeDays'),
  }
  return { code: typed.code, title: typed.title, validFrom: joinDate(typed.validFrom)!, rules, articles: typed.articles }
}

function show(req: Req, typed: Typed, mistakes: FieldError[]): Reply {
  return page(<NewRules typed={typed} mistakes={mistakes} />, { title: req.ctx.t('calendar.newRules.title'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

function NewRules({ typed, mistakes }: { typed: Typed; mistakes: FieldError[] }): VNode {
  const { t } = usePage()
  const { of } = fieldErrors(mistakes, t)
  const number = (name: Counted): VNode => <TextInput name={name} label={t(`calendar.newRules.${name}`)} value={typed.numbers[name]} error={of(name)} inputMode="numeric" width={3} />
  return (
    <>
      <BackLink href={hoursPath}>{t('calendar.hours.title')}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('calendar.newRules.title')}</h1>
      <p class="govuk-body">{t('calendar.newRules.lead')}</p>
      <Form action={newRulesPath}>
        <TextInput name="title" label={t('calendar.newRules.instrument')} hint={t('calendar.newRules.instrumentHint')} value={typed.title} error={of('title')} width="two-thirds" />
        <TextInput name="code" label={t('calendar.newRules.code')} hint={t('calendar.newRules.codeHint')} value={typed.code} error={of('code')} width={20} spellcheck={false} />
        <DateInput name="validFrom" label={t('calendar.newRules.from')} hint={t('calendar.newRules.fromHint')} value={typed.validFrom} error={of('validFrom')} />
        <TextInput name="inDayCutoff" label={t('calendar.newRules.inDayCutoff')} hint={t('calendar.newRules.inDayCutoffHint')} value={typed.inDayCutoff} error={of('inDayCutoff')} width={5} />
        {number('workingDayHours')}
        {number('firstReactionHours')}
        <Checkboxes name="stops" label={t('calendar.newRules.stops')} values={typed.stops} options={stopReasons.map((value) => ({ value, text: t(`calendar.newRules.stop.${value}`) }))} />
        <Radios name="afterSupplement" label={t('calendar.rule.afterSupplement')} value={typed.afterSupplement} error={of('afterSupplement')} options={supplementEffects.map((value) => ({ value, text: t(`calendar.rules.after.${value}`) }))} />
        {number('extensions')}
        {number('extensionNoticeDays')}
        <h2 class="govuk-heading-m">{t('calendar.newRules.articles')}</h2>
        {ruleNames.map((name) => <Textarea name={`article-${name}`} label={t(`calendar.rule.${name}`)} value={typed.articles[name]} error={of(`article-${name}`)} rows={2} />)}
        <Button>{t('calendar.newRules.look')}</Button>
      </Form>
    </>
  )
}

/** The sets of rules, the newest first, each rule with its ground; a set that has not begun can be taken back. */
export function RuleSets({ ruleSets, today }: { ruleSets: readonly RuleSet[]; today: string }): VNode {
  const { t } = usePage()
  return (
    <>
      <h2 class="govuk-heading-m">{t('calendar.rules.title')}</h2>
      <p class="govuk-body"><LinkButton kind="secondary" href={newRulesPath}>{t('calendar.newRules.title')}</LinkButton></p>
      {ruleSets.toReversed().map((set) => (
        <>
          <RulesTable {...set} />
          {isToCome(set, today) && <Form action={removeRulesPath} hidden={{ code: set.code }}><Button kind="secondary" about={set.title}>{t('calendar.newRules.takeBack')}</Button></Form>}
        </>
      ))}
    </>
  )
}

/** What a set says, rule by rule, with the article. */
export function RulesTable({ title, validFrom, validTo = null, rules: r, articles }: Omit<RuleSet, 'code' | 'validTo'> & { validTo?: string | null }): VNode {
  const { t } = usePage()
  const caption = validTo ? t('calendar.rules.period', { title, from: formatDate(validFrom), to: formatDate(validTo) }) : t('calendar.rules.since', { title, from: formatDate(validFrom) })
  const says: Readonly<Record<string, string>> = {
    start: t('calendar.rules.start'), end: t('calendar.rules.end'), workingDays: t('calendar.rules.workingDays', { hours: r.workingDayHours }), inDayCutoff: t('calendar.rules.inDayCutoff', { at: clockWords(r.inDayCutoff) }),
    firstReaction: t('calendar.rules.firstReaction', { hours: r.firstReactionHours }), stops: r.stops.length === 0 ? t('calendar.rules.stopsNothing') : r.stops.length === 2 ? t('calendar.rules.stops') : t(`calendar.newRules.stop.${r.stops[0]!}`),
    afterSupplement: t(`calendar.rules.after.${r.afterSupplement}`), extensions: t('calendar.rules.extensions', { count: r.extensions, days: r.extensionNoticeDays }),
  }
  return <Table caption={caption} columns={['rule', 'says', 'article'].map((name) => ({ header: t(`calendar.rules.column.${name}`) }))} rows={ruleNames.map((rule) => [t(`calendar.rule.${rule}`), says[rule] ?? '', articles[rule] ?? ''])} wide />
}

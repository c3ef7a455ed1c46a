import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { civilDate, formatDate } from '../../../../platform/i18n.ts'
import { Button, DateInput, emptyDate, ErrorSummary, fieldErrors, Form, NotificationBanner, readDateParts, Table, TextInput, usePage } from '../../../../ui/index.ts'
import { removeWarningRule, setWarningRule, type TypedRule } from '../set-warning-rule.ts'
import { levels, listWarningRules, type Level, type WarningRule } from '../warning.store.ts'
import { removeWarningRulePath, warningRulesPath } from './hrefs.ts'

const access = { permission: 'calendar.manage' } as const

/** Rules of warnings ("quy định cảnh báo trước hạn"): those that held, hold and will, and the box for the next. */
export const warningRuleRoutes: Route[] = [
  { method: 'GET', path: warningRulesPath, access, handler: async (req) => show(req, begin((await listWarningRules(req.ctx.db)).at(-1)), []) },
  { method: 'POST', path: warningRulesPath, access, handler: async (req) => {
    const typed = readTyped(req)
    const mistakes = await setWarningRule(req.ctx, typed)
    return mistakes.length > 0 ? show(req, typed, mistakes) : redirect(`${warningRulesPath}?saved=1`)
  } },
  { method: 'POST', path: removeWarningRulePath, access, handler: async (req) => {
    await removeWarningRule(req.ctx, req.form.get('code'))
    return redirect(`${warningRulesPath}?saved=1`)
  } },
]

/** Begins with the hours of the last rule: a new instrument changes one or two. */
function begin(last: WarningRule | undefined): TypedRule {
  return { code: '', title: '', validFrom: emptyDate, hours: Object.fromEntries(levels.map((level) => [level, String(last?.hours[level] ?? '')])) as Record<Level, string> }
}

function readTyped({ form }: Req): TypedRule {
  return { code: form.get('code').trim(), title: form.get('title').trim(), validFrom: readDateParts(form, 'validFrom'), hours: Object.fromEntries(levels.map((level) => [level, form.get(level).trim()])) as Record<Level, string> }
}

async function show(req: Req, typed: TypedRule, mistakes: FieldError[]): Promise<Reply> {
  const rules = await listWarningRules(req.ctx.db)
  return page(<Rules {...{ rules, typed, mistakes }} today={civilDate(req.ctx.now)} isSaved={req.query.saved === '1'} />, { title: req.ctx.t('dossiers.warning.title'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

interface Props { rules: readonly WarningRule[]; typed: TypedRule; mistakes: FieldError[]; today: string; isSaved: boolean }

function Rules({ rules, typed, mistakes, today, isSaved }: Props): VNode {
  const { t } = usePage()
  const wrong = fieldErrors(mistakes, t)
  const words = (hours: number | null): string => (hours === null ? t('dossiers.warning.nobody') : t('dossiers.warning.hours', { count: hours }))
  return (
    <>
      <ErrorSummary errors={mistakes} />
      {isSaved && <NotificationBanner type="success"><p class="govuk-notification-banner__heading">{t('dossiers.warning.saved')}</p></NotificationBanner>}
      <h1 class="govuk-heading-l">{t('dossiers.warning.title')}</h1>
      <p class="govuk-body">{t('dossiers.warning.lead')}</p>
      <Table wide caption={t('dossiers.warning.title')} captionHidden columns={[{ header: t('dossiers.warning.instrument') }, { header: t('dossiers.warning.from') }, { header: t('dossiers.warning.to') }, ...levels.map((level) => ({ header: t(`dossiers.warning.level.${level}`) })), { header: t('dossiers.warning.action') }]}
        rows={rules.toReversed().map((rule) => [
          rule.title, formatDate(rule.validFrom), rule.validTo ? formatDate(rule.validTo) : '–', ...levels.map((level) => words(rule.hours[level])),
          rule.validFrom > today && rule.validTo === null ? <Form action={removeWarningRulePath} hidden={{ code: rule.code }}><Button kind="link" about={rule.title}>{t('dossiers.warning.takeBack')}</Button></Form> : '–',
        ])} />
      <Form action={warningRulesPath}>
        <h2 class="govuk-heading-m">{t('dossiers.warning.new')}</h2>
        <TextInput name="title" label={t('dossiers.warning.instrument')} hint={t('dossiers.warning.instrumentHint')} value={typed.title} error={wrong.of('title')} width="two-thirds" />
        <TextInput name="code" label={t('dossiers.warning.code')} hint={t('dossiers.warning.codeHint')} value={typed.code} error={wrong.of('code')} width={20} spellcheck={false} />
        <DateInput name="validFrom" label={t('dossiers.warning.from')} hint={t('dossiers.warning.fromHint')} value={typed.validFrom} error={wrong.of('validFrom')} />
        {levels.map((level) => <TextInput name={level} label={t(`dossiers.warning.level.${level}`)} hint={t(`dossiers.warning.levelHint.${level}`)} value={typed.hours[level]} error={wrong.of(level)} inputMode="numeric" width={5} suffix={t('dossiers.warning.suffix')} />)}
        <Button>{t('dossiers.warning.save')}</Button>
      </Form>
    </>
  )
}

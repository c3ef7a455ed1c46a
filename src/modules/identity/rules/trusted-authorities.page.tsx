import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { civilDate, formatDate } from '../../../platform/i18n.ts'
import { BackLink, Button, EmptyState, ErrorSummary, fieldErrors, Form, joinDate, LinkButton, readDateParts, SummaryList, Tag, usePage, WarningText } from '../../../ui/index.ts'
import { describeCertificate, inPairs } from '../certificates/describe-certificate.ts'
import { listAuthorities, type AuthorityPeriod } from '../certificates/trusted-authority.store.ts'
import { errors } from '../identity.errors.ts'
import { proved } from '../officers/pages/proved.tsx'
import { Proposals, postDecision, readWaiting, RuleDone, RuleFields, type Waiting } from './proposal-view.tsx'
import { checkRuleInput, proposeRule } from './propose-rule.ts'
import type { RuleChange } from './rule-proposal.ts'

export const authoritiesPath = '/admin/trusted-authorities'
export const authorityAccess = { permission: 'identity.trusted-authorities' } as const
const kinds = ['trust', 'distrust'] as const

/** Whose certificates count here, from when to when; a new one and an end are proposed by one administrator and decided by another. */
export const authorityRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/trusted-authorities', access: authorityAccess, handler: show },
  { method: 'GET', path: '/admin/trusted-authorities/:id/close', access: authorityAccess, handler: proved((req) => showClose(req, [])) },
  { method: 'POST', path: '/admin/trusted-authorities/:id/close', access: authorityAccess, handler: proved(close) },
  { method: 'POST', path: '/admin/trusted-authorities/:id/decide', access: authorityAccess, handler: proved((req) => postDecision(req, kinds, authoritiesPath)) },
]

async function show(req: Req): Promise<Reply> {
  const { ctx } = req
  const [authorities, waiting] = await Promise.all([listAuthorities(ctx.db), readWaiting(req, kinds)])
  return page(<List authorities={authorities} waiting={waiting} today={civilDate(ctx.now)} done={req.query.done} />, { title: ctx.t('identity.rules.authorities.title'), layout: 'desk' })
}

function List({ authorities, waiting, today, done }: { authorities: AuthorityPeriod[]; waiting: Waiting[]; today: string; done: string | undefined }): VNode {
  const { t } = usePage()
  return (
    <>
      <RuleDone what={done} />
      <h1 class="govuk-heading-l">{t('identity.rules.authorities.title')}</h1>
      <p class="govuk-body">{t('identity.rules.authorities.lead')}</p>
      <p class="govuk-body"><LinkButton href={`${authoritiesPath}/new`}>{t('identity.rules.authorities.new')}</LinkButton></p>
      <Proposals waiting={waiting} action={(id) => `${authoritiesPath}/${id}/decide`} words={(change) => changeWords(t, change, authorities)} />
      {authorities.length === 0 ? <EmptyState title={t('identity.rules.authorities.none')} /> : authorities.map((a) => <One authority={a} today={today} />)}
    </>
  )
}

type Words = { key: string; value: string }[]

function changeWords(t: Req['ctx']['t'], change: RuleChange, authorities: AuthorityPeriod[]): Words {
  if (change.kind === 'distrust') {
    const a = authorities.find((one) => one.id === change.authorityId)
    return a ? [{ key: t('identity.rules.authorities.name'), value: a.name }, { key: t('identity.certificate.words.fingerprint'), value: inPairs(a.fingerprint) }] : []
  }
  if (change.kind !== 'trust') return []
  const words = describeCertificate(change.pem)
  return [
    { key: t('identity.rules.authorities.name'), value: change.name }, { key: t('identity.rules.authorities.purposes'), value: purposeWords(t, change.purposes) }, { key: t('identity.rules.authorities.list'), value: change.revocationUrl },
    ...(change.softwarePolicies.length > 0 ? [{ key: t('identity.rules.authorities.policies'), value: change.softwarePolicies.join(', ') }] : []),
    ...(words ? [{ key: t('identity.certificate.words.holder'), value: words.holder }, { key: t('identity.certificate.words.issuer'), value: words.issuer }, { key: t('identity.certificate.words.validity'), value: t('identity.certificate.words.from_to', { from: formatDate(civilDate(words.from)), to: formatDate(civilDate(words.to)) }) }, { key: t('identity.certificate.words.fingerprint'), value: words.fingerprint }] : []),
  ]
}

const purposeWords = (t: Req['ctx']['t'], purposes: readonly string[]): string => (purposes.length === 0 ? t('identity.rules.authorities.root') : purposes.map((p) => t(`identity.rules.vouched.${p}`)).join(', '))
const periodWords = (t: Req['ctx']['t'], a: AuthorityPeriod): string => t(a.validTo ? 'identity.rules.period' : 'identity.rules.period_open', { from: formatDate(a.validFrom), to: a.validTo ? formatDate(a.validTo) : '' })

function One({ authority: a, today }: { authority: AuthorityPeriod; today: string }): VNode {
  const { t } = usePage()
  const state = a.validTo !== null && a.validTo <= today ? 'over' : a.validFrom > today ? 'planned' : 'now'
  return (
    <SummaryList card={{ title: a.name, level: 2, ...(a.validTo === null ? { actions: [{ href: `${authoritiesPath}/${a.id}/close`, text: t('identity.rules.authorities.close'), about: a.name }] } : {}) }} rows={[
      { key: t('identity.officers.column.state'), value: <><Tag tone={state === 'now' ? 'done' : 'neutral'}>{t(`identity.rules.state.${state}`)}</Tag> {periodWords(t, a)}</> },
      { key: t('identity.rules.authorities.purposes'), value: purposeWords(t, a.purposes) },
      { key: t('identity.rules.authorities.list'), value: a.revocationUrl },
      ...(a.softwarePolicies.length > 0 ? [{ key: t('identity.rules.authorities.policies'), value: a.softwarePolicies.join(', ') }] : []),
      { key: t('identity.certificate.words.fingerprint'), value: inPairs(a.fingerprint) },
      { key: t('identity.rules.basis'), value: a.basis },
    ]} />
  )
}

async function openAuthority(req: Req): Promise<AuthorityPeriod> {
  const found = (await listAuthorities(req.ctx.db)).find((a) => a.id === req.params.id && a.validTo === null)
  if (!found) throw errors.AUTHORITY_NOT_FOUND()
  return found
}

async function showClose(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const authority = await openAuthority(req)
  return page(<Close authority={authority} mistakes={mistakes} form={req.form} />, { title: req.ctx.t('identity.rules.authorities.close'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

async function close(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const authority = await openAuthority(req)
  const validFrom = joinDate(readDateParts(form, 'from'))
  const basis = form.get('basis')
  const mistakes = checkRuleInput({ validFrom, basis, confirmed: form.get('confirmed') === 'yes' }, ctx.now)
  if (mistakes.length > 0) return showClose(req, mistakes)
  await proposeRule(ctx, { kind: 'distrust', authorityId: authority.id }, { validFrom: validFrom!, basis })
  return redirect(`${authoritiesPath}?done=proposed`)
}

function Close({ authority, mistakes, form }: { authority: AuthorityPeriod; mistakes: FieldError[]; form: Req['form'] }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={authoritiesPath}>{t('identity.rules.authorities.title')}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{authority.name}</span>{t('identity.rules.authorities.close')}</h1>
      <WarningText>{t('identity.rules.authorities.close_follows')}</WarningText>
      <p class="govuk-body">{t('identity.rules.two_persons')}</p>
      <Form action={`${authoritiesPath}/${authority.id}/close`}>
        <RuleFields from={readDateParts(form, 'from')} basis={form.get('basis')} of={fieldErrors(mistakes, t).of} />
        <Button kind="warning">{t('identity.rules.propose')}</Button>
      </Form>
    </>
  )
}

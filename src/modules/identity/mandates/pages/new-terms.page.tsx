import type { VNode } from 'preact'
import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { civilDate } from '../../../../platform/i18n.ts'
import { BackLink, Button, Checkboxes, DateInput, ErrorSummary, fieldErrors, Form, Radios, readDateParts, Textarea, usePage, type DateParts } from '../../../../ui/index.ts'
import { actingRights } from '../mandate.ts'
import { saveMandateDraft, type DraftAnswers, type MandateDraft } from '../mandate-drafts.store.ts'
import { dayAfter, mandateRules, yearsLater, type MandateRules } from '../mandate-rules.ts'
import { codesOf, readTerms } from '../mandate.form.ts'
import { scopeNames } from '../scope-names.ts'
import { termMistakes } from '../term.ts'
import { newCheckHref, newTermsHref, newTermsPath, newWhoHref } from './hrefs.ts'
import { readMandateDraft } from './new-mandate.page.tsx'
import { personCtx } from './person-ctx.ts'

/** Third page of a new mandate: for what, what, and from when to when. */
export const newTermsRoutes: readonly Route[] = [
  { method: 'GET', path: newTermsPath, access: 'person', handler: async (req) => show(req, await readMandateDraft(req), []) },
  { method: 'POST', path: newTermsPath, access: 'person', handler: post },
]

async function post(req: Req): Promise<Reply> {
  const ctx = personCtx(req)
  const draft = await readMandateDraft(req)
  const [rules, sectors] = await Promise.all([mandateRules(ctx.db, ctx.now), scopeNames(ctx.node).sectors(ctx.db, ctx.lang)])
  const read = readTerms(req.form, sectors.map((s) => s.code))
  const next = { ...draft, answers: { ...draft.answers, ...read.answers } }
  await transact(ctx, (tx) => saveMandateDraft(tx, next))
  const { from = '', to = '' } = next.answers
  const mistakes = [...read.errors, ...(from && to ? termMistakes({ from, to }, rules, ctx.now) : []), ...await unknownProcedures(ctx, next.answers, read.errors)]
  if (mistakes.length > 0) return show(req, next, mistakes, { from: readDateParts(req.form, 'from'), to: readDateParts(req.form, 'to') })
  return redirect(newCheckHref(draft.id))
}

/** Codes that the catalogue does not have, once they look like codes. */
async function unknownProcedures(ctx: Ctx, a: DraftAnswers, earlier: readonly FieldError[]): Promise<FieldError[]> {
  const codes = codesOf(a.procedures ?? '')
  if (a.scope !== 'procedures' || codes.length === 0 || earlier.some((e) => e.field === 'procedures')) return []
  const names = await scopeNames(ctx.node).procedures(ctx.db, codes, ctx.lang)
  const unknown = codes.filter((code) => !names.has(code))
  return unknown.length > 0 ? [{ field: 'procedures', key: 'identity.mandates.field.procedures.unknown', params: { codes: unknown.join(', ') } }] : []
}

/** What stands in the boxes first: from today for a year, a child's to the day before majority, as far as the longest term goes. */
function usualTerm(a: DraftAnswers, rules: MandateRules, now: Date): { from: string; to: string } {
  const from = civilDate(now)
  const dayBefore = (day: string): string => civilDate(new Date(Date.parse(`${day}T00:00:00+07:00`) - 1))
  const longest = yearsLater(from, rules.longestYears)
  const ofAge = /^\d{4}-\d{2}-\d{2}$/.test(a.birthDate ?? '') ? dayBefore(yearsLater(a.birthDate!, rules.adultAge)) : longest
  const to = a.kind === 'child' ? (ofAge < longest ? ofAge : longest) : dayBefore(yearsLater(from, rules.usualYears))
  return { from, to: to < from ? dayAfter(from) : to }
}

interface View { draft: MandateDraft; sectors: readonly { code: string; name: string }[]; rules: MandateRules; usual: { from: string; to: string }; mistakes: FieldError[]; typed: { from: DateParts; to: DateParts } | undefined }

async function show(req: Req, draft: MandateDraft, mistakes: FieldError[], typed?: View['typed']): Promise<Reply> {
  const ctx = personCtx(req)
  const [rules, sectors] = await Promise.all([mandateRules(ctx.db, ctx.now), scopeNames(ctx.node).sectors(ctx.db, ctx.lang)])
  return page(<Terms draft={draft} sectors={sectors} rules={rules} usual={usualTerm(draft.answers, rules, ctx.now)} mistakes={mistakes} typed={typed} />, { title: ctx.t('identity.mandates.terms.title'), status: mistakes.length > 0 ? 400 : 200 })
}

function Terms({ draft, sectors, rules, usual, mistakes, typed }: View): VNode {
  const { t } = usePage()
  const { answers: a } = draft
  const errorsOf = fieldErrors(mistakes, t)
  return (
    <>
      <BackLink href={newWhoHref(draft.id)} />
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('identity.mandates.terms.title')}</h1>
      <Form action={newTermsHref(draft.id)}>
        <Radios name="scope" label={t('identity.mandates.field.scope')} labelSize="s" value={a.scope} error={errorsOf.of('scope')} options={[
          { value: 'all', text: t('identity.mandates.scope.all') },
          ...(sectors.length > 0 ? [{ value: 'sectors', text: t('identity.mandates.scope.sectors'), conditional: <Checkboxes name="sectors" small label={t('identity.mandates.field.sectors')} values={a.sectors} error={errorsOf.of('sectors')} options={sectors.map((s) => ({ value: s.code, text: s.name }))} /> }] : []),
          { value: 'procedures', text: t('identity.mandates.scope.procedures'), conditional: <Textarea name="procedures" rows={3} label={t('identity.mandates.field.procedures')} hint={t('identity.mandates.field.procedures.hint')} value={a.procedures} error={errorsOf.of('procedures')} spellcheck={false} /> },
        ]} />
        <Checkboxes name="rights" label={t('identity.mandates.field.rights')} labelSize="s" values={a.rights ?? (mistakes.length > 0 ? [] : actingRights)} error={errorsOf.of('rights')} options={actingRights.map((value) => ({ value, text: t(`identity.mandates.right.${value}`) }))} />
        <DateInput name="from" label={t('identity.mandates.field.from')} labelSize="s" value={typed?.from ?? (a.from || usual.from)} error={errorsOf.of('from')} />
        <DateInput name="to" label={t('identity.mandates.field.to')} labelSize="s" hint={t(a.kind === 'child' ? 'identity.mandates.field.to.hintChild' : 'identity.mandates.field.to.hint', { years: rules.longestYears, age: rules.adultAge })} value={typed?.to ?? (a.to || usual.to)} error={errorsOf.of('to')} />
        <Button>{t('identity.mandates.continue')}</Button>
      </Form>
    </>
  )
}

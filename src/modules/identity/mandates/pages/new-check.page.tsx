import type { VNode } from 'preact'
import type { Person } from '../../../../platform/actor.ts'
import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDate } from '../../../../platform/i18n.ts'
import { BackLink, Button, ErrorSummary, Form, SummaryList, usePage, WarningText } from '../../../../ui/index.ts'
import { waitSentence } from '../../access/browser.ts'
import { claimChild } from '../claim-child.ts'
import { deleteMandateDraft, type MandateDraft } from '../mandate-drafts.store.ts'
import { wholeDraft, type WholeDraft } from '../mandate.form.ts'
import { offerMandate } from '../offer-mandate.ts'
import { findOrganisation } from '../organisations.store.ts'
import { mandateHref, newCheckHref, newCheckPath, newTermsHref, newWhoHref } from './hrefs.ts'
import { rightWords, scopeWords } from './mandate-words.ts'
import { readMandateDraft } from './new-mandate.page.tsx'
import { personCtx } from './person-ctx.ts'

/** Last page of a new mandate: check the answers, then say one's own word. */
export const newCheckRoutes: readonly Route[] = [
  { method: 'GET', path: newCheckPath, access: 'person', handler: async (req) => show(req, await readMandateDraft(req), {}) },
  { method: 'POST', path: newCheckPath, access: 'person', handler: post },
]

interface Trouble { errors?: FieldError[]; message?: string; status?: number }

async function post(req: Req): Promise<Reply> {
  const ctx = personCtx(req)
  const draft = await readMandateDraft(req)
  const whole = wholeDraft(draft.answers)
  if (!whole) return redirect(newWhoHref(draft.id))
  const { mandateId, trouble } = await offer(ctx, ctx.actor, draft, whole)
  if (trouble) return show(req, draft, trouble)
  await transact(ctx, (tx) => deleteMandateDraft(tx, draft.id))
  return redirect(`${mandateHref(mandateId)}?xong=1`)
}

async function offer(ctx: Ctx, person: Person, draft: MandateDraft, whole: WholeDraft): Promise<{ mandateId: string; trouble?: Trouble }> {
  const { kind, side, organisationId } = draft.answers
  const outcome = kind === 'child' ? await claimChild(ctx, person, whole) : await offerMandate(ctx, person, { ...whole, kind, side, ...(organisationId ? { organisationId } : {}) })
  switch (outcome.kind) {
    case 'invalid': return { mandateId: '', trouble: { errors: outcome.errors, status: 400 } }
    case 'wait': return { mandateId: '', trouble: { message: waitSentence(ctx.t, outcome.seconds), status: 429 } }
    case 'mismatch': return { mandateId: '', trouble: { message: ctx.t('identity.mandates.check.mismatch'), status: 400 } }
    case 'unavailable': return { mandateId: '', trouble: { message: ctx.t('identity.mandates.check.unavailable'), status: 503 } }
    default: return { mandateId: outcome.mandateId }
  }
}

async function show(req: Req, draft: MandateDraft, trouble: Trouble): Promise<Reply> {
  const ctx = personCtx(req)
  const whole = wholeDraft(draft.answers)
  if (!whole) return redirect(newWhoHref(draft.id))
  const [scope, organisation] = await Promise.all([scopeWords(ctx, whole.scope), draft.answers.organisationId ? findOrganisation(ctx.db, draft.answers.organisationId) : undefined])
  const own = organisation?.name ?? ctx.actor.name
  const names = draft.answers.side === 'acting' ? { acting: own, represented: whole.fullName } : { acting: whole.fullName, represented: own }
  return page(<Check draft={draft} whole={whole} scope={scope} names={names} trouble={trouble} />, { title: ctx.t('identity.mandates.check.title'), status: trouble.status ?? 200 })
}

interface View { draft: MandateDraft; whole: WholeDraft; scope: string[]; names: { acting: string; represented: string }; trouble: Trouble }

function Check({ draft, whole: w, scope, names, trouble }: View): VNode {
  const { t } = usePage()
  const who = [{ href: newWhoHref(draft.id), about: t('identity.mandates.check.who') }]
  const terms = [{ href: newTermsHref(draft.id), about: t('identity.mandates.terms.title') }]
  const pageOf: Record<string, string> = { from: newTermsHref(draft.id), to: newTermsHref(draft.id) }
  return (
    <>
      <BackLink href={newTermsHref(draft.id)} />
      {trouble.errors && (
        <div class="govuk-error-summary" tabIndex={-1}><div role="alert">
          <h2 class="govuk-error-summary__title">{t('ui.error.summary')}</h2>
          <ul class="govuk-list govuk-error-summary__list">{trouble.errors.map((e) => <li><a href={`${pageOf[e.field] ?? newWhoHref(draft.id)}#${e.field}`}>{t(e.key, e.params)}</a></li>)}</ul>
        </div></div>
      )}
      <ErrorSummary message={trouble.message} />
      <h1 class="govuk-heading-l">{t('identity.mandates.check.title')}</h1>
      <SummaryList rows={[
        { key: t('identity.mandates.column.acting'), value: names.acting, actions: draft.answers.side === 'represented' ? who : [] },
        { key: t('identity.mandates.column.represented'), value: names.represented, actions: draft.answers.side === 'acting' ? who : [] },
        { key: t('identity.mandates.check.idNumber'), value: w.idNumber, actions: who },
        ...(draft.answers.kind === 'child' ? [{ key: t('identity.field.birthDate'), value: formatDate(w.birthDate), actions: who }] : []),
        { key: t('identity.mandates.column.relation'), value: t(`identity.mandates.relation.${w.relation}`), actions: draft.answers.kind === 'staff' ? [] : who },
        { key: t('identity.mandates.column.scope'), value: <>{scope.map((line, i) => <>{i > 0 && <br />}{line}</>)}</>, actions: terms },
        { key: t('identity.mandates.column.rights'), value: <>{rightWords(t, w.rights).map((line, i) => <>{i > 0 && <br />}{line}</>)}</>, actions: terms },
        { key: t('identity.mandates.column.term'), value: t('identity.mandates.term', { from: formatDate(w.from), to: formatDate(w.to) }), actions: terms },
      ]} />
      <Form action={newCheckHref(draft.id)}>
        <WarningText>{t(`identity.mandates.check.declaration.${draft.answers.kind === 'child' ? 'child' : draft.answers.side}`)}</WarningText>
        <Button>{t(draft.answers.kind === 'child' ? 'identity.mandates.check.sendChild' : 'identity.mandates.check.send')}</Button>
      </Form>
    </>
  )
}

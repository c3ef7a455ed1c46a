import type { VNode } from 'preact'
import { transact } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { isId } from '../../../../platform/ids.ts'
import { BackLink, Button, DateInput, ErrorSummary, fieldErrors, Form, Radios, readDateParts, TextInput, usePage, type DateParts } from '../../../../ui/index.ts'
import { errors } from '../../identity.errors.ts'
import { relations } from '../mandate.ts'
import { findMandateDraft, insertMandateDraft, saveMandateDraft, type DraftAnswers, type MandateDraft } from '../mandate-drafts.store.ts'
import { readWho } from '../mandate.form.ts'
import { listRepresented, type Organisation } from '../organisations.store.ts'
import { listPath, newPath, newTermsHref, newWhoHref, newWhoPath, organisationsPath } from './hrefs.ts'
import { personCtx } from './person-ctx.ts'

/** First two pages of a new mandate: what kind, and with whom. */
export const newMandateRoutes: readonly Route[] = [
  { method: 'GET', path: newPath, access: 'person', handler: (req) => showKind(req, req.query.loai ?? '', []) },
  { method: 'POST', path: newPath, access: 'person', handler: postKind },
  { method: 'GET', path: newWhoPath, access: 'person', handler: async (req) => showWho(req, await readMandateDraft(req), []) },
  { method: 'POST', path: newWhoPath, access: 'person', handler: postWho },
]

/** The draft in the address; another person's is not found. @throws MANDATE_NOT_FOUND */
export async function readMandateDraft(req: Req): Promise<MandateDraft> {
  const { db, actor } = personCtx(req)
  const draft = isId(req.params.draft) ? await findMandateDraft(db, req.params.draft, actor.id) : undefined
  if (!draft) throw errors.MANDATE_NOT_FOUND()
  return draft
}

async function postKind(req: Req): Promise<Reply> {
  const ctx = personCtx(req)
  const chosen = req.form.get('kind')
  const answers = kindOf(chosen, await listRepresented(ctx.db, ctx.actor.id))
  if (!answers) return showKind(req, chosen, [{ field: 'kind', key: 'identity.mandates.field.kind.missing' }])
  return redirect(newWhoHref(await transact(ctx, (tx) => insertMandateDraft(tx, ctx.actor.id, answers, ctx.now))))
}

function kindOf(chosen: string, organisations: readonly Organisation[]): DraftAnswers | undefined {
  if (chosen === 'child') return { kind: 'child', side: 'acting' }
  if (chosen === 'for-other') return { kind: 'person', side: 'acting' }
  if (chosen === 'by-other') return { kind: 'person', side: 'represented' }
  const organisation = organisations.find((o) => chosen === `staff-${o.id}`)
  return organisation && { kind: 'staff', side: 'represented', organisationId: organisation.id }
}

async function showKind(req: Req, chosen: string, mistakes: FieldError[]): Promise<Reply> {
  const ctx = personCtx(req)
  const organisations = (await listRepresented(ctx.db, ctx.actor.id)).filter((o) => o.state === 'active')
  return page(<Kind chosen={chosen} organisations={organisations} mistakes={mistakes} />, { title: ctx.t('identity.mandates.field.kind'), status: mistakes.length > 0 ? 400 : 200 })
}

function Kind({ chosen, organisations, mistakes }: { chosen: string; organisations: Organisation[]; mistakes: FieldError[] }): VNode {
  const { t } = usePage()
  const options = [
    ...['child', 'for-other', 'by-other'].map((value) => ({ value, text: t(`identity.mandates.field.kind.${value}`), hint: t(`identity.mandates.field.kind.${value}.hint`) })),
    ...organisations.map((o) => ({ value: `staff-${o.id}`, text: t('identity.mandates.field.kind.staff', { name: o.name }), hint: t('identity.mandates.field.kind.staff.hint') })),
  ]
  return (
    <>
      <BackLink href={listPath} />
      <ErrorSummary errors={mistakes} />
      <Form action={newPath}>
        <Radios name="kind" label={t('identity.mandates.field.kind')} labelSize="l" pageHeading value={chosen} error={fieldErrors(mistakes, t).of('kind')} options={options} />
        <Button>{t('identity.mandates.continue')}</Button>
      </Form>
      {organisations.length === 0 && <p class="govuk-body">{t('identity.mandates.organisations.first')} <a class="govuk-link" href={organisationsPath}>{t('identity.mandates.organisations.title')}</a></p>}
    </>
  )
}

async function postWho(req: Req): Promise<Reply> {
  const ctx = personCtx(req)
  const draft = await readMandateDraft(req)
  const read = readWho(req.form, draft.answers.kind, ctx.now)
  const next = { ...draft, answers: { ...draft.answers, ...read.answers } }
  await transact(ctx, (tx) => saveMandateDraft(tx, next))
  if (read.errors.length > 0) return showWho(req, next, read.errors, readDateParts(req.form, 'birthDate'))
  return redirect(newTermsHref(draft.id))
}

async function showWho(req: Req, draft: MandateDraft, mistakes: FieldError[], birthDate?: DateParts): Promise<Reply> {
  return page(<Who draft={draft} mistakes={mistakes} birthDate={birthDate} />, { title: req.ctx.t(whoTitle(draft.answers)), status: mistakes.length > 0 ? 400 : 200 })
}

const whoTitle = (a: DraftAnswers): string => `identity.mandates.who.${a.kind === 'person' ? a.side : a.kind}`

function Who({ draft, mistakes, birthDate }: { draft: MandateDraft; mistakes: FieldError[]; birthDate: DateParts | undefined }): VNode {
  const { t } = usePage()
  const { answers: a } = draft
  const errorsOf = fieldErrors(mistakes, t)
  return (
    <>
      <BackLink href={newPath} />
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t(whoTitle(a))}</h1>
      <p class="govuk-body">{t(a.kind === 'child' ? 'identity.mandates.who.childLead' : 'identity.mandates.who.lead')}</p>
      <Form action={newWhoHref(draft.id)} autocomplete="off">
        <TextInput name="idNumber" label={t('identity.field.idNumber')} hint={t('identity.field.idNumber.hint')} value={a.idNumber} error={errorsOf.of('idNumber')} inputMode="numeric" width={20} spellcheck={false} />
        <TextInput name="fullName" label={t('identity.field.fullName')} hint={t('identity.field.fullName.hint')} value={a.fullName} error={errorsOf.of('fullName')} spellcheck={false} />
        {a.kind === 'child' && <DateInput name="birthDate" label={t('identity.field.birthDate')} hint={t('identity.field.birthDate.hint')} value={birthDate ?? a.birthDate} error={errorsOf.of('birthDate')} />}
        {a.kind !== 'staff' && <Radios name="relation" label={t(`identity.mandates.field.relation.${a.kind === 'person' ? a.side : a.kind}`)} value={a.relation} error={errorsOf.of('relation')} options={relations[a.kind].map((value) => ({ value, text: t(`identity.mandates.relation.${value}`) }))} />}
        <Button>{t('identity.mandates.continue')}</Button>
      </Form>
    </>
  )
}

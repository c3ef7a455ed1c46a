import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { Breadcrumbs, Button, DateInput, ErrorSummary, fieldErrors, FileUpload, Form, InsetText, joinDate, readDateParts, splitDate, SummaryList, TextInput, usePage } from '../../../../ui/index.ts'
import { nodeOfAgency } from '../../../organisations/index.ts'
import type { Decision } from '../decision.ts'
import { draftDecision, type DecisionHeading } from '../draft-decision.ts'
import { editDecision } from '../edit-decision.ts'
import { decisionHref, decisionsPath, editDecisionHref, editDecisionPath, newDecisionPath } from './hrefs.ts'
import { officesOf } from './list.page.tsx'
import { readOwnDecision } from './read-decision.ts'

const maxBody = 20 * 1024 * 1024

/** Number, dates, title and file of a decision: of a new one, or corrected in a draft. */
export const decisionHeadingRoutes: readonly Route[] = [
  { method: 'GET', path: newDecisionPath, access: { permission: 'catalogue.decide' }, handler: (req) => showHeading(req, undefined, [], {}) },
  { method: 'POST', path: newDecisionPath, access: { permission: 'catalogue.decide' }, bodyLimit: maxBody, handler: async (req) => {
    const drafted = await draftDecision(req.ctx, { ...headingOf(req), issuer: issuerOf(req) ?? '' })
    return 'errors' in drafted ? showHeading(req, undefined, drafted.errors, req.form.fields) : redirect(decisionHref(drafted.id))
  } },
  { method: 'GET', path: editDecisionPath, access: { permission: 'catalogue.decide' }, handler: async (req) => {
    const decision = await readOwnDecision(req)
    return showHeading(req, decision, [], typedOf(decision))
  } },
  { method: 'POST', path: editDecisionPath, access: { permission: 'catalogue.decide' }, bodyLimit: maxBody, handler: async (req) => {
    const decision = await readOwnDecision(req)
    const mistakes = await editDecision(req.ctx, decision.id, headingOf(req))
    return mistakes.length > 0 ? showHeading(req, decision, mistakes, req.form.fields) : redirect(decisionHref(decision.id, { done: 'edited' }))
  } },
]

type Typed = Readonly<Record<string, string | string[]>>

function typedOf(d: Decision): Typed {
  const dates = (['issuedOn', 'effectiveOn'] as const).flatMap((name) => Object.entries(splitDate(d[name])).map(([box, value]) => [`${name}-${box}`, value]))
  return { number: d.number, title: d.title, ...Object.fromEntries(dates) }
}

function headingOf({ form }: Req): Omit<DecisionHeading, 'issuer'> {
  const upload = form.files.find((f) => f.field === 'file' && f.bytes.length > 0)
  return {
    number: form.get('number'), issuedOn: joinDate(readDateParts(form, 'issuedOn')) ?? '', effectiveOn: joinDate(readDateParts(form, 'effectiveOn')) ?? '', title: form.get('title').slice(0, 500),
    // A file that was cut off is no PDF any more.
    ...(upload ? { file: { name: upload.fileName, bytes: upload.truncated ? Buffer.alloc(0) : upload.bytes } } : {}),
  }
}

/** The ministry or province whose officer this is; an officer of another office issues nothing. */
function issuerOf({ ctx }: Req): string | undefined {
  const own = ctx.actor.kind === 'officer' ? nodeOfAgency(ctx.actor.agencyCode) : ''
  return /^[GH]\d{2}$/.test(own) ? own : undefined
}

async function showHeading(req: Req, decision: Decision | undefined, mistakes: FieldError[], typed: Typed): Promise<Reply> {
  const { t } = req.ctx
  const issuer = decision?.issuer ?? issuerOf(req)
  const offices = await officesOf(req, issuer ? [issuer] : [])
  const title = decision ? t('catalogue.decisions.edit') : t('catalogue.decisions.new')
  return page(<HeadingPage view={{ decision, issuer, office: issuer && offices.get(issuer), title, mistakes, typed }} />, { title, layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

interface View { decision: Decision | undefined; issuer: string | undefined; office: string | undefined; title: string; mistakes: FieldError[]; typed: Typed }

function HeadingPage({ view: { decision, issuer, office, title, mistakes, typed } }: { view: View }): VNode {
  const { t } = usePage()
  const e = fieldErrors(mistakes, t)
  const date = (name: string) => ({ day: String(typed[`${name}-day`] ?? ''), month: String(typed[`${name}-month`] ?? ''), year: String(typed[`${name}-year`] ?? '') })
  return (
    <>
      <Breadcrumbs items={[{ text: t('catalogue.decisions.title'), href: decisionsPath }, ...(decision ? [{ text: decision.number, href: decisionHref(decision.id) }] : []), { text: title }]} />
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{title}</h1>
      {!issuer ? <InsetText>{t('catalogue.decisions.noIssuer')}</InsetText> : (
        <Form files action={decision ? editDecisionHref(decision.id) : newDecisionPath}>
          <SummaryList rows={[{ key: t('catalogue.decisions.issuer'), value: `${office ?? issuer} (${issuer})` }]} />
          <TextInput name="number" label={t('catalogue.decisions.number')} hint={t('catalogue.decisions.numberHint')} value={String(typed.number ?? '')} error={e.of('number')} width={20} spellcheck={false} />
          <DateInput name="issuedOn" label={t('catalogue.decisions.issuedOn')} value={date('issuedOn')} error={e.of('issuedOn')} />
          <DateInput name="effectiveOn" label={t('catalogue.decisions.effectiveOn')} hint={t('catalogue.decisions.effectiveHint')} value={date('effectiveOn')} error={e.of('effectiveOn')} />
          <TextInput name="title" label={t('catalogue.decisions.heading')} value={String(typed.title ?? '')} width="full" />
          <FileUpload name="file" label={t('catalogue.decisions.file')} hint={t('catalogue.decisions.fileHint')} error={e.of('file')} accept=".pdf,application/pdf" />
          <Button>{decision ? t('catalogue.decisions.save') : t('catalogue.decisions.create')}</Button>
        </Form>
      )}
    </>
  )
}

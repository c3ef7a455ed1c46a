import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Button, Checkboxes, fieldErrors, Form as HtmlForm, InsetText, Select, SummaryList, usePage, WarningText } from '../../../../ui/index.ts'
import { deliveryOf, errorText, factsOf, feeOf, inputId, loadUnits, pathOf, placeOf, summaryOf, validateAnswers, valueAt, visibleAnswers, type Form, type SummarySection } from '../../../forms/index.ts'
import { formatMoney } from '../../../../platform/i18n.ts'
import { agencyName, competentAgency, type Agency } from '../../../organisations/index.ts'
import { feeWords, getProcedureVersion } from '../../../catalogue/index.ts'
import { choosableAgencies } from '../../competence/deciding-agency.ts'
import { papersOfCase, type CasePaper } from '../../papers/case-papers.ts'
import { feeOfAnswers } from '../../payment/fee-of-answers.ts'
import { CasePapersList } from '../case-papers-list.tsx'
import { applicantOf } from '../../answers-of.ts'
import { checkChoice, desksFor, type Recipient, type ReturnChoice } from '../../return-way/return-choice.ts'
import { readChoice, ReturnFields } from '../../return-way/return-fields.tsx'
import type { Draft } from '../../drafts.store.ts'
import { feesOfParts, type PartFee } from '../../linked/fees-of-parts.ts'
import { PartFees } from '../../linked/pages/part-fees.tsx'
import { mayUnderMandate } from '../../on-behalf.ts'
import { sourcesOf } from '../../prefill/source.ts'
import { inviteHref, InvitationTag } from '../../together/invite.page.tsx'
import { listInvitations, type Invitation } from '../../together/invitation.ts'
import { submitDraft } from '../../submit-draft.ts'
import { checkHref, checkPath, draftPageHref, receiptHref } from './hrefs.ts'
import { personOf, readDraft } from './read-draft.ts'

/** Check your answers, choose how the result comes, submit. */
export const checkRoutes: Route[] = [
  { method: 'GET', path: checkPath, access: 'person', handler: async (req) => {
    const { draft, form } = await readDraft(req)
    if (draft.dossierId) return redirect(receiptHref(draft.dossierId))
    const open = pathOf(form, draft.answers).find((p) => !draft.visited.includes(p.id))
    if (open) return redirect(draftPageHref(draft, open.path))
    return show(req, draft, form, await mistakesOf(req, draft, form), {})
  } },
  { method: 'POST', path: checkPath, access: 'person', handler: async (req) => {
    const { draft, form } = await readDraft(req)
    const fixed = deliveryOf(form, draft.answers)
    const choice = fixed ? { way: fixed, deskCode: null, recipient: null } : readChoice(req.form)
    const wrong = draft.dossierId || fixed ? [] : choice ? checkChoice(choice, await desksOf(req, draft, form)) : [{ field: 'returnWay', key: 'dossiers.check.wayMissing' }]
    const agencies = draft.dossierId ? [] : await agenciesOf(req, draft, form)
    const agencyCode = agencies.length > 1 ? req.form.get('agency') : undefined
    if (agencyCode !== undefined && !agencies.some((a) => a.code === agencyCode)) wrong.push({ field: 'agency', key: 'dossiers.competence.agencyMissing' })
    if (!draft.dossierId && asksConfirmation(form, draft) && req.form.get('confirmed') !== 'yes') wrong.push({ field: 'confirmed', key: 'dossiers.prefill.confirmMissing' })
    if (wrong.length > 0) return show(req, draft, form, [], choice ?? {}, wrong)
    const { way = 'online', deskCode = null, recipient = null } = choice ?? {}
    const submitted = await submitDraft(req.ctx, personOf(req), draft, form, { returnWay: way, agencyCode, returnTo: { deskCode, recipient } })
    return 'errors' in submitted ? show(req, draft, form, submitted.errors, choice ?? {}) : redirect(receiptHref(submitted.dossierId))
  } },
]

/** Somebody else's word stands among the answers: the person makes it his own before filing. */
const asksConfirmation = (form: Form, draft: Draft): boolean => {
  const answers = visibleAnswers(form, draft.answers)
  return draft.filled.some(({ field }) => valueAt(answers, field) !== undefined)
}

async function mistakesOf(req: Req, draft: Draft, form: Form): Promise<FieldError[]> {
  const units = await loadUnits(req.ctx.db, req.ctx.now, form)
  return validateAnswers(form, visibleAnswers(form, draft.answers), { now: req.ctx.now, units })
}

/** Desks of the province in which the dossier will be handled; none before the place is known. */
async function desksOf({ ctx }: Req, draft: Draft, form: Form): Promise<Agency[]> {
  const service = (await getProcedureVersion(ctx.db, draft.procedureCode, draft.procedureVersion))?.content.service
  const agency = service && (await competentAgency(ctx.db, { ...service.competence, communeCode: placeOf(form, draft.answers), at: ctx.now }))
  return agency ? desksFor(ctx, agency) : []
}

/** Among whom the person chooses who decides. */
async function agenciesOf({ ctx }: Req, draft: Draft, form: Form): Promise<Agency[]> {
  const service = (await getProcedureVersion(ctx.db, draft.procedureCode, draft.procedureVersion))?.content.service
  return service ? choosableAgencies(ctx, service, { placeCode: placeOf(form, draft.answers) ?? null, homeCode: factsOf(form, draft.answers).address?.commune }) : []
}

async function show(req: Req, draft: Draft, form: Form, mistakes: FieldError[], choice: Partial<ReturnChoice>, wrong: FieldError[] = []): Promise<Reply> {
  const { t, lang } = req.ctx
  const units = await loadUnits(req.ctx.db, req.ctx.now, form)
  const sections = summaryOf(form, draft.answers, lang, { units, hrefOf: (p) => draftPageHref(draft, p.path) })
  const problems = [...mistakes.map((m) => (m.field === '' ? { text: t(m.key, m.params), href: inviteHref(draft) } : { text: errorText(form, m, lang), href: pageHrefOf(draft, form, m.field) })), ...wrong.map((m) => ({ text: t(m.key, m.params), href: `#${m.field}` }))]
  const procedure = await getProcedureVersion(req.ctx.db, draft.procedureCode, draft.procedureVersion)
  const papers = procedure ? await papersOfCase(req.ctx, { form, answers: draft.answers, procedure, at: req.ctx.now }) : []
  const maySubmit = await mayUnderMandate(req.ctx, personOf(req), 'submit', draft.procedureCode)
  const { name, phone = '', address = '' } = applicantOf(form, draft.answers, units, '')
  const decided = await feeOfAnswers(req.ctx.db, req.ctx, { procedureCode: draft.procedureCode, form, answers: draft.answers, at: req.ctx.now })
  const counted = feeOf(form, draft.answers)
  const published = procedure?.content.service?.fee
  const fee = decided ? t('dossiers.check.feeByTable', { amount: formatMoney(decided.answer, lang), ground: decided.ground }) : counted !== undefined ? t('dossiers.check.fee', { amount: formatMoney(counted, lang) }) : published && t('dossiers.check.publishedFee', { amount: feeWords(t, lang, published) })
  const partFees = procedure?.content.linked ? await feesOfParts(req.ctx, procedure.code, form, draft.answers) : []
  return page(<CheckPage {...{ papers, partFees, fee: procedure?.content.linked ? undefined : fee, maySubmit, draft, form, sections, problems, choice, wrong }} desks={await desksOf(req, draft, form)} agencies={await agenciesOf(req, draft, form)} agency={req.form.get('agency')} invitations={await listInvitations(req.ctx.db, draft.id)} known={{ name, phone, address }} isConfirmed={req.form.get('confirmed') === 'yes'} />, { title: t('dossiers.check.title'), status: wrong.length > 0 || (mistakes.length > 0 && req.raw.method === 'POST') ? 400 : 200 })
}

/** Where a mistake is mended: the page that asks for the field, at the field. */
function pageHrefOf(draft: Draft, form: Form, field: string): string {
  const top = field.split('.')[0]!
  const found = form.definition.pages.find((p) => p.fields.some((f) => f.id === top)) ?? form.definition.pages[0]!
  return `${draftPageHref(draft, found.path)}#${inputId(form, field)}`
}

interface CheckProps { papers: CasePaper[]; partFees: PartFee[]; fee: string | undefined; maySubmit: boolean; draft: Draft; form: Form; sections: SummarySection[]; problems: { text: string; href: string }[]; choice: Partial<ReturnChoice>; wrong: FieldError[]; desks: Agency[]; agencies: Agency[]; /** The one that was chosen. */ agency: string; invitations: Invitation[]; known: Recipient; isConfirmed: boolean }

function CheckPage({ papers, partFees, fee, maySubmit, draft, form, sections, problems, choice, wrong, desks, agencies, agency, invitations, known, isConfirmed }: CheckProps): VNode {
  const { t, lang, actor } = usePage()
  const pages = pathOf(form, draft.answers)
  const sources = sourcesOf(t, draft)
  return (
    <>
      <BackLink href={draftPageHref(draft, pages.at(-1)!.path)} />
      {problems.length > 0 && (
        <div class="govuk-error-summary" tabIndex={-1}>
          <div role="alert">
            <h2 class="govuk-error-summary__title">{t('ui.error.summary')}</h2>
            <ul class="govuk-list govuk-error-summary__list">
              {problems.map((p) => <li><a href={p.href}>{p.text}</a></li>)}
            </ul>
          </div>
        </div>
      )}
      <h1 class="govuk-heading-xl">{t('dossiers.check.title')}</h1>
      {sections.map((s) => <SummaryList card={{ title: s.page }} rows={s.rows.map((r) => ({ key: r.question, value: <><span class="mc-answer">{r.answer}</span>{sources[r.fieldId] && <><br /><span class="govuk-hint">{sources[r.fieldId]}</span></>}</>, actions: r.changeHref ? [{ href: r.changeHref, about: r.question }] : [] }))} />)}
      <h2 class="govuk-heading-m">{t('dossiers.together.title')}</h2>
      {invitations.length > 0 && <ul class="govuk-list">{invitations.map((i) => <li>{i.name} <InvitationTag invitation={i} form={form} draft={draft} /></li>)}</ul>}
      <p class="govuk-body"><a class="govuk-link" href={inviteHref(draft)}>{t('dossiers.together.open')}</a></p>
      {papers.length > 0 && <><h2 class="govuk-heading-m">{t('dossiers.casePapers.title')}</h2><CasePapersList papers={papers} /></>}
      {partFees.length > 0 && <PartFees fees={partFees} />}
      {fee !== undefined && <InsetText>{fee}</InsetText>}
      {actor.kind === 'person' && actor.actingFor && <InsetText>{t('dossiers.behalf.start', { name: actor.actingFor.name })}</InsetText>}
      {!maySubmit ? <InsetText>{t('dossiers.behalf.otherSubmits')}</InsetText> : <HtmlForm action={checkHref(draft)}>
        {agencies.length > 1 && <Select name="agency" label={t('dossiers.check.agency')} hint={t('dossiers.check.agencyHint')} value={agency || agencies[0]!.code} error={fieldErrors(wrong, t).of('agency')} options={agencies.map((a) => ({ value: a.code, text: agencyName(a, lang) }))} />}
        {!deliveryOf(form, draft.answers) && <ReturnFields choice={choice} desks={desks} mistakes={wrong} known={known} />}
        {asksConfirmation(form, draft) && <Checkboxes name="confirmed" label={t('dossiers.prefill.confirm')} values={isConfirmed ? ['yes'] : []} error={fieldErrors(wrong, t).of('confirmed')} options={[{ value: 'yes', text: t('dossiers.prefill.confirmed') }]} />}
        <WarningText>{t('dossiers.check.declaration')}</WarningText>
        <Button>{t('dossiers.check.submit')}</Button>
      </HtmlForm>}
    </>
  )
}

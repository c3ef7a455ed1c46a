import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Button, Checkboxes, Form as HtmlForm, InsetText, Radios, SummaryList, usePage, WarningText } from '../../../../ui/index.ts'
import { deliveryOf, errorText, feeOf, inputId, loadUnits, pathOf, summaryOf, validateAnswers, valueAt, visibleAnswers, type Form, type SummarySection } from '../../../forms/index.ts'
import { formatMoney } from '../../../../platform/i18n.ts'
import { getProcedureVersion } from '../../../catalogue/index.ts'
import { casePapers, type CasePaper } from '../../papers/case-papers.ts'
import { CasePapersList } from '../case-papers-list.tsx'
import type { ReturnWay } from '../../dossier.ts'
import type { Draft } from '../../drafts.store.ts'
import { mayUnderMandate } from '../../on-behalf.ts'
import { sourcesOf } from '../../prefill/source.ts'
import { submitDraft } from '../../submit-draft.ts'
import { checkHref, checkPath, draftPageHref, receiptHref } from './hrefs.ts'
import { personOf, readDraft } from './read-draft.ts'

const ways: readonly ReturnWay[] = ['online', 'desk', 'post']

/** Check your answers, choose how the result comes, submit. */
export const checkRoutes: Route[] = [
  { method: 'GET', path: checkPath, access: 'person', handler: async (req) => {
    const { draft, form } = await readDraft(req)
    if (draft.dossierId) return redirect(receiptHref(draft.dossierId))
    const open = pathOf(form, draft.answers).find((p) => !draft.visited.includes(p.id))
    if (open) return redirect(draftPageHref(draft, open.path))
    return show(req, draft, form, await mistakesOf(req, draft, form), undefined)
  } },
  { method: 'POST', path: checkPath, access: 'person', handler: async (req) => {
    const { draft, form } = await readDraft(req)
    const way = deliveryOf(form, draft.answers) ?? ways.find((w) => w === req.form.get('returnWay'))
    if (!draft.dossierId && !way) return show(req, draft, form, [], 'dossiers.check.wayMissing')
    if (!draft.dossierId && asksConfirmation(form, draft) && req.form.get('confirmed') !== 'yes') return show(req, draft, form, [], undefined, way, 'dossiers.prefill.confirmMissing')
    const submitted = await submitDraft(req.ctx, personOf(req), draft, form, { returnWay: way ?? 'online' })
    return 'errors' in submitted ? show(req, draft, form, submitted.errors, undefined, way) : redirect(receiptHref(submitted.dossierId))
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

async function show(req: Req, draft: Draft, form: Form, mistakes: FieldError[], wayError: string | undefined, way?: string, confirmError?: string): Promise<Reply> {
  const { t, lang } = req.ctx
  const units = await loadUnits(req.ctx.db, req.ctx.now, form)
  const sections = summaryOf(form, draft.answers, lang, { units, hrefOf: (p) => draftPageHref(draft, p.path) })
  const problems = mistakes.map((m) => ({ text: errorText(form, m, lang), href: pageHrefOf(draft, form, m.field) }))
  const procedure = await getProcedureVersion(req.ctx.db, draft.procedureCode, draft.procedureVersion)
  const papers = procedure ? casePapers(form, draft.answers, procedure.content) : []
  const maySubmit = await mayUnderMandate(req.ctx, personOf(req), 'submit', draft.procedureCode)
  return page(<CheckPage papers={papers} fee={feeOf(form, draft.answers)} maySubmit={maySubmit} draft={draft} form={form} sections={sections} problems={problems} wayError={wayError && t(wayError)} way={way} confirmError={confirmError && t(confirmError)} />, { title: t('dossiers.check.title'), status: wayError || confirmError || (mistakes.length > 0 && req.raw.method === 'POST') ? 400 : 200 })
}

/** Where a mistake is mended: the page that asks for the field, at the field. */
function pageHrefOf(draft: Draft, form: Form, field: string): string {
  const top = field.split('.')[0]!
  const found = form.definition.pages.find((p) => p.fields.some((f) => f.id === top)) ?? form.definition.pages[0]!
  return `${draftPageHref(draft, found.path)}#${inputId(form, field)}`
}

interface CheckProps { papers: CasePaper[]; fee: number | undefined; maySubmit: boolean; draft: Draft; form: Form; sections: SummarySection[]; problems: { text: string; href: string }[]; wayError: string | undefined; way: string | undefined; confirmError: string | undefined }

function CheckPage({ papers, fee, maySubmit, draft, form, sections, problems, wayError, way, confirmError }: CheckProps): VNode {
  const { t, actor, lang } = usePage()
  const pages = pathOf(form, draft.answers)
  const sources = sourcesOf(t, draft)
  return (
    <>
      <BackLink href={draftPageHref(draft, pages.at(-1)!.path)} />
      {(problems.length > 0 || wayError || confirmError) && (
        <div class="govuk-error-summary" tabIndex={-1}>
          <div role="alert">
            <h2 class="govuk-error-summary__title">{t('ui.error.summary')}</h2>
            <ul class="govuk-list govuk-error-summary__list">
              {problems.map((p) => <li><a href={p.href}>{p.text}</a></li>)}
              {wayError && <li><a href="#returnWay">{wayError}</a></li>}
              {confirmError && <li><a href="#confirmed">{confirmError}</a></li>}
            </ul>
          </div>
        </div>
      )}
      <h1 class="govuk-heading-xl">{t('dossiers.check.title')}</h1>
      {sections.map((s) => <SummaryList card={{ title: s.page }} rows={s.rows.map((r) => ({ key: r.question, value: <><span class="mc-answer">{r.answer}</span>{sources[r.fieldId] && <span class="govuk-hint">{sources[r.fieldId]}</span>}</>, actions: r.changeHref ? [{ href: r.changeHref, about: r.question }] : [] }))} />)}
      {papers.length > 0 && <><h2 class="govuk-heading-m">{t('dossiers.casePapers.title')}</h2><CasePapersList papers={papers} /></>}
      {fee !== undefined && <InsetText>{t('dossiers.check.fee', { amount: formatMoney(fee, lang) })}</InsetText>}
      {actor.kind === 'person' && actor.actingFor && <InsetText>{t('dossiers.behalf.start', { name: actor.actingFor.name })}</InsetText>}
      {!maySubmit ? <InsetText>{t('dossiers.behalf.otherSubmits')}</InsetText> : <HtmlForm action={checkHref(draft)}>
        {!deliveryOf(form, draft.answers) && <Radios name="returnWay" label={t('dossiers.check.way')} hint={t('dossiers.check.wayHint')} error={wayError} value={way} options={ways.map((w) => ({ value: w, text: t(`dossiers.way.${w}`) }))} />}
        {asksConfirmation(form, draft) && <Checkboxes name="confirmed" label={t('dossiers.prefill.confirm')} error={confirmError} options={[{ value: 'yes', text: t('dossiers.prefill.confirmed') }]} />}
        <WarningText>{t('dossiers.check.declaration')}</WarningText>
        <Button>{t('dossiers.check.submit')}</Button>
      </HtmlForm>}
    </>
  )
}

import type { VNode } from 'preact'
import { isPermitted } from '../../../../platform/actor.ts'
import { isRefusal, type FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Button, ButtonGroup, Form as HtmlForm, InsetText, Radios, SummaryList, usePage } from '../../../../ui/index.ts'
import { getProcedureVersion } from '../../../catalogue/index.ts'
import { deliveryOf, errorText, FormPage, inputId, loadUnits, pathOf, summaryOf, validateAnswers, visibleAnswers, type Form, type Page, type SummarySection } from '../../../forms/index.ts'
import type { ReturnWay } from '../../dossier.ts'
import { errors } from '../../dossiers.errors.ts'
import type { Draft } from '../../drafts.store.ts'
import { keepPage, pageAt } from '../../keep-page.ts'
import { CasePapersList } from '../../pages/case-papers-list.tsx'
import { papersOfCase, type CasePaper } from '../../papers/case-papers.ts'
import { fileAtDesk } from '../file-at-desk.ts'
import { ownerOf } from '../represented.ts'
import type { Visit } from '../reception.store.ts'
import { sourcesOf } from '../../prefill/source.ts'
import { deskCheckHref, deskCheckPath, deskDraftPageHref, deskDraftPagePath, visitHref } from './hrefs.ts'
import { officerCtx, readVisitDraft } from './read-visit.ts'

const access = { permission: 'dossiers.take-in' } as const
const maxUpload = 120 * 1024 * 1024

/** The form of the procedure as the person would fill it in online, papers scanned on the way, and the check before it is filed. */
export const deskDraftRoutes: Route[] = [
  { method: 'GET', path: deskDraftPagePath, access, handler: async (req) => {
    const { draft, form } = await readVisitDraft(req)
    return draft.dossierId ? redirect(visitHref(draft.visitId!)) : showPage(req, draft, form, pageAt(form, draft, req.params.page!), [])
  } },
  { method: 'POST', path: deskDraftPagePath, access, bodyLimit: maxUpload, handler: async (req) => {
    const { draft, form } = await readVisitDraft(req)
    if (draft.dossierId) throw errors.DRAFT_SUBMITTED()
    const current = pageAt(form, draft, req.params.page!)
    const { draft: now, mistakes, stay, next } = await keepPage(req.ctx, draft, form, current, req.form)
    if (mistakes.length > 0) return showPage(req, now, form, current, mistakes)
    if (stay) return redirect(`${deskDraftPageHref(draft, current.path)}#${stay.at}`)
    return redirect(next ? deskDraftPageHref(draft, next.path) : deskCheckHref(draft))
  } },
  { method: 'GET', path: deskCheckPath, access, handler: async (req) => {
    const { visit, draft, form } = await readVisitDraft(req)
    if (draft.dossierId) return redirect(visitHref(visit.id))
    const open = pathOf(form, draft.answers).find((p) => !draft.visited.includes(p.id))
    return open ? redirect(deskDraftPageHref(draft, open.path)) : showCheck(req, { visit, draft, form, mistakes: await mistakesOf(req, draft, form) })
  } },
  { method: 'POST', path: deskCheckPath, access, handler: fileDraft },
]

async function fileDraft(req: Req): Promise<Reply> {
  const { visit, draft, form } = await readVisitDraft(req)
  const ways = waysOf(visit)
  const way = deliveryOf(form, draft.answers) ?? ways.find((w) => w === req.form.get('returnWay'))
  if (!draft.dossierId && !way) return showCheck(req, { visit, draft, form, mistakes: [], problem: { text: req.ctx.t('dossiers.check.wayMissing'), href: '#returnWay' } })
  try {
    const filed = await fileAtDesk(officerCtx(req), visit, draft, form, { returnWay: way ?? 'desk', later: req.form.get('do') === 'later' })
    return 'errors' in filed ? showCheck(req, { visit, draft, form, mistakes: filed.errors, way }) : redirect(visitHref(visit.id))
  } catch (error) {
    // The page says where the dossier belongs; nothing typed is lost.
    if (!isRefusal(error, 'NOT_RECEIVED_HERE')) throw error
    return showCheck(req, { visit, draft, form, mistakes: [], problem: { text: req.ctx.t(error.key, error.params), href: '#returnWay' }, way })
  }
}

/** Online needs an account in which the result can lie. */
const waysOf = (visit: Visit): ReturnWay[] => (ownerOf(visit).ownerSubject ? ['desk', 'online', 'post'] : ['desk', 'post'])

async function mistakesOf({ ctx }: Req, draft: Draft, form: Form): Promise<FieldError[]> {
  return validateAnswers(form, visibleAnswers(form, draft.answers), { now: ctx.now, units: await loadUnits(ctx.db, ctx.now, form) })
}

async function showPage({ ctx }: Req, draft: Draft, form: Form, current: Page, mistakes: FieldError[]): Promise<Reply> {
  const { t, lang } = ctx
  const pages = pathOf(form, draft.answers)
  const at = pages.findIndex((p) => p.id === current.id)
  const units = await loadUnits(ctx.db, ctx.now, form)
  return page(
    <>
      <BackLink href={at > 0 ? deskDraftPageHref(draft, pages[at - 1]!.path) : visitHref(draft.visitId!)} />
      <FormPage form={form} page={current} answers={draft.answers} errors={mistakes} units={units} action={deskDraftPageHref(draft, current.path)} province={ctx.node.config.provinceCode} filled={sourcesOf(t, draft)} caption={t('dossiers.draft.step', { at: at + 1, of: pages.length, form: form.definition.title[lang] })} />
    </>, { title: current.title[lang], layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

interface Check { visit: Visit; draft: Draft; form: Form; mistakes: FieldError[]; problem?: { text: string; href: string }; way?: string | undefined }

async function showCheck(req: Req, check: Check): Promise<Reply> {
  const { db, lang, now, t } = req.ctx
  const { draft, form, mistakes, problem } = check
  const units = await loadUnits(db, now, form)
  const procedure = await getProcedureVersion(db, draft.procedureCode, draft.procedureVersion)
  const problems = [...(problem ? [problem] : []), ...mistakes.map((m) => ({ text: m.key.startsWith('dossiers.') ? t(m.key) : errorText(form, m, lang), href: pageHrefOf(draft, form, m.field) }))]
  const sections = summaryOf(form, draft.answers, lang, { units, hrefOf: (p) => deskDraftPageHref(draft, p.path) })
  return page(<CheckPage check={check} problems={problems} sections={sections} papers={procedure ? await papersOfCase(req.ctx, { form, answers: draft.answers, procedure, at: req.ctx.now }) : []} />, { title: t('dossiers.reception.check.title'), layout: 'desk', status: req.raw.method === 'POST' ? 400 : 200 })
}

function pageHrefOf(draft: Draft, form: Form, field: string): string {
  const top = field.split('.')[0]!
  const found = form.definition.pages.find((p) => p.fields.some((f) => f.id === top)) ?? form.definition.pages[0]!
  return `${deskDraftPageHref(draft, found.path)}#${inputId(form, field)}`
}

interface CheckProps { check: Check; problems: { text: string; href: string }[]; sections: SummarySection[]; papers: CasePaper[] }

function CheckPage({ check: { visit, draft, form, way }, problems, sections, papers }: CheckProps): VNode {
  const { t, actor } = usePage()
  const isHelp = visit.channel === 'assisted'
  const accepts = !isHelp && isPermitted(actor, 'dossiers.receive')
  return (
    <>
      <BackLink href={visitHref(visit.id)}>{t('dossiers.reception.visit')}</BackLink>
      {problems.length > 0 && (
        <div class="govuk-error-summary" tabIndex={-1}><div role="alert">
          <h2 class="govuk-error-summary__title">{t('ui.error.summary')}</h2>
          <ul class="govuk-list govuk-error-summary__list">{problems.map((p) => <li><a href={p.href}>{p.text}</a></li>)}</ul>
        </div></div>
      )}
      <h1 class="govuk-heading-l">{t('dossiers.reception.check.title')}</h1>
      {visit.organisation && <InsetText>{t('dossiers.reception.organisation.for', { name: visit.organisation.name, taxCode: visit.organisation.taxCode })}</InsetText>}
      {papers.length > 0 && <><h2 class="govuk-heading-m">{t('dossiers.casePapers.title')}</h2><CasePapersList papers={papers} /></>}
      {sections.map((s) => <SummaryList card={{ title: s.page }} rows={s.rows.map((r) => ({ key: r.question, value: <span class="mc-answer">{r.answer}</span>, actions: r.changeHref ? [{ href: r.changeHref, about: r.question }] : [] }))} />)}
      <HtmlForm action={deskCheckHref(draft)}>
        {!deliveryOf(form, draft.answers) && <Radios name="returnWay" label={t('dossiers.column.return')} inline value={way} options={waysOf(visit).map((w) => ({ value: w, text: t(`dossiers.way.${w}`) }))} />}
        <ButtonGroup>
          <Button>{t(isHelp ? 'dossiers.reception.check.help' : accepts ? 'dossiers.reception.check.accept' : 'dossiers.reception.check.later')}</Button>
          {accepts && <Button kind="secondary" name="do" value="later">{t('dossiers.reception.check.later')}</Button>}
        </ButtonGroup>
      </HtmlForm>
    </>
  )
}

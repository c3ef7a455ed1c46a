import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { file, page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../../platform/http/route.ts'
import { formatDate, formatDateTime } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import { BackLink, Button, ErrorSummary, Form, InsetText, LinkButton, PrintButton, SearchBox, SummaryList, Table, usePage } from '../../../../ui/index.ts'
import { procedureNames, searchProcedures, type FoundProcedure } from '../../../catalogue/index.ts'
import { bytesOf, findDocument, listDocuments, type StoredDocument } from '../../../documents/index.ts'
import { masked } from '../../../identity/index.ts'
import { agencyName, findAgency } from '../../../organisations/index.ts'
import type { Dossier } from '../../dossier.ts'
import { errors } from '../../dossiers.errors.ts'
import { findDossiers } from '../../dossiers.store.ts'
import { deleteVisitDrafts, listVisitDrafts, type Draft } from '../../drafts.store.ts'
import { StateTag } from '../../pages/state-tag.tsx'
import { closeVisit } from '../close-visit.ts'
import { listFiledIds, type Visit } from '../reception.store.ts'
import { startDeskDraft } from '../start-desk-draft.ts'
import { representNobody, representOrganisation } from '../represent-organisation.ts'
import { OrganisationPart } from './organisation-part.tsx'
import { closeVisitHref, closeVisitPath, deskCheckHref, deskDraftPageHref, deskReceiptHref, deskReceiptPath, deskSlipHref, deskSlipPath, dropDraftHref, dropDraftPath, newDraftHref, newDraftPath, noOrganisationPath, organisationPath, receptionPath, visitHref, visitPath } from './hrefs.ts'
import { officerCtx, readVisit } from './read-visit.ts'
import { nameOf } from './reception.page.tsx'

const access = { permission: 'dossiers.take-in' } as const

/** One person at the desk: what was filed for him in this visit, what is being filled in, and the next procedure. */
export const visitRoutes: Route[] = [
  { method: 'GET', path: visitPath, access, handler: (req) => showVisit(req, []) },
  { method: 'POST', path: newDraftPath, access, handler: async (req) => {
    const visit = await readVisit(req)
    const draft = await startDeskDraft(officerCtx(req), visit, req.form.get('procedure'))
    return redirect(deskDraftPageHref({ visitId: visit.id, id: draft.id }, draft.firstPage))
  } },
  { method: 'POST', path: dropDraftPath, access, handler: async (req) => {
    const visit = await readVisit(req)
    if (isId(req.params.draft)) await deleteVisitDrafts(req.ctx.db, visit.id, req.params.draft)
    return redirect(visitHref(visit.id))
  } },
  { method: 'POST', path: organisationPath, access, handler: async (req) => {
    const { form } = req
    const visit = await readVisit(req)
    const mistakes = await representOrganisation(officerCtx(req), visit, { taxCode: form.get('taxCode'), name: form.get('organisationName'), paper: form.get('organisationPaper') })
    return mistakes.length > 0 ? showVisit(req, mistakes) : redirect(visitHref(visit.id))
  } },
  { method: 'POST', path: noOrganisationPath, access, handler: async (req) => {
    const visit = await readVisit(req)
    await representNobody(officerCtx(req), visit)
    return redirect(visitHref(visit.id))
  } },
  { method: 'POST', path: closeVisitPath, access, handler: async (req) => {
    await closeVisit(officerCtx(req), await readVisit(req))
    return redirect(receptionPath)
  } },
  { method: 'GET', path: deskReceiptPath, access, handler: async (req) => {
    const visit = await readVisit(req)
    return page(<Receipt visit={visit} filed={await readFiled(req, visit)} now={req.ctx.now} />, { title: req.ctx.t('dossiers.reception.receipt.title'), layout: 'desk' })
  } },
  { method: 'GET', path: deskSlipPath, access, kind: 'raw', handler: async (req) => {
    const visit = await readVisit(req)
    const document = isId(req.params.document) ? await findDocument(req.ctx.db, req.params.document) : undefined
    if (!document || !(await listFiledIds(req.ctx.db, visit.id)).includes(document.subject)) throw errors.NOT_FOUND()
    return file(await bytesOf(req.ctx, document), { type: document.mediaType, name: document.fileName, inline: true })
  } },
]

interface Filed { dossier: Dossier; procedure: string; agency: string; papers: StoredDocument[] }

async function readFiled({ ctx: { db, lang, now } }: Req, visit: Visit): Promise<Filed[]> {
  const dossiers = (await findDossiers(db, await listFiledIds(db, visit.id))).sort((a, b) => a.submittedAt.getTime() - b.submittedAt.getTime())
  const names = await procedureNames(db, dossiers.map((d) => d.procedureCode), lang)
  return Promise.all(dossiers.map(async (dossier) => {
    const [agency, papers] = await Promise.all([findAgency(db, dossier.agencyCode, now), listDocuments(db, dossier.id)])
    return { dossier, procedure: names.get(dossier.procedureCode) ?? dossier.procedureCode, agency: agency ? agencyName(agency, lang) : dossier.agencyCode, papers }
  }))
}

async function showVisit(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const { db, lang, t } = req.ctx
  const visit = await readVisit(req)
  const q = (req.query.q ?? '').slice(0, 100)
  const [filed, drafts, found] = await Promise.all([readFiled(req, visit), listVisitDrafts(db, visit.id), searchProcedures(db, { ...(q ? { q } : { sort: 'name' as const }), online: 'here', lang })])
  const names = await procedureNames(db, drafts.map((d) => d.procedureCode), lang)
  return page(<VisitPage visit={visit} filed={filed} drafts={drafts} names={names} q={q} found={found.rows} typed={req.form} mistakes={mistakes} />, { title: t('dossiers.reception.visit'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

interface VisitProps { visit: Visit; filed: Filed[]; drafts: Draft[]; names: Map<string, string>; q: string; found: FoundProcedure[]; typed: FormBody; mistakes: FieldError[] }

function VisitPage({ visit, filed, drafts, names, q, found, typed, mistakes }: VisitProps): VNode {
  const { t, lang } = usePage()
  return (
    <>
      <BackLink href={receptionPath}>{t('dossiers.reception.title')}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{t(`dossiers.channel.${visit.channel}`)}</span>{nameOf(visit)}</h1>
      <VisitFacts visit={visit} />
      <OrganisationPart visit={visit} typed={typed} mistakes={mistakes} />
      {filed.length > 0 && <><FiledTable visit={visit} filed={filed} /><p class="govuk-body"><LinkButton kind="secondary" href={deskReceiptHref(visit.id)}>{t('dossiers.reception.receipt.open')}</LinkButton></p></>}
      {drafts.length > 0 && <Table caption={t('dossiers.reception.drafts')} columns={[{ header: t('dossiers.column.procedure') }, { header: t('dossiers.draft.actions') }]}
        rows={drafts.map((d) => [names.get(d.procedureCode) ?? d.procedureCode, <><a class="govuk-link" href={deskCheckHref(d)}>{t('dossiers.draft.resume')}</a> <Form action={dropDraftHref(d)} class="mc-inline"><Button kind="secondary">{t('dossiers.draft.delete')}</Button></Form></>])} />}
      <h2 class="govuk-heading-m">{t('dossiers.reception.next')}</h2>
      <SearchBox action={visitHref(visit.id)} value={q} label={t('dossiers.reception.find')} />
      {found.length === 0 ? <InsetText>{t('dossiers.reception.noneFound')}</InsetText> : (
        <Form action={newDraftHref(visit.id)}>
          <ul class="govuk-list">{found.map((p) => <li><Button kind="secondary" name="procedure" value={p.code}>{p.name[lang]} ({p.code})</Button></li>)}</ul>
        </Form>
      )}
      <Form action={closeVisitHref(visit.id)}><Button kind="warning">{t('dossiers.reception.close')}</Button></Form>
      <p class="govuk-body-s">{t('dossiers.reception.closeHint')}</p>
    </>
  )
}

function VisitFacts({ visit }: { visit: Visit }): VNode {
  const { t } = usePage()
  const { person } = visit
  return <SummaryList rows={[
    ...(person?.citizenId ? [{ key: t('identity.field.idNumber'), value: masked(person.citizenId) }] : []),
    ...(person?.birthDate ? [{ key: t('identity.field.birthDate'), value: formatDate(person.birthDate) }] : []),
    { key: t('dossiers.reception.account'), value: t(visit.ownerSubject ? 'dossiers.reception.account.yes' : 'dossiers.reception.account.no') },
    ...(visit.postedOn && visit.arrivedOn ? [{ key: t('dossiers.reception.postedOn'), value: formatDate(visit.postedOn) }, { key: t('dossiers.reception.arrivedOn'), value: formatDate(visit.arrivedOn) }] : []),
  ]} />
}

function FiledTable({ visit, filed }: { visit: Visit; filed: Filed[] }): VNode {
  const { t } = usePage()
  return (
    <Table caption={t('dossiers.reception.filed')} stack columns={[{ header: t('dossiers.column.code') }, { header: t('dossiers.column.procedure') }, { header: t('dossiers.column.agency') }, { header: t('dossiers.column.state') }, { header: t('dossiers.column.due') }, { header: t('dossiers.documents') }]}
      rows={filed.map(({ dossier: d, procedure, agency, papers }) => [
        <span class="mc-code">{d.code ?? d.reference}</span>, procedure, agency, <StateTag state={d.state} />, d.dueAt ? formatDateTime(d.dueAt) : t('dossiers.reception.notYet'),
        papers.length === 0 ? '–' : <>{papers.map((p) => <a class="govuk-link" href={deskSlipHref(visit.id, p.id)}>{p.title}</a>)}</>,
      ])} />
  )
}

/** What the person takes along at once, whatever still has to be typeset and signed. */
function Receipt({ visit, filed, now }: { visit: Visit; filed: Filed[]; now: Date }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={visitHref(visit.id)}>{t('dossiers.reception.visit')}</BackLink>
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{t(`dossiers.channel.${visit.channel}`)}, {formatDateTime(now)}</span>{t('dossiers.reception.receipt.title')}</h1>
      <p class="govuk-body">{t('dossiers.reception.receipt.for', { name: nameOf(visit) })}{visit.organisation && <>. {t('dossiers.reception.organisation.for', { name: visit.organisation.name, taxCode: visit.organisation.taxCode })}</>}</p>
      {visit.postedOn && visit.arrivedOn && <p class="govuk-body">{t('dossiers.reception.receipt.post', { posted: formatDate(visit.postedOn), arrived: formatDate(visit.arrivedOn) })}</p>}
      {filed.length === 0 ? <InsetText>{t('dossiers.reception.receipt.none')}</InsetText> : <FiledTable visit={visit} filed={filed} />}
      {filed.some(({ dossier }) => dossier.state === 'new') && <p class="govuk-body">{t('dossiers.reception.receipt.waits')}</p>}
      <p class="govuk-body">{t('dossiers.reception.receipt.track')}</p>
      <PrintButton />
    </>
  )
}

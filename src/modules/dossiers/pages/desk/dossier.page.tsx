import type { VNode } from 'preact'
import { isPermitted } from '../../../../platform/actor.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { formatDate, formatDateTime } from '../../../../platform/i18n.ts'
import { file, page, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { isId } from '../../../../platform/ids.ts'
import { BackLink, Deadline, Details, InsetText, SummaryList, Tag, Timeline, usePage } from '../../../../ui/index.ts'
import { bytesOf, findDocument } from '../../../documents/index.ts'
import { ProcessDiagram } from '../../../process/index.ts'
import { errors } from '../../dossiers.errors.ts'
import { DuplicatesNote } from '../../duplicates/duplicates-note.tsx'
import { listAttachments } from '../../dossiers.store.ts'
import { CasePapersList } from '../case-papers-list.tsx'
import { filedWords } from '../filed-words.ts'
import { stepItems } from '../history.tsx'
import { StateTag } from '../state-tag.tsx'
import { VersionLink } from '../version-link.tsx'
import { AccountsOfDossier } from '../../accountability/pages/account-parts.tsx'
import { findOpenChange } from '../../applicant-change/applicant-change.store.ts'
import { applicantHref } from '../../applicant-change/pages/hrefs.ts'
import { StepHolders } from '../../assignment/pages/step-holders.tsx'
import { Consultations, Notes } from '../../consultation/pages/dossier-parts.tsx'
import { CorrectionForms } from '../../correction/pages/correction-forms.tsx'
import { InsuredForDesk, insuredForDesk, type DeskInsured } from '../../insured/insured-for-desk.tsx'
import { isLate } from '../../late/explain-late.ts'
import { LateParts } from '../../late/pages/late-parts.tsx'
import { GroupForDesk, groupForDesk, type DeskGroup } from '../../linked/pages/group-for-desk.tsx'
import { DueStory } from '../../clock/pages/due-story.tsx'
import { deskMessagesHref } from '../../messages/pages/hrefs.ts'
import { ReturnWords } from '../../return-way/return-words.tsx'
import { placesOf, type ServedPlace } from '../../places/places-of.ts'
import { controlSlipHref } from '../../registers/desk-papers.routes.ts'
import { ActionPanel } from './action-panel.tsx'
import { deskDocumentHref, deskDocumentPath, deskDossierPath, deskFileHref, deskFilePath, dueStoryHref, inboxPath } from './hrefs.ts'
import { readDeskView, readDossierOfDesk, recordReading, type DeskView } from './read-desk-dossier.ts'
import type { Typed } from './typed.ts'

/** The officer's page of one dossier: the next action on top, what was filed, the papers, the place on the diagram, what happened. */
export const deskDossierRoutes: Route[] = [
  { method: 'GET', path: deskDossierPath, access: { permission: 'dossiers.view' }, handler: (req) => showDossier(req, [], {}) },
  { method: 'GET', path: deskDocumentPath, access: { permission: 'dossiers.view' }, kind: 'raw', handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    const document = isId(req.params.document) ? await findDocument(req.ctx.db, req.params.document) : undefined
    if (!document || document.subject !== dossier.id) throw errors.NOT_FOUND()
    await recordReading(req, dossier)
    return file(await bytesOf(req.ctx, document), { type: document.mediaType, name: document.fileName, inline: true })
  } },
  { method: 'GET', path: deskFilePath, access: { permission: 'dossiers.view' }, kind: 'raw', handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    const found = (await listAttachments(req.ctx.db, dossier.id)).find((f) => f.id === req.params.file)
    if (!found) throw errors.NOT_FOUND()
    await recordReading(req, dossier)
    return file(await req.ctx.node.files.get(found.fileId), { type: found.mimeType, name: found.fileName, inline: /^(image\/(png|jpeg)|application\/pdf)$/.test(found.mimeType) })
  } },
]

/** The page, also after a mistake in one of its forms: what was typed stands there again. */
export async function showDossier(req: Req, mistakes: FieldError[], typed: Typed): Promise<Reply> {
  const view = await readDeskView(req)
  await recordReading(req, view.dossier)
  const title = view.dossier.code ?? view.dossier.reference
  const changeWaits = (await findOpenChange(req.ctx.db, view.dossier.id)) !== undefined
  const [places, group] = [await placesOf(req.ctx, view.dossier.id), await groupForDesk(req.ctx.db, view.dossier.id)]
  const insured = view.dossier.receivedAt ? await insuredForDesk(req.ctx.db, view.dossier.id, view.content) : undefined
  return page(<DeskDossier view={view} group={group} insured={insured} changeWaits={changeWaits} places={places} mistakes={mistakes} typed={typed} />, { title, layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

function DeskDossier({ view, group, insured, changeWaits, places, mistakes, typed }: { view: DeskView; group: DeskGroup | undefined; insured: DeskInsured | 'waiting' | undefined; changeWaits: boolean; places: ServedPlace[]; mistakes: FieldError[]; typed: Typed }): VNode {
  const { t, lang, actor } = usePage()
  const { dossier: d } = view
  return (
    <>
      <BackLink href={inboxPath}>{t('dossiers.desk.title')}</BackLink>
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{view.procedure.content.name[lang]}</span>{d.code ?? d.reference} <StateTag state={d.state} />{d.dueAt && <> <Deadline due={d.dueAt} now={d.finishedAt ?? view.now} state={d.finishedAt ? 'done' : d.pausedAt ? 'paused' : 'running'} /></>}</h1>
      <div class="mc-split">
        <div class="mc-split__main">
          <DuplicatesNote duplicates={view.duplicates} />
          {group && <GroupForDesk id={d.id} group={group} mayAnswer={isPermitted(actor, 'dossiers.handle')} mistakes={mistakes} typed={typed} />}
          {insured && (insured !== 'waiting' || !d.finishedAt) && <InsuredForDesk insured={insured} />}
          <ActionPanel view={view} mistakes={mistakes} typed={typed} />
          {isLate(d, view.now) && <LateParts id={d.id} explanation={view.explanation} mayExplain={isPermitted(actor, 'dossiers.oversee')} mistakes={mistakes} typed={typed} />}
          <AccountsOfDossier id={d.id} requests={view.accounts} names={view.names} now={view.now} mayAnswer={isPermitted(actor, 'dossiers.handle')} mistakes={mistakes} typed={typed} />
          {view.correction && <CorrectionForms id={d.id} view={view.correction} mistakes={mistakes} typed={typed} />}
          <p class="govuk-body"><a class="govuk-link" href={deskMessagesHref(d.id)}>{t('dossiers.messages.openDesk')}</a>{view.newMessages > 0 && <> <Tag tone="attention">{t('dossiers.messages.new', { count: view.newMessages })}</Tag></>}</p>
          <StepHolders steps={view.holders} />
          <Consultations id={d.id} asked={view.consultations} agencies={view.asking} now={view.now} mistakes={mistakes} typed={typed} />
          <Facts view={view} changeWaits={changeWaits} places={places} />
          {view.dueStory.length > 0 && <Details summary={t('dossiers.clock.story.title')}><DueStory steps={view.dueStory} /><p class="govuk-body"><a class="govuk-link" href={dueStoryHref(d.id)}>{t('dossiers.clock.print')}</a></p></Details>}
          {view.diagram && <><h2 class="govuk-heading-m">{t('dossiers.desk.process')}</h2><ProcessDiagram diagram={view.diagram} /></>}
          <Declared view={view} />
        </div>
        <div class="mc-split__side">
          <Papers view={view} />
          <Notes id={d.id} notes={view.notes} mayWrite={isPermitted(actor, 'dossiers.handle')} mistakes={mistakes} typed={typed} />
          <h2 class="govuk-heading-m">{t('dossiers.history')}</h2>
          <Timeline items={stepItems(view.events, t, view.names)} label={t('dossiers.history')} />
        </div>
      </div>
    </>
  )
}

function Facts({ view, changeWaits, places }: { view: DeskView; changeWaits: boolean; places: ServedPlace[] }): VNode {
  const { t, actor } = usePage()
  const { dossier: d, content: { applicant: a } } = view
  const state = d.finishedAt ? 'done' : d.pausedAt ? 'paused' : 'running'
  return (
    <SummaryList rows={[
      { key: t('dossiers.desk.applicant'), value: <>{a.name}<br />{[a.idNumber, a.phone, a.email, a.address].filter(Boolean).join(' · ')}{isPermitted(actor, 'dossiers.handle') && <><br /><a class="govuk-link" href={applicantHref(d.id)}>{t('dossiers.applicantChange.open')}</a>{changeWaits && <> <Tag tone="attention">{t('dossiers.applicantChange.waits')}</Tag></>}</>}</> },
      ...(a.submittedBy ? [{ key: t('dossiers.behalf.filer'), value: <>{filedWords(t, a.submittedBy)}<br />{a.submittedBy.idNumber}{a.submittedBy.mandateId && <> · {t('dossiers.behalf.mandate')} <span class="mc-code">{a.submittedBy.mandateId}</span></>}</> }] : []),
      ...(a.confirmedBy ? [{ key: t('dossiers.together.confirmedBy'), value: <>{a.confirmedBy.map((c) => <span class="mc-line">{t('dossiers.together.confirmedAt', { name: c.name, idNumber: c.idNumber, at: formatDateTime(new Date(c.at)), pages: c.pages.join(', ') })}</span>)}</> }] : []),
      { key: t('dossiers.column.agency'), value: view.route ? <>{view.agency}<br />{t('dossiers.route.byTable', view.route)}</> : view.agency },
      { key: t('dossiers.column.version'), value: <VersionLink dossier={d} /> },
      { key: t('dossiers.column.channel'), value: t(`dossiers.channel.${d.channel}`) },
      ...places.map((place) => ({ key: t(`dossiers.places.${place.what}`), value: `${place.agency}, ${formatDateTime(place.at)}` })),
      ...(view.reception && d.channel !== 'assisted' ? [{ key: t('dossiers.reception.place'), value: view.reception.postedOn && view.reception.arrivedOn ? <>{view.reception.agency}<br />{t('dossiers.reception.receipt.post', { posted: formatDate(view.reception.postedOn), arrived: formatDate(view.reception.arrivedOn) })}</> : view.reception.agency }] : []),
      { key: t('dossiers.column.submitted'), value: formatDateTime(d.submittedAt) },
      ...(view.reactionDue ? [{ key: t('dossiers.clock.reaction'), value: <Deadline due={view.reactionDue} now={view.now} exact soonHours={4} /> }] : []),
      ...(d.isLate ? [{ key: t('dossiers.clock.lateKey'), value: t('dossiers.clock.late') }] : []),
      ...(d.receivedAt ? [{ key: t('dossiers.desk.receivedAt'), value: formatDateTime(d.receivedAt) }] : []),
      ...(d.dueAt ? [{ key: t('dossiers.column.due'), value: <><Deadline due={d.dueAt} now={d.finishedAt ?? view.now} state={state} exact />{d.promisedAt && d.promisedAt.getTime() !== d.dueAt.getTime() && <><br />{t('dossiers.desk.promised', { at: formatDateTime(d.promisedAt) })}</>}</> }] : []),
      { key: t('dossiers.column.return'), value: <ReturnWords shown={view.returns} /> },
    ]} />
  )
}

function Declared({ view }: { view: DeskView }): VNode {
  const { t } = usePage()
  return (
    <>
      <h2 class="govuk-heading-m">{t('dossiers.desk.declared')}</h2>
      {view.summary.map((s) => <SummaryList card={{ title: s.page, level: 3 }} rows={s.rows.map((r) => ({ key: r.question, value: <span class="mc-answer">{r.answer}</span> }))} />)}
      {view.transfers.length > 0 && <Details summary={t('dossiers.competence.history')}><ul class="govuk-list govuk-list--bullet">{view.transfers.map((m) => <li>{t('dossiers.competence.moved', { at: formatDateTime(m.at), from: m.from, to: m.to, reason: m.reason })}</li>)}</ul></Details>}
      {view.supplements.length > 0 && (
        <Details summary={t('dossiers.desk.supplements', { count: view.supplements.length })}>
          {view.supplements.map((s) => <InsetText><p class="govuk-body">{formatDateTime(s.requestedAt)}: {s.reason}</p>{s.answeredAt && <p class="govuk-body">{t('dossiers.desk.answered', { at: formatDateTime(s.answeredAt) })} {s.answer}</p>}</InsetText>)}
        </Details>
      )}
    </>
  )
}

function Papers({ view }: { view: DeskView }): VNode {
  const { t } = usePage()
  const { dossier: d } = view
  return (
    <>
      <h2 class="govuk-heading-m">{t('dossiers.casePapers.title')}</h2>
      <CasePapersList papers={view.papers} />
      <h2 class="govuk-heading-m">{t('dossiers.desk.files')}</h2>
      {view.files.length === 0 ? <p class="govuk-body">{t('dossiers.desk.noFiles')}</p> : <ul class="govuk-list">{view.files.map((f) => <li><a class="govuk-link" href={deskFileHref(d.id, f.id)}>{f.fileName}</a> ({Math.ceil(f.size / 1024)} kB)</li>)}</ul>}
      <h2 class="govuk-heading-m">{t('dossiers.documents')}</h2>
      {d.receivedAt && <p class="govuk-body"><a class="govuk-link" href={controlSlipHref(d.id)}>{t('dossiers.controlSlip.open')}</a></p>}
      {view.documents.length === 0 ? <p class="govuk-body">{t('dossiers.documents.none')}</p> : <ul class="govuk-list">{view.documents.map((doc) => <li><a class="govuk-link" href={deskDocumentHref(d.id, doc.id)}>{doc.title}</a>{doc.revokedAt && ` (${t('dossiers.correction.replaced')})`}</li>)}</ul>}
    </>
  )
}

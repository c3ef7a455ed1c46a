import type { VNode } from 'preact'
import { formatDateTime } from '../../../../platform/i18n.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { file, page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { isId } from '../../../../platform/ids.ts'
import { Button, Deadline, Details, ErrorSummary, fieldErrors, Form, InsetText, LinkButton, NotificationBanner, PrintButton, SummaryList, Tag, Textarea, Timeline, usePage } from '../../../../ui/index.ts'
import { loadCalendar, reactionDueAt, type Step } from '../../../calendar/index.ts'
import { getProcedureVersion } from '../../../catalogue/index.ts'
import { bytesOf, findDocument, listDocuments, type StoredDocument } from '../../../documents/index.ts'
import type { LedgerEvent } from '../../../ledger/index.ts'
import { agencyName, findAgency } from '../../../organisations/index.ts'
import { isFiledOnline, type Applicant, type Dossier } from '../../dossier.ts'
import { allowedActions } from '../../dossier-states.ts'
import { errors } from '../../dossiers.errors.ts'
import { findContent, findDossier, findReason, listSupplementRequests, type SupplementRequest } from '../../dossiers.store.ts'
import { mayActOn, mayReceive, maySee } from '../../on-behalf.ts'
import { requestWithdrawal } from '../../withdraw-dossier.ts'
import { listAccountRequests, type AccountRequest } from '../../accountability/accountability.store.ts'
import { ownApplicantHref } from '../../applicant-change/pages/hrefs.ts'
import { isChangeable } from '../../applicant-change/request-change.ts'
import { AccountsForPerson } from '../../accountability/pages/account-parts.tsx'
import { askAccountHref } from '../../accountability/pages/hrefs.ts'
import { isUnplaced } from '../../competence/competence.store.ts'
import { explainDue } from '../../clock/explain-due.ts'
import { DueStory } from '../../clock/pages/due-story.tsx'
import { innerPapers } from '../../papers/build-slip.ts'
import { countUnread } from '../../messages/message.store.ts'
import { ownMessagesHref } from '../../messages/pages/hrefs.ts'
import { findGroup } from '../../linked/linked.store.ts'
import { groupOfDossier, OfGroup, type GroupLink } from '../../linked/pages/of-group.tsx'
import { groupHref } from '../../linked/pages/hrefs.ts'
import { progressOf, type ProgressStep } from '../../next/progress.ts'
import { TrackingCode, trackingOf, type Tracking } from '../../next/pages/tracking-code.tsx'
import { doneItems, WhatNext } from '../../next/pages/what-next.tsx'
import { ReportedNote, ReportedSteps } from '../../reported/pages/reported-note.tsx'
import { findReported, listReportedSteps, type Reported, type ReportedStep } from '../../reported/reported.store.ts'
import { ownProofHref } from '../../proof/hrefs.ts'
import { isReturnOpen } from '../../return-way/return-choice.ts'
import { returnOf, ReturnWords, type ReturnShown } from '../../return-way/return-words.tsx'
import { filedWords } from '../filed-words.ts'
import { listSteps, stepItems } from '../history.tsx'
import { StateTag } from '../state-tag.tsx'
import { VersionLink } from '../version-link.tsx'
import { storedSummary, type StoredSection } from '../stored-summary.ts'
import { PaymentNotice } from '../../payment/pages/payment-forms.tsx'
import { listPaymentRequests, type PaymentRequest } from '../../payment/payment.store.ts'
import { calendarHref, returnWayHref, ownDocumentHref, ownDocumentPath, ownDossierHref, ownDossierPath, ownDueStoryHref, receiptPath, supplementHref, withdrawHref, withdrawPath } from './hrefs.ts'
import { personOf } from './read-draft.ts'

/** The dossier in the address that this person may see; another's is not found. */
export async function readOwn(req: Req): Promise<Dossier> {
  const dossier = isId(req.params.id) ? await findDossier(req.ctx.db, req.params.id) : undefined
  if (!dossier || !(await maySee(req.ctx, personOf(req), dossier))) throw personOf(req).actingEnded ? errors.MANDATE_ENDED() : errors.NOT_FOUND()
  return dossier
}

interface View { dossier: Dossier; group: GroupLink | undefined; procedure: string; agency: string; events: LedgerEvent[]; documents: StoredDocument[]; summary: StoredSection[]; supplement: SupplementRequest | undefined; payment: PaymentRequest | undefined; reason: string | undefined; applicant: Applicant | undefined; mayAct: boolean; newMessages: number; returns: ReturnShown; steps: ProgressStep[]; tracking: Tracking; now: Date; dueStory: Step[]; reactionDue: Date | undefined; isUnplaced: boolean; transferReason: string | undefined; declined: string | undefined; accounts: AccountRequest[]; reported: Reported | undefined; reportedSteps: ReportedStep[] }

async function readView(req: Req): Promise<View> {
  const { db, lang, now } = req.ctx
  const dossier = await readOwn(req)
  const person = personOf(req)
  const [mayAct, receives] = await Promise.all([mayActOn(req.ctx, person, 'submit', dossier), mayReceive(req.ctx, person, dossier)])
  const [procedure, agency, events, documents, content, supplements, reason] = await Promise.all([
    getProcedureVersion(db, dossier.procedureCode, dossier.procedureVersion), findAgency(db, dossier.agencyCode, now), listSteps(db, dossier.id), listDocuments(db, dossier.id), findContent(db, dossier.id),
    listSupplementRequests(db, dossier.id), findReason(db, dossier.id, 'refuse'),
  ])
  const calendar = await loadCalendar(db)
  const reported = dossier.nodeCode === req.ctx.node.config.code ? undefined : await findReported(db, dossier.id)
  return {
    reported, reportedSteps: reported ? await listReportedSteps(db, dossier.id) : [],
    returns: receives || mayAct ? await returnOf(req.ctx, dossier) : { way: dossier.returnWay, detail: '' },
    steps: await progressOf(req.ctx, dossier), tracking: await trackingOf(req.ctx, dossier),
    newMessages: receives ? await countUnread(db, dossier.id, 'office') : 0,
    dueStory: await explainDue(db, calendar, req.ctx.node.config.code, dossier, req.ctx.lang), reactionDue: dossier.state === 'new' && isFiledOnline(dossier.channel) ? reactionDueAt(calendar, dossier.submittedAt) : undefined,
    accounts: await listAccountRequests(db, dossier.id), isUnplaced: dossier.state === 'new' && await isUnplaced(db, dossier.id), transferReason: await findReason(db, dossier.id, 'transfer'), declined: dossier.state === 'withdrawal-requested' ? undefined : await findReason(db, dossier.id, 'decline-withdrawal'),
    group: await groupOfDossier(req.ctx, dossier), dossier, events, documents: receives ? documents.filter((doc) => !innerPapers.has(doc.kind)) : [], now, reason, mayAct, applicant: content?.applicant, procedure: procedure?.content.name[lang] ?? dossier.procedureCode, agency: agency ? agencyName(agency, lang) : dossier.agencyCode,
    summary: content ? await storedSummary(req.ctx, content) : [], supplement: supplements.find((s) => !s.answeredAt), payment: dossier.state === 'payment-required' ? (await listPaymentRequests(db, dossier.id)).at(-1) : undefined,
  }
}

/** The page, also after a mistake in a form on it: what was typed stands there again. */
export async function showOwn(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const view = await readView(req)
  return page(<OwnDossier view={view} withdrawn={req.query.rut === '1'} returnChanged={req.query['cach-nhan'] === '1'} mistakes={mistakes} typed={req.form.get('accountRequest')} />, { title: view.procedure, status: mistakes.length > 0 ? 400 : 200 })
}

export const ownDossierRoutes: Route[] = [
  { method: 'GET', path: ownDossierPath, access: 'person', handler: (req) => showOwn(req, []) },
  { method: 'GET', path: receiptPath, access: 'person', handler: async (req) => {
    // What was filed for several procedures at once has a page of its own, which says who may see it.
    if (isId(req.params.id) && await findGroup(req.ctx.db, req.params.id)) return redirect(`${groupHref(req.params.id)}?nop=1`)
    const view = await readView(req)
    return page(<Receipt view={view} />, { title: req.ctx.t('dossiers.receipt.title') })
  } },
  { method: 'GET', path: ownDocumentPath, access: 'person', kind: 'raw', handler: async (req) => {
    const dossier = await readOwn(req)
    const document = isId(req.params.document) ? await findDocument(req.ctx.db, req.params.document) : undefined
    if (!document || document.subject !== dossier.id || innerPapers.has(document.kind) || !(await mayReceive(req.ctx, personOf(req), dossier))) throw errors.NOT_FOUND()
    return file(await bytesOf(req.ctx, document), { type: document.mediaType, name: document.fileName, inline: true })
  } },
  { method: 'POST', path: withdrawPath, access: 'person', handler: async (req) => {
    const dossier = await readOwn(req)
    await requestWithdrawal(req.ctx, { dossierId: dossier.id, reason: req.form.get('reason').slice(0, 1000) })
    return redirect(`${ownDossierHref(dossier.id)}?rut=1`)
  } },
]

function OwnDossier({ view, withdrawn, returnChanged, mistakes, typed }: { view: View; withdrawn: boolean; returnChanged: boolean; mistakes: FieldError[]; typed: string }): VNode {
  const { t, lang } = usePage()
  const errorOf = fieldErrors(mistakes, t)
  const { dossier: d, now } = view
  const clock = d.finishedAt ? 'done' : d.pausedAt ? 'paused' : 'running'
  return (
    <>
      <ErrorSummary errors={mistakes} />
      {returnChanged && <NotificationBanner type="success" heading={t('dossiers.returnWay.saved')} />}
      {withdrawn && <NotificationBanner type="success" heading={t('dossiers.withdraw.sent')} />}
      <h1 class="govuk-heading-xl">{view.procedure}</h1>
      {view.group && <OfGroup group={view.group} />}
      {d.state === 'supplement-required' && view.supplement && <SupplementNotice id={d.id} supplement={view.supplement} mayAct={view.mayAct} />}
      {d.state === 'supplement-required' && !view.supplement && <InsetText>{t('dossiers.own.answerSent')}</InsetText>}
      {view.reported && <ReportedNote reported={view.reported} />}
      {view.isUnplaced && <InsetText>{t('dossiers.competence.own.waits', { agency: view.agency })}</InsetText>}
      {view.transferReason && <InsetText>{t('dossiers.competence.own.moved', { agency: view.agency, reason: view.transferReason })}</InsetText>}
      {view.declined && <InsetText>{t('dossiers.withdrawal.declined', { reason: view.declined })}</InsetText>}
      {view.payment && <PaymentNotice request={view.payment} />}
      {d.state === 'not-accepted' && <InsetText>{t('dossiers.own.refused')} {view.reason}</InsetText>}
      <SummaryList rows={[
        { key: t('dossiers.column.state'), value: <StateTag state={d.state} /> },
        { key: t(d.code ? 'dossiers.column.code' : 'dossiers.column.reference'), value: <span class="mc-code">{d.code ?? d.reference}</span> },
        { key: t('dossiers.column.agency'), value: view.agency },
        ...(view.applicant?.submittedBy ? [{ key: t('dossiers.behalf.filer'), value: filedWords(t, view.applicant.submittedBy) }] : []),
        { key: t('dossiers.column.version'), value: <VersionLink dossier={d} /> },
        { key: t('dossiers.column.submitted'), value: formatDateTime(d.submittedAt) },
        ...(view.reactionDue ? [{ key: t('dossiers.clock.reaction'), value: formatDateTime(view.reactionDue) }] : []),
        ...(d.dueAt ? [{ key: t('dossiers.column.due'), value: <><Deadline due={d.dueAt} now={d.finishedAt ?? now} state={clock} exact />{d.promisedAt && d.promisedAt.getTime() !== d.dueAt.getTime() && <><br />{t('dossiers.desk.promised', { at: formatDateTime(d.promisedAt) })}</>}</> }] : []),
        { key: t('dossiers.column.return'), value: <><ReturnWords shown={view.returns} />{view.mayAct && isReturnOpen(d) && <><br /><a class="govuk-link" href={returnWayHref(d.id)}>{t('dossiers.returnWay.change')}</a></>}</> },
      ]} />
      <WhatNext dossier={d} steps={view.steps} reactionDue={view.reactionDue} />
      {d.dueAt && !d.finishedAt && !d.pausedAt && <p class="govuk-body"><a class="govuk-link" href={calendarHref(d.id)}>{t('dossiers.next.calendar')}</a></p>}
      {view.dueStory.length > 0 && <Details summary={t('dossiers.clock.story.title')}><DueStory steps={view.dueStory} /><p class="govuk-body"><a class="govuk-link" href={ownDueStoryHref(d.id)}>{t('dossiers.clock.print')}</a></p></Details>}
      <p class="govuk-body"><a class="govuk-link" href={ownMessagesHref(d.id)}>{t('dossiers.messages.open')}</a>{view.newMessages > 0 && <> <Tag tone="attention">{t('dossiers.messages.new', { count: view.newMessages })}</Tag></>}</p>
      <Documents view={view} />
      <h2 class="govuk-heading-l">{t('dossiers.history')}</h2>
      <Timeline items={[...stepItems(view.events, t), ...doneItems(view.steps, t, lang)].sort((a, b) => a.at.getTime() - b.at.getTime())} label={t('dossiers.history')} />
      <ReportedSteps steps={view.reportedSteps} />
      <p class="govuk-body"><a class="govuk-link" href={ownProofHref(d.id)}>{t('dossiers.proof.open')}</a></p>
      {view.summary.length > 0 && <Details summary={t('dossiers.own.answers')}>{view.summary.map((s) => <SummaryList card={{ title: s.page }} rows={s.rows.map((r) => ({ key: r.question, value: <span class="mc-answer">{r.answer}</span> }))} />)}</Details>}
      {view.mayAct && view.summary.length > 0 && isChangeable(d) && <p class="govuk-body"><a class="govuk-link" href={ownApplicantHref(d.id)}>{t('dossiers.applicantChange.title')}</a></p>}
      <AccountsForPerson requests={view.accounts} />
      {view.mayAct && view.accounts.every((r) => r.answeredAt) && (
        <Details summary={t('dossiers.accountability.open')} open={mistakes.length > 0}>
          <p class="govuk-body">{t('dossiers.accountability.explain')}</p>
          <Form action={askAccountHref(d.id)}><Textarea name="accountRequest" label={t('dossiers.accountability.request')} rows={4} value={typed} error={errorOf.of('accountRequest')} /><Button kind="secondary">{t('dossiers.accountability.button')}</Button></Form>
        </Details>
      )}
      {view.mayAct && allowedActions(d.state).includes('request-withdrawal') && (
        <Details summary={t('dossiers.withdraw.open')}>
          <p class="govuk-body">{t('dossiers.withdraw.explain')}</p>
          <Form action={withdrawHref(d.id)}><Textarea name="reason" label={t('dossiers.withdraw.reason')} rows={3} /><Button kind="warning">{t('dossiers.withdraw.button')}</Button></Form>
        </Details>
      )}
      <Details summary={t('dossiers.next.qrOpen')}><TrackingCode tracking={view.tracking} /></Details>
      <PrintButton />
    </>
  )
}

function SupplementNotice({ id, supplement, mayAct }: { id: string; supplement: SupplementRequest; mayAct: boolean }): VNode {
  const { t } = usePage()
  return (
    <NotificationBanner heading={t('dossiers.supplement.asked')}>
      <p class="govuk-body">{supplement.reason}</p>
      {supplement.items.length > 0 && <ul class="govuk-list govuk-list--bullet">{supplement.items.map((item) => <li>{item}</li>)}</ul>}
      {mayAct && <p class="govuk-body"><a class="govuk-link" href={supplementHref(id)}>{t('dossiers.own.answer')}</a></p>}
    </NotificationBanner>
  )
}

function Documents({ view }: { view: View }): VNode {
  const { t } = usePage()
  return (
    <>
      <h2 class="govuk-heading-l">{t('dossiers.documents')}</h2>
      {view.documents.length === 0 ? <p class="govuk-body">{t('dossiers.documents.none')}</p> : (
        <ul class="govuk-list">{view.documents.map((doc) => <li><a class="govuk-link" href={ownDocumentHref(view.dossier.id, doc.id)}>{doc.title} (PDF)</a> – {formatDateTime(doc.createdAt)}{doc.revokedAt && ` (${t('dossiers.correction.replaced')})`}</li>)}</ul>
      )}
      {view.documents.length > 0 && <p class="govuk-body-s">{t('dossiers.documents.verify')} <a class="govuk-link" href="/kiem-tra-van-ban">{t('dossiers.documents.verifyLink')}</a></p>}
    </>
  )
}

function Receipt({ view }: { view: View }): VNode {
  const { t } = usePage()
  const { dossier: d } = view
  return (
    <>
      <div class="govuk-panel govuk-panel--confirmation">
        <h1 class="govuk-panel__title">{t('dossiers.receipt.title')}</h1>
        <div class="govuk-panel__body">{t('dossiers.receipt.reference')}<br /><strong>{d.reference}</strong></div>
      </div>
      {view.isUnplaced && <InsetText>{t('dossiers.competence.own.waits', { agency: view.agency })}</InsetText>}
      <SummaryList rows={[{ key: t('dossiers.column.procedure'), value: view.procedure }, { key: t('dossiers.column.agency'), value: view.agency }, { key: t('dossiers.column.submitted'), value: formatDateTime(d.submittedAt) }, { key: t('dossiers.column.return'), value: <ReturnWords shown={view.returns} /> }]} />
      <h2 class="govuk-heading-l">{t('dossiers.receipt.next')}</h2>
      <ol class="govuk-list govuk-list--number"><li>{t('dossiers.receipt.next1')}</li><li>{t('dossiers.receipt.next2')}</li><li>{t('dossiers.receipt.next3')}</li></ol>
      <TrackingCode tracking={view.tracking} />
      <LinkButton href={ownDossierHref(d.id)}>{t('dossiers.receipt.follow')}</LinkButton> <PrintButton />
    </>
  )
}

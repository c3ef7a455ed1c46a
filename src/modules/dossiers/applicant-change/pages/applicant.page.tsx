import type { VNode } from 'preact'
import { actorKey } from '../../../../platform/actor.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { BackLink, Button, EmptyState, ErrorSummary, fieldErrors, Form, InsetText, Radios, Table, Textarea, usePage } from '../../../../ui/index.ts'
import { getForm, loadUnits, type Units } from '../../../forms/index.ts'
import { assertOfDesk } from '../../desk-scope.ts'
import type { Dossier } from '../../dossier.ts'
import { errors } from '../../dossiers.errors.ts'
import { findContent, findDossiers } from '../../dossiers.store.ts'
import { deskDossierHref } from '../../pages/desk/hrefs.ts'
import { readDossierOfDesk, recordReading } from '../../pages/desk/read-desk-dossier.ts'
import { knownFacts, type KnownFact } from '../applicant-facts.ts'
import { listChanges, listWaiting, type ApplicantChange, type ChangeWay } from '../applicant-change.store.ts'
import { confirmChange, declineChange } from '../decide-change.ts'
import { isChangeable, recordChange } from '../request-change.ts'
import { ChangedFacts, ChangeHistory, FactFields, typedFacts } from './change-parts.tsx'
import { applicantHref, applicantPath, confirmChangeHref, confirmChangePath, declineChangeHref, declineChangePath, waitingChangesPath } from './hrefs.ts'

const access = { permission: 'dossiers.handle' } as const

/** The applicant’s data of a dossier: what waits to be confirmed, a new change, and what was changed before. */
export const applicantRoutes: Route[] = [
  { method: 'GET', path: waitingChangesPath, access, audit: 'dossiers.inbox', handler: showWaiting },
  { method: 'GET', path: applicantPath, access, handler: (req) => show(req, []) },
  { method: 'POST', path: applicantPath, access, handler: async (req) => {
    const { id } = await readDossierOfDesk(req)
    const mistakes = await recordChange(req.ctx, { dossierId: id, facts: typedFacts(req.form), ground: req.form.get('ground'), way: req.form.get('way') })
    return mistakes.length > 0 ? show(req, mistakes) : redirect(applicantHref(id))
  } },
  { method: 'POST', path: confirmChangePath, access, handler: async (req) => {
    const { id } = await readDossierOfDesk(req)
    await confirmChange(req.ctx, { dossierId: id, changeId: req.form.get('change') })
    return redirect(applicantHref(id))
  } },
  { method: 'POST', path: declineChangePath, access, handler: async (req) => {
    const { id } = await readDossierOfDesk(req)
    const mistakes = await declineChange(req.ctx, { dossierId: id, changeId: req.form.get('change'), reason: req.form.get('declineReason') })
    return mistakes.length > 0 ? show(req, mistakes) : redirect(applicantHref(id))
  } },
]

interface View { dossier: Dossier; known: KnownFact[]; changes: ApplicantChange[]; open: ApplicantChange | undefined; isOwn: boolean; units: Units }

async function show(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const { ctx } = req
  const dossier = await readDossierOfDesk(req)
  const content = await findContent(ctx.db, dossier.id)
  if (!content) throw errors.NOT_FOUND()
  await recordReading(req, dossier)
  const form = await getForm(ctx.db, content.formKey, content.formVersion)
  const changes = await listChanges(ctx.db, dossier.id)
  const open = changes.find((c) => !c.decidedAt)
  const view: View = { dossier, changes, open, known: knownFacts(form, content.answers, { hasAccount: dossier.ownerSubject !== null }), isOwn: open?.askedBy === actorKey(ctx.actor), units: await loadUnits(ctx.db, ctx.now, form) }
  return page(<ApplicantPage req={req} view={view} mistakes={mistakes} />, { title: ctx.t('dossiers.applicantChange.title'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

function ApplicantPage({ req, view: { dossier: d, known, changes, open, isOwn, units }, mistakes }: { req: Req; view: View; mistakes: FieldError[] }): VNode {
  const { t } = usePage()
  const errorOf = fieldErrors(mistakes, t)
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <BackLink href={deskDossierHref(d.id)}>{d.code ?? d.reference}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('dossiers.applicantChange.title')}</h1>
      <p class="govuk-body">{t('dossiers.applicantChange.explain')}</p>
      {open ? <OpenChange id={d.id} change={open} units={units} isOwn={isOwn} reason={req.form.get('declineReason')} mistakes={mistakes} /> : !isChangeable(d) ? <InsetText>{t('dossiers.applicantChange.over')}</InsetText> : (
        <Form action={applicantHref(d.id)} autocomplete="off">
          <Radios name="way" label={t('dossiers.applicantChange.wayLabel')} inline value={req.form.get('way')} error={errorOf.of('way')} options={(['in-person', 'in-writing'] as ChangeWay[]).map((way) => ({ value: way, text: t(`dossiers.applicantChange.way.${way}`) }))} />
          <FactFields known={known} units={units} typed={req.form} mistakes={mistakes} />
          <Button>{t('dossiers.applicantChange.record')}</Button>
        </Form>
      )}
      <ChangeHistory changes={changes.filter((c) => c.decidedAt)} units={units} />
    </div></div>
  )
}

function OpenChange({ id, change: c, units, isOwn, reason, mistakes }: { id: string; change: ApplicantChange; units: Units; isOwn: boolean; reason: string; mistakes: readonly FieldError[] }): VNode {
  const { t } = usePage()
  return (
    <>
      <ChangedFacts caption={t('dossiers.applicantChange.waitsSince', { at: formatDateTime(c.askedAt) })} changes={c.changes} units={units} />
      <p class="govuk-body">{t(`dossiers.applicantChange.way.${c.way}`)}. {t('dossiers.applicantChange.groundIs', { ground: c.ground })}</p>
      {isOwn ? <InsetText>{t('dossiers.applicantChange.byColleague')}</InsetText> : (
        <>
          <p class="govuk-body">{t('dossiers.applicantChange.final')}</p>
          <Form action={confirmChangeHref(id)} hidden={{ change: c.id }}><Button>{t('dossiers.applicantChange.confirm')}</Button></Form>
          <Form action={declineChangeHref(id)} hidden={{ change: c.id }}>
            <Textarea name="declineReason" label={t('dossiers.applicantChange.declineReason')} hint={t('dossiers.competence.reasonHint')} rows={2} value={reason} error={fieldErrors(mistakes, t).of('declineReason')} />
            <Button kind="secondary">{t('dossiers.applicantChange.decline')}</Button>
          </Form>
        </>
      )}
    </>
  )
}

/** Changes that wait at this officer’s desk. */
async function showWaiting({ ctx }: Req): Promise<Reply> {
  const waiting = await listWaiting(ctx.db, ctx.node.config.code)
  const known = new Map((await findDossiers(ctx.db, waiting.map((w) => w.dossierId))).map((d) => [d.id, d]))
  const rows = (await Promise.all(waiting.map(async (w) => {
    const dossier = known.get(w.dossierId)
    const isHis = dossier && await assertOfDesk(ctx, dossier, 'dossiers.handle').then(() => true, () => false)
    return isHis ? [{ ...w, dossier }] : []
  }))).flat()
  return page(<Waiting rows={rows} />, { title: ctx.t('dossiers.applicantChange.nav'), layout: 'desk' })
}

function Waiting({ rows }: { rows: { dossier: Dossier; askedAt: Date; way: ChangeWay }[] }): VNode {
  const { t } = usePage()
  return (
    <>
      <h1 class="govuk-heading-l">{t('dossiers.applicantChange.nav')}</h1>
      {rows.length === 0 ? <EmptyState title={t('dossiers.applicantChange.none')} /> : (
        <Table wide keys caption={t('dossiers.applicantChange.nav')} captionHidden columns={[{ header: t('dossiers.column.code') }, { header: t('dossiers.applicantChange.wayLabel') }, { header: t('dossiers.applicantChange.since') }]}
          rows={rows.map(({ dossier: d, askedAt, way }) => ({ href: applicantHref(d.id), cells: [<a class="govuk-link" href={applicantHref(d.id)}>{d.code ?? d.reference}</a>, t(`dossiers.applicantChange.way.${way}`), formatDateTime(askedAt)] }))} />
      )}
    </>
  )
}

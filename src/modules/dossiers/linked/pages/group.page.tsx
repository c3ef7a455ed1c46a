import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import { Button, Deadline, Details, ErrorSummary, fieldErrors, FileUpload, Form, InsetText, NotificationBanner, PrintButton, SummaryList, Textarea, Timeline, usePage, WarningText, type TimelineItem } from '../../../../ui/index.ts'
import { procedureNames } from '../../../catalogue/index.ts'
import { listDocuments } from '../../../documents/index.ts'
import { getForm } from '../../../forms/index.ts'
import { listEvents } from '../../../ledger/index.ts'
import { agencyName, findAgency } from '../../../organisations/index.ts'
import { diagramFor, ProcessDiagram, type Diagram } from '../../../process/index.ts'
import { errors } from '../../dossiers.errors.ts'
import { findReason } from '../../dossiers.store.ts'
import { keepUploads } from '../../keep-uploads.ts'
import { assertMayAct, mayActOn, mayReceive, maySee, type Owned } from '../../on-behalf.ts'
import { ownListPath } from '../../pages/portal/hrefs.ts'
import { personOf } from '../../pages/portal/read-draft.ts'
import { storedSummary, type StoredSection } from '../../pages/stored-summary.ts'
import { feesOfParts, type PartFee } from '../fees-of-parts.ts'
import { findGroup, findGroupContent, type LinkedGroup } from '../linked.store.ts'
import { readGroup, type GroupStory } from '../read-group.ts'
import { fileAgain, giveUpPart, withdrawLinked } from '../withdraw-linked.ts'
import { GroupTag } from './group-tags.tsx'
import { fileAgainHref, fileAgainPath, giveUpHref, giveUpPath, groupHref, groupPath, withdrawGroupHref, withdrawGroupPath } from './hrefs.ts'
import { PartCard, type ShownPart } from './part-card.tsx'
import { PartFees } from './part-fees.tsx'

const owned = (g: LinkedGroup): Owned => ({ ...g, procedureCode: g.code })
const mostNote = 1000

/** The group in the address that this person may see; another's is not found. */
async function readOwnGroup(req: Req): Promise<LinkedGroup> {
  const group = isId(req.params.id) ? await findGroup(req.ctx.db, req.params.id) : undefined
  if (!group || !(await maySee(req.ctx, personOf(req), owned(group)))) throw personOf(req).actingEnded ? errors.MANDATE_ENDED() : errors.NOT_FOUND()
  return group
}

/** The same for who acts on it. @throws OUT_OF_MANDATE, MANDATE_ENDED */
async function readToAct(req: Req): Promise<LinkedGroup> {
  const group = await readOwnGroup(req)
  await assertMayAct(req.ctx, personOf(req), owned(group))
  return group
}

/** The one page on which a person follows everything that was filed together. */
export const groupRoutes: Route[] = [
  { method: 'GET', path: groupPath, access: 'person', handler: async (req) => show(req, await readOwnGroup(req)) },
  { method: 'POST', path: withdrawGroupPath, access: 'person', handler: async (req) => {
    const group = await readToAct(req)
    await withdrawLinked(req.ctx, { groupId: group.id, reason: req.form.get('reason').slice(0, mostNote) })
    return redirect(`${groupHref(group.id)}?rut=1`)
  } },
  { method: 'POST', path: fileAgainPath, access: 'person', bodyLimit: 120 * 1024 * 1024, handler: async (req) => {
    const group = await readToAct(req)
    const note = req.form.get('note').trim()
    const { files, mistakes } = await keepUploads(req, 'linked:again')
    if (note === '') mistakes.push({ field: 'note', key: 'dossiers.linked.again.noteMissing' })
    if ([...note].length > mostNote) mistakes.push({ field: 'note', key: 'dossiers.linked.again.noteTooLong', params: { max: mostNote } })
    if (mistakes.length > 0) return show(req, group, { mistakes, part: req.params.key!, note })
    await fileAgain(req.ctx, { groupId: group.id, part: req.params.key!, note, files })
    return redirect(groupHref(group.id))
  } },
  { method: 'POST', path: giveUpPath, access: 'person', handler: async (req) => {
    const group = await readToAct(req)
    await giveUpPart(req.ctx, { groupId: group.id, part: req.params.key! })
    return redirect(groupHref(group.id))
  } },
]

interface Typed { mistakes: FieldError[]; part: string; note: string }
interface View { group: LinkedGroup; name: string; story: GroupStory; parts: ShownPart[]; fees: PartFee[]; diagram: Diagram | undefined; history: TimelineItem[]; summary: StoredSection[]; mayAct: boolean; now: Date; filed: boolean; withdrawn: boolean }

async function show(req: Req, group: LinkedGroup, typed?: Typed): Promise<Reply> {
  const view = await readView(req, group)
  return page(<GroupPage view={view} typed={typed} />, { title: view.name, status: typed ? 400 : 200 })
}

async function readView(req: Req, group: LinkedGroup): Promise<View> {
  const { ctx } = req
  const person = personOf(req)
  const [story, content, names, events] = await Promise.all([readGroup(ctx.db, group), findGroupContent(ctx.db, group.id), procedureNames(ctx.db, [group.code], ctx.lang), listEvents(ctx.db, group.id)])
  const [mayAct, receives] = await Promise.all([mayActOn(ctx, person, 'submit', owned(group)), mayReceive(ctx, person, owned(group))])
  const parts = await Promise.all(story.parts.map(async (part): Promise<ShownPart> => {
    const { dossier: d } = part
    const agency = d && await findAgency(ctx.db, d.agencyCode, ctx.now)
    const results = d && receives ? (await listDocuments(ctx.db, d.id)).filter((doc) => doc.kind === 'result' && doc.fileId !== null) : []
    return { story: part, agency: agency && agencyName(agency, ctx.lang), results, reason: d?.state === 'not-accepted' ? await findReason(ctx.db, d.id, 'refuse') : undefined }
  }))
  const form = content && await getForm(ctx.db, content.formKey, content.formVersion)
  return {
    group, story, parts, mayAct, now: ctx.now, name: names.get(group.code) ?? group.code, filed: req.query.nop === '1', withdrawn: req.query.rut === '1',
    fees: content && form ? await feesOfParts(ctx, group.code, form, content.answers) : [], diagram: await diagramFor(ctx.db, group.id, ctx.lang), summary: content ? await storedSummary(ctx, content) : [],
    history: events.flatMap((e) => {
      if (!e.type.startsWith('linked.')) return []
      const part = story.definition.parts.find((p) => p.key === e.data.part)?.name[ctx.lang] ?? ''
      const how = e.type === 'linked.part_ended' || e.type === 'linked.undo_answered' ? `.${String(e.data.how ?? e.data.answer)}` : e.type === 'linked.part_filed' && e.data.dossierId === null ? '.not' : ''
      return [{ at: e.at, tone: 'neutral' as const, title: ctx.t(`dossiers.linked.event.${e.type.slice('linked.'.length)}${how}`, { part }) }]
    }),
  }
}

function GroupPage({ view, typed }: { view: View; typed: Typed | undefined }): VNode {
  const { t, lang } = usePage()
  const { group: g, now } = view
  const { definition } = view.story
  return (
    <>
      {typed && <ErrorSummary errors={typed.mistakes} />}
      {view.filed && <NotificationBanner type="success" heading={t('dossiers.linked.filed', { reference: g.reference })} />}
      {view.withdrawn && <NotificationBanner type="success" heading={t('dossiers.linked.withdraw.sent')} />}
      <h1 class="govuk-heading-xl"><span class="govuk-caption-xl">{t('dossiers.linked.caption')}</span>{view.name}</h1>
      <SummaryList rows={[
        { key: t('dossiers.column.state'), value: <><GroupTag state={g.state} /><br />{t(`dossiers.linked.explain.${g.withdrawalAskedAt && !g.finishedAt ? 'withdrawing' : g.state}`)}</> },
        { key: t('dossiers.column.reference'), value: <span class="mc-code">{g.reference}</span> },
        { key: t('dossiers.column.submitted'), value: formatDateTime(g.submittedAt) },
        { key: t('dossiers.linked.limit'), value: t(`dossiers.limit.${definition.limit.unit}`, { count: definition.limit.value }) },
        ...(g.dueAt ? [{ key: t('dossiers.column.due'), value: <Deadline due={g.dueAt} now={g.finishedAt ?? now} state={g.finishedAt ? 'done' : g.pausedAt ? 'paused' : 'running'} exact /> }] : []),
        { key: t('dossiers.linked.law'), value: definition.source[lang] },
      ]} />
      <h2 class="govuk-heading-l">{t('dossiers.linked.parts')}</h2>
      {view.parts.map((shown, i) => (
        <>
          <PartCard shown={shown} place={i + 1} now={now} />
          {view.mayAct && shown.story.last?.waitsUntil && !g.withdrawalAskedAt && <Again group={g} part={shown.story.definition.key} name={shown.story.definition.name[lang]} typed={typed?.part === shown.story.definition.key ? typed : undefined} />}
        </>
      ))}
      {view.fees.length > 0 && <PartFees fees={view.fees} />}
      {view.diagram && <Details summary={t('dossiers.linked.diagram')}><ProcessDiagram diagram={view.diagram} /></Details>}
      <h2 class="govuk-heading-l">{t('dossiers.history')}</h2>
      <Timeline items={view.history} label={t('dossiers.history')} />
      {view.summary.length > 0 && <Details summary={t('dossiers.own.answers')}>{view.summary.map((s) => <SummaryList card={{ title: s.page }} rows={s.rows.map((r) => ({ key: r.question, value: <span class="mc-answer">{r.answer}</span> }))} />)}</Details>}
      {view.mayAct && !g.processEndedAt && !g.withdrawalAskedAt && (
        <Details summary={t('dossiers.linked.withdraw.open')}>
          <p class="govuk-body">{t('dossiers.linked.withdraw.explain')}</p>
          <Form action={withdrawGroupHref(g.id)}><Textarea name="reason" label={t('dossiers.withdraw.reason')} rows={3} /><Button kind="warning">{t('dossiers.linked.withdraw.button')}</Button></Form>
        </Details>
      )}
      <p class="govuk-body"><a class="govuk-link" href={ownListPath}>{t('dossiers.own.title')}</a></p>
      <PrintButton />
    </>
  )
}

/** A refused part that waits for the person: file it again with what was missing, or leave it out. */
function Again({ group, part, name, typed }: { group: LinkedGroup; part: string; name: string; typed: Typed | undefined }): VNode {
  const { t } = usePage()
  const errorOf = fieldErrors(typed?.mistakes ?? [], t)
  return (
    <>
      <InsetText>{t('dossiers.linked.again.explain', { part: name })}</InsetText>
      <Details summary={t('dossiers.linked.again.open', { part: name })} open={typed !== undefined}>
        <Form action={fileAgainHref(group.id, part)} files>
          <Textarea name="note" label={t('dossiers.linked.again.note')} hint={t('dossiers.linked.again.noteHint')} rows={3} value={typed?.note ?? ''} error={errorOf.of('note')} />
          <FileUpload name="files" label={t('dossiers.supplement.files')} hint={t('dossiers.supplement.filesHint')} multiple error={errorOf.of('files')} />
          <Button>{t('dossiers.linked.again.button', { part: name })}</Button>
        </Form>
      </Details>
      <Details summary={t('dossiers.linked.giveUp.open', { part: name })}>
        <WarningText>{t('dossiers.linked.giveUp.explain', { part: name })}</WarningText>
        <Form action={giveUpHref(group.id, part)}><Button kind="warning">{t('dossiers.linked.giveUp.button', { part: name })}</Button></Form>
      </Details>
    </>
  )
}

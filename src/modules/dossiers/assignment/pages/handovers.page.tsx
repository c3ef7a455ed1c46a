import type { VNode } from 'preact'
import { file, page } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import { BackLink, EmptyState, InsetText, LinkButton, SummaryList, Table, usePage } from '../../../../ui/index.ts'
import { bytesOf, findDocumentByKey } from '../../../documents/index.ts'
import { isHeadOf, officerNames } from '../../../identity/index.ts'
import { errors } from '../../dossiers.errors.ts'
import { findDossiers } from '../../dossiers.store.ts'
import { deskDossierHref, inboxPath } from '../../pages/desk/hrefs.ts'
import { officerOf } from '../../pages/desk/inbox.page.tsx'
import { StateTag } from '../../pages/state-tag.tsx'
import { findHandover, listHandovers, type Handover } from '../assignment.store.ts'
import { minutesKey } from '../issue-minutes.ts'
import { handoverHref, handoverPath, handoversPath, minutesHref, minutesPath } from './hrefs.ts'

const access = { permission: 'dossiers.handle' } as const
const shown = 100

/** Hand-overs of an officer, and their minutes. */
export const handoverRoutes: Route[] = [
  { method: 'GET', path: handoversPath, access, handler: async (req) => {
    const { db, t } = req.ctx
    const rows = await listHandovers(db, officerOf(req).id, shown)
    return page(<Handovers rows={rows} names={await officerNames(db, rows.flatMap((h) => [h.fromOfficer, h.toOfficer]))} />, { title: t('dossiers.assignment.handovers'), layout: 'desk' })
  } },
  { method: 'GET', path: handoverPath, access, audit: 'dossiers.inbox', handler: async (req) => {
    const { db, t } = req.ctx
    const handover = await readHandover(req)
    const [names, dossiers, minutes] = await Promise.all([officerNames(db, [handover.fromOfficer, handover.toOfficer]), findDossiers(db, handover.items.map((i) => i.dossierId)), findDocumentByKey(db, minutesKey(handover.id))])
    return page(<OneHandover handover={handover} names={names} codes={new Map(dossiers.map((d) => [d.id, d.code ?? d.reference]))} hasMinutes={minutes !== undefined} />, { title: t('dossiers.assignment.handover'), layout: 'desk' })
  } },
  { method: 'GET', path: minutesPath, access, kind: 'raw', handler: async (req) => {
    const handover = await readHandover(req)
    const minutes = await findDocumentByKey(req.ctx.db, minutesKey(handover.id))
    if (!minutes) throw errors.NOT_FOUND()
    return file(await bytesOf(req.ctx, minutes), { type: minutes.mediaType, name: minutes.fileName, inline: true })
  } },
]

/** For who gave, who took, and who leads the agency. @throws NOT_FOUND */
async function readHandover(req: Req): Promise<Handover> {
  const { id } = officerOf(req)
  const handover = isId(req.params.id) ? await findHandover(req.ctx.db, req.params.id) : undefined
  if (!handover || !(handover.fromOfficer === id || handover.toOfficer === id || isHeadOf(req.ctx, { agencyCode: handover.agencyCode, unitId: null }))) throw errors.NOT_FOUND()
  return handover
}

type Names = ReadonlyMap<string, string>

function Handovers({ rows, names }: { rows: Handover[]; names: Names }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={inboxPath}>{t('dossiers.desk.title')}</BackLink>
      <h1 class="govuk-heading-l">{t('dossiers.assignment.handovers')}</h1>
      {rows.length === 0 ? <EmptyState title={t('dossiers.assignment.noHandovers')} /> : (
        <Table wide keys caption={t('dossiers.assignment.handovers')} captionHidden columns={[{ header: t('dossiers.assignment.at') }, { header: t('dossiers.assignment.from') }, { header: t('dossiers.assignment.to') }, { header: t('dossiers.assignment.steps'), numeric: true }]}
          rows={rows.map((h) => ({ href: handoverHref(h.id), cells: [<a class="govuk-link" href={handoverHref(h.id)}>{formatDateTime(h.at)}</a>, names.get(h.fromOfficer) ?? '–', names.get(h.toOfficer) ?? '–', h.items.length] }))} />
      )}
    </>
  )
}

function OneHandover({ handover: h, names, codes, hasMinutes }: { handover: Handover; names: Names; codes: ReadonlyMap<string, string>; hasMinutes: boolean }): VNode {
  const { t, lang } = usePage()
  return (
    <>
      <BackLink href={handoversPath}>{t('dossiers.assignment.handovers')}</BackLink>
      <h1 class="govuk-heading-l">{t('dossiers.assignment.handover')}</h1>
      <SummaryList rows={[
        { key: t('dossiers.assignment.at'), value: formatDateTime(h.at) },
        { key: t('dossiers.assignment.from'), value: names.get(h.fromOfficer) ?? '–' },
        { key: t('dossiers.assignment.to'), value: names.get(h.toOfficer) ?? '–' },
        { key: t('dossiers.desk.reason'), value: h.reason },
      ]} />
      {hasMinutes ? <p class="govuk-body"><LinkButton kind="secondary" href={minutesHref(h.id)}>{t('dossiers.assignment.minutes')} (PDF)</LinkButton></p> : <InsetText>{t('dossiers.assignment.minutesSoon')}</InsetText>}
      <Table wide caption={t('dossiers.assignment.steps')} columns={[{ header: t('dossiers.column.code') }, { header: t('dossiers.column.step') }, { header: t('dossiers.column.state') }, { header: t('dossiers.column.due') }]}
        rows={h.items.map((item) => [<a class="govuk-link" href={deskDossierHref(item.dossierId)}>{codes.get(item.dossierId) ?? item.dossierId}</a>, item.step[lang], <StateTag state={item.state} />, formatDateTime(new Date(item.dueAt))])} />
    </>
  )
}

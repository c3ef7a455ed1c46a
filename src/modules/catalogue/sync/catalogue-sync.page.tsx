import type { VNode } from 'preact'
import type { Ctx } from '../../../platform/ctx.ts'
import { page, redirect } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { formatDateTime, formatNumber } from '../../../platform/i18n.ts'
import { Button, Details, EmptyState, Form, InsetText, NotificationBanner, Table, Tag, usePage, type Tone } from '../../../ui/index.ts'
import { listConnections } from '../../exchange/index.ts'
import { agencyName, findAgency } from '../../organisations/index.ts'
import { versionHref } from '../pages/hrefs.ts'
import { listCopyChecks, type CopyCheck } from './copy-check.store.ts'
import { askDigests, sendDigest } from './sync-catalogue.ts'

export const catalogueSyncPath = '/admin/catalogue-sync'

/** A node that has said nothing for longer than this is no longer taken for equal. */
const silentAfterMs = 2 * 24 * 3600_000

export type CopyState = 'equal' | 'behind' | 'differs' | 'damaged' | 'silent' | 'unknown'

/** One line of the page: a node with its last comparison and what still waits for it. */
interface Line { name: string; state: CopyState; check: CopyCheck | undefined; waiting: number }

/** The worst thing first: damage here, a silent node, other content there, then what it only lacks. */
export function copyState(check: CopyCheck | undefined, now: Date): CopyState {
  if (!check) return 'unknown'
  if (check.damaged > 0) return 'damaged'
  if (now.getTime() - check.madeAt.getTime() > silentAfterMs) return 'silent'
  if (check.differing + check.extra > 0) return 'differs'
  return check.missing > 0 ? 'behind' : 'equal'
}

export const catalogueSyncRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/catalogue-sync', access: { permission: 'catalogue.sync' }, handler: async ({ ctx, query }) => {
    const lines = await linesOf(ctx)
    return page(<SyncPage lines={lines} isNational={ctx.node.config.kind === 'national'} isAsked={query.done === 'asked'} />, { title: ctx.t('catalogue.sync.title'), layout: 'desk' })
  } },
  { method: 'POST', path: '/admin/catalogue-sync/ask', access: { permission: 'catalogue.sync' }, handler: async ({ ctx }) => {
    if (ctx.node.config.kind === 'national') await askDigests(ctx)
    else await sendDigest(ctx)
    return redirect(`${catalogueSyncPath}?done=asked`)
  } },
]

async function linesOf(ctx: Ctx): Promise<Line[]> {
  const { node, db, now } = ctx
  const [checks, connections] = await Promise.all([listCopyChecks(db), listConnections(db, node.config.code, now)])
  const byCode = new Map(checks.map((c) => [c.nodeCode, c]))
  const waiting = new Map(connections.map((c) => [c.code, c.waiting]))
  const codes = node.config.kind === 'national' ? [...new Set([...connections.map((c) => c.code), ...byCode.keys()])].sort() : [node.config.national.code]
  return await Promise.all(codes.map(async (code) => {
    const agency = await findAgency(db, code, now)
    const check = byCode.get(code)
    return { name: agency ? `${agencyName(agency, ctx.lang)} (${code})` : code, state: copyState(check, now), check, waiting: waiting.get(code) ?? 0 }
  }))
}

const tones: Readonly<Record<CopyState, Tone>> = { equal: 'done', behind: 'attention', differs: 'late', damaged: 'late', silent: 'paused', unknown: 'paused' }

function SyncPage({ lines, isNational, isAsked }: { lines: readonly Line[]; isNational: boolean; isAsked: boolean }): VNode {
  const { t, lang } = usePage()
  const moment = (at: Date | null | undefined): string => (at ? formatDateTime(at) : '–')
  return (
    <>
      {isAsked && <NotificationBanner type="success" heading={t('catalogue.sync.asked')} />}
      <h1 class="govuk-heading-l">{t('catalogue.sync.title')}</h1>
      <p class="govuk-body">{t(isNational ? 'catalogue.sync.leadNational' : 'catalogue.sync.leadLocal')}</p>
      {lines.some((l) => l.state === 'damaged') && <InsetText>{t('catalogue.sync.damagedAdvice')}</InsetText>}
      {lines.length === 0 ? <EmptyState title={t('catalogue.sync.none')} /> : (
        <Table caption={t('catalogue.sync.title')} captionHidden wide
          columns={[{ header: t('catalogue.sync.node') }, { header: t('catalogue.sync.state') }, { header: t('catalogue.sync.since') }, { header: t('catalogue.sync.checked') }, { header: t('catalogue.sync.equalAt') }, { header: t('catalogue.sync.versions'), numeric: true }, ...(isNational ? [{ header: t('catalogue.sync.waiting'), numeric: true }] : [])]}
          rows={lines.map((l) => ({ late: l.state === 'differs' || l.state === 'damaged', cells: [
            l.name, <Tag tone={tones[l.state]}>{t(`catalogue.sync.state.${l.state}`, { count: l.check?.missing ?? 0, differing: (l.check?.differing ?? 0) + (l.check?.extra ?? 0) })}</Tag>, moment(l.check?.since), moment(l.check?.checkedAt), moment(l.check?.equalAt), l.check ? formatNumber(l.check.versions, lang) : '–', ...(isNational ? [formatNumber(l.waiting, lang)] : []),
          ] }))} />
      )}
      {lines.filter((l) => l.check && l.check.entries.length > 0).map((l) => <Entries line={l} />)}
      <Form action="/admin/catalogue-sync/ask"><Button kind="secondary">{t(isNational ? 'catalogue.sync.ask' : 'catalogue.sync.send')}</Button></Form>
    </>
  )
}

function Entries({ line: { name, check } }: { line: Line }): VNode {
  const { t } = usePage()
  return (
    <Details summary={t('catalogue.sync.entries', { name })}>
      <Table caption={t('catalogue.sync.entries', { name })} captionHidden columns={[{ header: t('catalogue.sync.version') }, { header: t('catalogue.sync.is') }]}
        rows={check!.entries.map((e) => [e.is === 'extra' ? `${e.code} – ${e.version}` : <a class="govuk-link" href={versionHref(e.code, e.version)}>{e.code} – {e.version}</a>, t(`catalogue.sync.is.${e.is}`)])} />
    </Details>
  )
}

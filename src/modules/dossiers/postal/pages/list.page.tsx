import type { VNode } from 'preact'
import { file, page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import { BackLink, Button, Checkboxes, Form, InsetText, LinkButton, SummaryList, Table, Tag, usePage, type Option } from '../../../../ui/index.ts'
import { bytesOf, findDocumentByKey } from '../../../documents/index.ts'
import { officerNames } from '../../../identity/index.ts'
import { errors } from '../../dossiers.errors.ts'
import { officerCtx } from '../../reception/pages/read-visit.ts'
import { postalMinutesKey } from '../issue-list.ts'
import { findList, listItems, type PostalItem, type PostalList } from '../postal.store.ts'
import { mayTake, takeList } from '../take-list.ts'
import { postalListHref, postalListPath, postalPaperHref, postalPaperPath, postalPath, takeListHref, takeListPath, withPostPath } from './hrefs.ts'
import { itemWords } from './item-words.ts'

const access = { permission: 'dossiers.sign-post' } as const

/** One list of hand-over: what is on it, and the signature of the taking side. */
export const postalListRoutes: Route[] = [
  { method: 'GET', path: postalListPath, access, audit: 'dossiers.inbox', handler: show },
  { method: 'POST', path: takeListPath, access, handler: async (req) => {
    const { id } = await readList(req)
    await takeList(officerCtx(req), { listId: id, there: req.form.all('there') })
    return redirect(postalListHref(id))
  } },
  { method: 'GET', path: postalPaperPath, access, kind: 'raw', handler: async (req) => {
    const paper = await findDocumentByKey(req.ctx.db, postalMinutesKey((await readList(req)).id))
    if (!paper) throw errors.NOT_FOUND()
    return file(await bytesOf(req.ctx, paper), { type: paper.mediaType, name: paper.fileName, inline: true })
  } },
]

/** For both sides, and for the desk of the agency. @throws NOT_FOUND */
async function readList(req: Req): Promise<PostalList> {
  const { db, actor } = officerCtx(req)
  const list = isId(req.params.id) ? await findList(db, req.params.id) : undefined
  const isSide = list && [list.givenBy, list.toOfficer, list.takenBy].includes(actor.id)
  if (!list || !(isSide || (actor.permissions.has('dossiers.receive') && actor.agencyCode === list.agencyCode))) throw errors.NOT_FOUND()
  return list
}

interface View { list: PostalList; items: PostalItem[]; words: Option[]; names: ReadonlyMap<string, string>; takes: boolean; hasPaper: boolean; back: string }

async function show(req: Req): Promise<Reply> {
  const ctx = officerCtx(req)
  const list = await readList(req)
  const items = await listItems(ctx.db, list.id)
  const [words, names, paper] = await Promise.all([itemWords(ctx, items.map((i) => i.dossierId)), officerNames(ctx.db, [list.givenBy, list.takenBy ?? list.toOfficer].filter((id) => id !== null)), findDocumentByKey(ctx.db, postalMinutesKey(list.id))])
  const view: View = { list, items, words, names, takes: mayTake(ctx, list), hasPaper: paper !== undefined, back: ctx.actor.permissions.has('dossiers.post') ? postalPath : withPostPath }
  return page(<OneList view={view} />, { title: ctx.t(`dossiers.postal.paper.${list.direction}`), layout: 'desk' })
}

function OneList({ view: { list: l, items, words, names, takes, hasPaper, back } }: { view: View }): VNode {
  const { t } = usePage()
  const there = new Map(items.map((i) => [i.dossierId, i.isThere]))
  return (
    <>
      <BackLink href={back}>{t('dossiers.postal.lists')}</BackLink>
      <h1 class="govuk-heading-l">{t(`dossiers.postal.paper.${l.direction}`)}</h1>
      <SummaryList rows={[
        { key: t('dossiers.assignment.from'), value: <>{names.get(l.givenBy) ?? '–'}<br />{t('dossiers.postal.signedAt', { at: formatDateTime(l.givenAt) })}</> },
        { key: t('dossiers.assignment.to'), value: <>{names.get(l.takenBy ?? l.toOfficer ?? '') ?? t('dossiers.postal.anyOfDesk')}<br />{l.takenAt ? t('dossiers.postal.signedAt', { at: formatDateTime(l.takenAt) }) : t('dossiers.postal.unsigned')}</> },
      ]} />
      {takes ? (
        <Form action={takeListHref(l.id)}>
          <Checkboxes small name="there" label={t('dossiers.postal.whatIsThere')} hint={t('dossiers.postal.takeHint')} values={words.map((w) => w.value)} options={words} />
          <Button>{t('dossiers.postal.take')}</Button>
        </Form>
      ) : (
        <Table caption={t('dossiers.postal.items')} columns={[{ header: t('dossiers.column.code') }, { header: t('dossiers.column.state') }]}
          rows={words.map((w) => { const is = there.get(w.value); return [w.text, is === null || is === undefined ? '–' : <Tag tone={is ? 'done' : 'attention'}>{t(is ? 'dossiers.postal.there' : 'dossiers.postal.missing')}</Tag>] })} />
      )}
      {hasPaper ? <p class="govuk-body"><LinkButton kind="secondary" href={postalPaperHref(l.id)}>{t('dossiers.postal.paper')} (PDF)</LinkButton></p> : l.takenAt && <InsetText>{t('dossiers.postal.paperSoon')}</InsetText>}
    </>
  )
}

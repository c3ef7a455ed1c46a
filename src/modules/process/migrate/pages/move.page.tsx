import type { VNode } from 'preact'
import { file, page, redirect } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime, type Lang, type Translate } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import { fileTypes, writeTable, type FileFormat } from '../../../../platform/write-table.ts'
import { BackLink, Button, EmptyState, Form, Pagination, SummaryList, Table, Tag, usePage, WarningText } from '../../../../ui/index.ts'
import { modelOf } from '../../definition.store.ts'
import type { ProcessModel } from '../../model.ts'
import { errors } from '../../process.errors.ts'
import { cancelVersionMove } from '../plan-version-move.ts'
import { countMoveItems, findVersionMove, listMoveItems, listVersionsOfProcesses, type MoveItem, type VersionMove, type Version } from '../version-move.store.ts'
import { cancelMoveHref, cancelMovePath, moveHref, movePath, movesPath, reportHref, reportPath } from './hrefs.ts'
import { moveTones, problemWords } from './words.tsx'

const pageSize = 50
const mostInFile = 200_000

/** How far a move is, and the report: what was moved, what was not and why. */
export const moveRoutes: Route[] = [
  { method: 'GET', path: movePath, access: { permission: 'process.move' }, handler: async (req) => page(<MovePage view={await readView(req)} />, { title: req.ctx.t('process.move.title'), layout: 'desk' }) },
  { method: 'GET', path: reportPath, access: { permission: 'process.move' }, kind: 'raw', handler: exportReport },
  { method: 'GET', path: cancelMovePath, access: { permission: 'process.move' }, handler: askCancel },
  { method: 'POST', path: cancelMovePath, access: { permission: 'process.move' }, handler: async (req) => {
    await cancelVersionMove(req.ctx, req.params.id!)
    return redirect(moveHref(req.params.id!))
  } },
]

interface View { move: VersionMove; versions: ReadonlyMap<string, Version>; models: ReadonlyMap<string, ProcessModel>; counts: { moved: number; left: number }; items: MoveItem[]; result: MoveItem['result'] | undefined; at: number }

async function readMove(req: Req): Promise<VersionMove> {
  const move = isId(req.params.id) ? await findVersionMove(req.ctx.db, req.params.id) : undefined
  if (!move) throw errors.MOVE_NOT_FOUND()
  return move
}

async function readView(req: Req): Promise<View> {
  const { db } = req.ctx
  const move = await readMove(req)
  const result = req.query.result === 'moved' || req.query.result === 'left' ? req.query.result : undefined
  const at = Math.max(1, Number.parseInt(req.query.page ?? '1', 10) || 1)
  const [versions, counts, items, models] = await Promise.all([
    listVersionsOfProcesses(db, move.processKey), countMoveItems(db, move.id), listMoveItems(db, move.id, { result, limit: pageSize, offset: (Math.min(at, 2000) - 1) * pageSize }), modelsOf(req, move),
  ])
  return { move, versions: new Map(versions.map((version) => [version.definitionId, version])), models, counts, items, result, at }
}

async function modelsOf({ ctx: { db } }: Req, move: VersionMove): Promise<Map<string, ProcessModel>> {
  return new Map(await Promise.all([...move.fromDefinitions, move.toDefinition].map(async (id): Promise<[string, ProcessModel]> => [id, await modelOf(db, id)])))
}

function MovePage({ view: { move, versions, models, counts, items, result, at } }: { view: View }): VNode {
  const { t, lang } = usePage()
  const seen = counts.moved + counts.left
  const isOpen = move.state === 'planned' || move.state === 'running'
  const filter = (one: MoveItem['result'] | undefined): VNode => <li><a class="govuk-link" href={`${moveHref(move.id)}${one ? `?result=${one}` : ''}`} aria-current={one === result ? 'page' : undefined}>{t(`process.move.items.${one ?? 'all'}`, { count: one ? counts[one] : seen })}</a></li>
  return (
    <>
      <BackLink href={movesPath}>{t('process.move.title')}</BackLink>
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{t('process.move.title')}</span>{versions.get(move.toDefinition)?.name[lang] ?? move.processKey} <Tag tone={moveTones[move.state]}>{t(`process.move.state.${move.state}`)}</Tag></h1>
      <SummaryList rows={[
        { key: t('process.move.from'), value: move.fromDefinitions.map((id) => versions.get(id)?.version).join(', ') }, { key: t('process.move.to'), value: String(versions.get(move.toDefinition)?.version) },
        { key: t('process.move.reason'), value: move.reason }, { key: t('process.move.column.plannedFor'), value: formatDateTime(move.plannedFor) },
        { key: t('process.move.progress'), value: <><progress max={Math.max(1, move.expected, seen)} value={seen} aria-label={t('process.move.progress')} /> {t('process.move.progressWords', { seen, expected: Math.max(move.expected, seen), moved: counts.moved, left: counts.left })}</> },
        ...(move.endedAt ? [{ key: t('process.move.endedAt'), value: formatDateTime(move.endedAt) }] : []),
      ]} />
      {isOpen && <p class="govuk-body"><a class="govuk-link" href={moveHref(move.id)}>{t('process.move.reload')}</a> · <a class="govuk-link" href={cancelMoveHref(move.id)}>{t('process.move.cancel')}</a></p>}
      <h2 class="govuk-heading-m">{t('process.move.report')}</h2>
      {seen === 0 ? <EmptyState title={t('process.move.noItems')} /> : (
        <>
          <nav aria-label={t('process.move.report')}><ul class="mc-tabs">{[undefined, 'moved' as const, 'left' as const].map(filter)}</ul></nav>
          <Table caption={t('process.move.report')} captionHidden wide columns={['dossier', 'result', 'what', 'at'].map((key) => ({ header: t(`process.move.column.${key}`) }))}
            rows={items.map((item) => [<code>{item.subject}</code>, <Tag tone={item.result === 'moved' ? 'done' : 'stopped'}>{t(`process.move.item.${item.result}`)}</Tag>, itemLines(t, lang, item, models, move).map((line) => <span class="mc-line">{line}</span>), formatDateTime(item.at)])} />
          <Pagination page={at} pages={Math.ceil((result ? counts[result] : seen) / pageSize)} href={(n) => `${moveHref(move.id)}?${new URLSearchParams({ ...(result ? { result } : {}), page: String(n) })}`} />
          <p class="govuk-body">{(['csv', 'xlsx'] as const).map((format) => <><a class="govuk-link" href={reportHref(move.id, format)} download>{t('process.move.download', { format: format.toUpperCase() })}</a> </>)}</p>
        </>
      )}
    </>
  )
}

/** Why a dossier stayed, or what became of its open steps and their dates. */
function itemLines(t: Translate, lang: Lang, item: MoveItem, models: ReadonlyMap<string, ProcessModel>, move: VersionMove): string[] {
  const name = (definitionId: string, id: string): string => models.get(definitionId)?.nodes.find((node) => node.id === id)?.name[lang] || id
  return [
    ...item.problems.map((problem) => problemWords(t, problem)),
    ...item.steps.map((step) => {
      const [from, to] = [name(item.fromDefinition, step.from), name(move.toDefinition, step.to)]
      const dates = step.dueFrom.getTime() === step.dueTo.getTime() ? '' : ` ${t('process.move.step.due', { from: formatDateTime(step.dueFrom), to: formatDateTime(step.dueTo) })}`
      return `${from === to ? from : `${from} → ${to}`}.${dates}${step.returned ? ` ${t('process.move.step.returned')}` : ''}`
    }),
  ]
}

async function exportReport(req: Req) {
  const { db, t, lang } = req.ctx
  const move = await readMove(req)
  const format: FileFormat = req.query.format === 'xlsx' ? 'xlsx' : 'csv'
  const [items, models] = await Promise.all([listMoveItems(db, move.id, { limit: mostInFile, offset: 0 }), modelsOf(req, move)])
  const rows = items.map((item) => [item.subject, t(`process.move.item.${item.result}`), itemLines(t, lang, item, models, move).join(' '), formatDateTime(item.at)])
  return file(await writeTable(format, ['dossier', 'result', 'what', 'at'].map((key) => t(`process.move.column.${key}`)), rows), { type: fileTypes[format], name: `chuyen-phien-ban-${move.processKey}.${format}` })
}

async function askCancel(req: Req) {
  const { t } = req.ctx
  const move = await readMove(req)
  return page(
    <>
      <BackLink href={moveHref(move.id)} />
      <h1 class="govuk-heading-l">{t('process.move.cancel')}</h1>
      <WarningText>{t('process.move.cancelWarn')}</WarningText>
      <Form action={cancelMoveHref(move.id)}><Button kind="warning">{t('process.move.cancel')}</Button></Form>
    </>, { title: t('process.move.cancel'), layout: 'desk' })
}

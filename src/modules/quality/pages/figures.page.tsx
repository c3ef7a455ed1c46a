import type { VNode } from 'preact'
import { formatNumber, formatTime, type Translate } from '../../../platform/i18n.ts'
import { page, stream } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import type { Node } from '../../../platform/node.ts'
import { BackLink, BigNumber, BigNumbers, EmptyState, LiveRegion, Table, usePage } from '../../../ui/index.ts'
import { nameKeys } from '../key-names.ts'
import type { Figures } from '../places.ts'
import { readFigures, type FigureRow, type Grouping } from '../read-figures.ts'

export const figuresPath = '/so-lieu'
const streamPath = '/so-lieu/truc-tiep'

interface Scope { node?: string; agency?: string; procedure?: string }

interface Board { scope: Scope; total: Figures; tables: { by: Grouping; rows: (FigureRow & { name: string; href?: string })[] }[] }

/** Filters in the address: ?he-thong=H21&don-vi=H21.101&thu-tuc=1.001193. */
function scopeOf(query: Readonly<Record<string, string>>): Scope {
  const clean = (value: string | undefined): string | undefined => (value && /^[\w.]{1,40}$/.test(value) ? value : undefined)
  return { node: clean(query['he-thong']), agency: clean(query['don-vi']), procedure: clean(query['thu-tuc']) }
}

function hrefOf(scope: Scope): string {
  const query = new URLSearchParams(Object.entries({ 'he-thong': scope.node, 'don-vi': scope.agency, 'thu-tuc': scope.procedure }).filter((e): e is [string, string] => e[1] !== undefined))
  return query.size > 0 ? `${figuresPath}?${query.toString()}` : figuresPath
}

async function readBoard(req: Req): Promise<Board> {
  const scope = scopeOf(req.query)
  const groupings: Grouping[] = [...(scope.agency ? [] : scope.node || req.ctx.node.config.kind === 'local' ? ['agency' as const] : ['node' as const, 'agency' as const]), ...(scope.procedure ? [] : ['procedure' as const])]
  const [whole, ...read] = await Promise.all([readFigures(req.ctx.db, 'node', scope), ...groupings.map((by) => readFigures(req.ctx.db, by, scope))])
  const tables = await Promise.all(groupings.map(async (by, i) => {
    const rows = read[i]!.rows.slice(0, 100)
    const names = await nameKeys(req.ctx, by, rows.map((r) => r.key))
    return { by, rows: rows.map((r) => ({ ...r, name: names.get(r.key) ?? r.key, href: hrefOf({ ...scope, [by]: r.key }) })) }
  }))
  return { scope, total: whole!.total, tables }
}

export function figuresRoutes(node: Node): Route[] {
  return [
    { method: 'GET', path: figuresPath, access: 'public', handler: async (req) => {
      const board = await readBoard(req)
      return page(<FiguresPage board={board} now={req.ctx.now} streamHref={`${streamPath}${hrefOf(board.scope).slice(figuresPath.length)}`} />, { title: req.ctx.t('quality.figures.title') })
    } },
    { method: 'GET', path: streamPath, access: 'public', kind: 'raw', handler: (req) => stream((write, signal) => follow(node, req, write, signal)) },
  ]
}

/** Sends the numbers whenever they moved: at once after this process counted, else within a second. */
async function follow(node: Node, req: Req, write: (chunk: string) => boolean, signal: AbortSignal): Promise<void> {
  let last = ''
  let rows = ''
  write('retry: 2000\n\n')
  while (!signal.aborted) {
    const board = await readBoard(req)
    const values = liveValues(board, req.ctx.lang)
    const message = JSON.stringify(values)
    const keys = Object.keys(values).join()
    write(message === last ? ': \n\n' : `data: ${message}\n\n`)
    // A row that was not there before cannot be filled in: the page fetches its tables anew.
    if (rows && keys !== rows) write('event: refresh\ndata: {}\n\n')
    last = message
    rows = keys
    await nextChange(node, signal)
  }
}

function nextChange(node: Node, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => { clearTimeout(timer); off(); signal.removeEventListener('abort', done); resolve() }
    const timer = setTimeout(done, 900)
    const off = node.onNudge('quality', done)
    signal.addEventListener('abort', done)
  })
}

const columns = ['submitted', 'received', 'inProgress', 'onTime', 'late'] as const

export function liveValues(board: Pick<Board, 'total' | 'tables'>, lang: 'vi' | 'en'): Record<string, string> {
  const values: Record<string, string> = {}
  for (const c of columns) values[`total.${c}`] = formatNumber(board.total[c], lang)
  for (const { by, rows } of board.tables) for (const row of rows) for (const c of columns) values[`${by}.${row.key}.${c}`] = formatNumber(row[c], lang)
  return values
}

function FiguresPage({ board, now, streamHref }: { board: Board; now: Date; streamHref: string }): VNode {
  const { t } = usePage()
  const { total, scope } = board
  const within = scope.agency ?? scope.node ?? scope.procedure
  return (
    <>
      {within && <BackLink href={figuresPath}>{t('quality.figures.whole')}</BackLink>}
      <h1 class="govuk-heading-xl">{t('quality.figures.title')}</h1>
      <p class="govuk-body-l">{t('quality.figures.lead')}</p>
      <LiveRegion source={streamHref} at={formatTime(now)}>
        <BigNumbers>
          <BigNumber value={total.submitted} label={t('quality.submitted')} live="total.submitted" />
          <BigNumber value={total.received} label={t('quality.received')} live="total.received" />
          <BigNumber value={total.inProgress} label={t('quality.inProgress')} live="total.inProgress" tone="running" />
          <BigNumber value={total.onTime} label={t('quality.onTime')} live="total.onTime" tone="done" />
          <BigNumber value={total.late} label={t('quality.late')} live="total.late" tone="late" />
        </BigNumbers>
        <div id="figures" data-live-part>
          {total.submitted === 0 ? <EmptyState title={t('quality.figures.none')}><p class="govuk-body">{t('quality.figures.noneText')}</p></EmptyState> : board.tables.map(({ by, rows }) => <FigureTable by={by} rows={rows} t={t} />)}
        </div>
      </LiveRegion>
      <p class="govuk-body-s">{t('quality.figures.explain')}</p>
    </>
  )
}

function FigureTable({ by, rows, t }: { by: Grouping; rows: Board['tables'][number]['rows']; t: Translate }): VNode {
  const { lang } = usePage()
  return (
    <Table wide caption={t(`quality.by.${by}`)} columns={[{ header: t(`quality.column.${by}`) }, ...columns.map((c) => ({ header: t(`quality.${c}`), numeric: true }))]}
      rows={rows.map((row) => ({ cells: [row.href ? <a class="govuk-link" href={row.href}>{row.name}</a> : row.name, ...columns.map((c) => <span data-live={`${by}.${row.key}.${c}`}>{formatNumber(row[c], lang)}</span>)] }))} />
  )
}

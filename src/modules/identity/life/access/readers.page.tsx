import type { VNode } from 'preact'
import type { Person } from '../../../../platform/actor.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import { page, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { BackLink, EmptyState, FilterPanel, InsetText, Pagination, Table, usePage } from '../../../../ui/index.ts'
import { agencyName, findAgency } from '../../../organisations/index.ts'
import { namesOfObjects } from '../../access/audited-objects.ts'
import { findAccount } from '../../citizens/account.store.ts'
import { errors } from '../../identity.errors.ts'
import { accountHome, pageNumber, problemPath, readersPath, withQuery } from '../hrefs.ts'
import { listReaders, type ReaderPage } from './list-readers.ts'

/** Who looked at my data: agency, when, what for, which dossier, with the way to object to each. */
export const readerRoutes: readonly Route[] = [{ method: 'GET', path: '/tai-khoan/ai-da-xem', access: 'person', handler: show }]

type PersonCtx = Ctx & { actor: Person }
const spans = { '30': 30, '365': 365 } as const

async function show(req: Req): Promise<Reply> {
  const ctx = req.ctx as PersonCtx
  const account = await findAccount(ctx.db, ctx.actor.id)
  if (!account) throw errors.ACCOUNT_NOT_FOUND()
  const days = Object.keys(spans).find((s) => s === req.query.ngay)
  const filter = { agency: req.query['co-quan'] || undefined, page: pageNumber(req.query.trang), since: days ? new Date(ctx.now.getTime() - Number(days) * 86_400_000) : undefined }
  const found = await listReaders(ctx.db, account, filter)
  const [objects, names] = await Promise.all([namesOfObjects(ctx.db, found.rows.flatMap((r) => (r.object ? r.object.split('/') : []))), agencyNames(ctx, found)])
  return page(<Readers found={found} filter={{ agency: filter.agency, days }} objects={objects} nameOf={(code) => names.get(code) ?? code} purposeOf={(purpose) => purposeText(ctx, purpose)} national={ctx.node.config.kind === 'national' ? undefined : ctx.node.config.national.baseUrl} />,
    { title: ctx.t('identity.life.readers.title') })
}

export async function agencyNames({ db, lang }: Ctx, { agencies }: Pick<ReaderPage, 'agencies'>): Promise<Map<string, string>> {
  return new Map(await Promise.all(agencies.map(async (code) => {
    const agency = await findAgency(db, code)
    return [code, agency ? agencyName(agency, lang) : code] as const
  })))
}

/** A purpose is a text key, or a permission whose description says what the officer was doing. */
export function purposeText({ t, node, lang }: Ctx, purpose: string): string {
  if (t.has(`identity.life.purpose.${purpose}`)) return t(`identity.life.purpose.${purpose}`)
  return t.has(purpose) ? t(purpose) : node.modules.flatMap((m) => m.permissions?.[purpose]?.[lang] ?? [])[0] ?? purpose
}

interface Props { found: ReaderPage; filter: { agency: string | undefined; days: string | undefined }; objects: Map<string, { text: string; href?: string }>; nameOf: (code: string) => string; purposeOf: (purpose: string) => string; national: string | undefined }

function Readers({ found, filter, objects, nameOf, purposeOf, national }: Props): VNode {
  const { t } = usePage()
  const address = { 'co-quan': filter.agency, ngay: filter.days }
  const what = (object: string | null): VNode | string => {
    const name = object?.split('/').map((id) => objects.get(id)).find(Boolean)
    return !name ? '–' : name.href ? <a class="govuk-link" href={name.href}>{name.text}</a> : name.text
  }
  return (
    <>
      <BackLink href={accountHome} />
      <h1 class="govuk-heading-l">{t('identity.life.readers.title')}</h1>
      <p class="govuk-body">{t('identity.account.readers_lead')}</p>
      {national && <InsetText>{t('identity.life.readers.here')} <a class="govuk-link" href={`${national}${readersPath}`}>{t('identity.life.readers.all')}</a></InsetText>}
      <div class="mc-with-filter">
        <FilterPanel action={readersPath} {...(filter.agency || filter.days ? { clearHref: readersPath } : {})} removeHref={(name) => withQuery(readersPath, { ...address, [name]: undefined })}
          groups={[
            { name: 'co-quan', title: t('identity.account.agency'), kind: 'select', empty: t('identity.life.all'), options: found.agencies.map((code) => ({ value: code, text: nameOf(code) })), selected: filter.agency ? [filter.agency] : [] },
            { name: 'ngay', title: t('identity.life.readers.span'), kind: 'select', empty: t('identity.life.all'), options: Object.keys(spans).map((s) => ({ value: s, text: t('identity.life.readers.days', { count: Number(s) }) })), selected: filter.days ? [filter.days] : [] },
          ]} />
        <section aria-label={t('identity.life.readers.title')}>
          {found.total === 0 ? <EmptyState title={t('identity.life.readers.none')} /> : (
            <Table stack caption={t('identity.life.readers.count', { count: found.total })} columns={[{ header: t('identity.account.when') }, { header: t('identity.account.agency') }, { header: t('identity.account.purpose') }, { header: t('identity.life.readers.dossier') }, { header: t('identity.life.readers.object') }]}
              rows={found.rows.map((r) => [formatDateTime(r.at), nameOf(r.agencyCode), purposeOf(r.purpose), what(r.object), <a class="govuk-link" href={`${problemPath}?muc=${r.id}`}>{t('identity.life.readers.object.link')}<span class="govuk-visually-hidden"> {formatDateTime(r.at)}, {nameOf(r.agencyCode)}</span></a>])} />
          )}
          <Pagination page={found.page} pages={found.pages} href={(n) => withQuery(readersPath, { ...address, trang: String(n) })} />
        </section>
      </div>
    </>
  )
}

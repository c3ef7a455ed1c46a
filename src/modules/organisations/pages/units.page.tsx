import type { VNode } from 'preact'
import { civilDate, formatDate, formatNumber } from '../../../platform/i18n.ts'
import { page } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { Breadcrumbs, Button, DateInput, EmptyState, Form, joinDate, Pagination, splitDate, TextInput, usePage, type DateParts } from '../../../ui/index.ts'
import { unitName } from '../administrative-unit.ts'
import { unitsByDate, type PlacedUnit, type UnitAnswer, type UnitAnswers } from '../units-by-date.ts'
import { dayOf } from './units.routes.ts'

export const unitsPath = '/don-vi-hanh-chinh'
/** q: code or name; ngay: day 'YYYY-MM-DD'. */
export const unitsHref = (query: { q?: string; ngay?: string; trang?: string } = {}): string => {
  const given = Object.entries(query).filter((e): e is [string, string] => Boolean(e[1]))
  return given.length === 0 ? unitsPath : `${unitsPath}?${new URLSearchParams(given).toString()}`
}

/** "Which commune was this on that date": everybody whose papers name a place that has another name now. */
export const unitsRoute: Route = {
  method: 'GET', path: '/don-vi-hanh-chinh', access: 'public',
  handler: async ({ ctx, query }) => {
    const q = (query.q ?? '').trim().slice(0, 100)
    const typed: DateParts = { day: query['ngay-day'] ?? '', month: query['ngay-month'] ?? '', year: query['ngay-year'] ?? '' }
    const isTyped = Object.values(typed).some(Boolean)
    const day = isTyped ? joinDate(typed) : dayOf(query.ngay, ctx.now)
    const at = /^\d{1,4}$/.test(query.trang ?? '') ? Number(query.trang) : 1
    const found = q !== '' && day ? await unitsByDate(ctx.db, q, day, at) : undefined
    return page(<UnitsPage q={q} day={day} typed={isTyped ? typed : splitDate(day)} found={found} today={civilDate(ctx.now)} />, { title: ctx.t('organisations.units.title'), status: day ? 200 : 400 })
  },
}

interface Props { q: string; day: string | undefined; typed: DateParts; found: UnitAnswers | undefined; today: string }

function UnitsPage({ q, day, typed, found, today }: Props): VNode {
  const { t, lang } = usePage()
  return (
    <>
      <Breadcrumbs items={[{ text: t('organisations.home'), href: '/' }, { text: t('organisations.units.title') }]} />
      <h1 class="govuk-heading-l">{t('organisations.units.title')}</h1>
      <p class="govuk-body">{t('organisations.units.lead')}</p>
      <Form method="get" action={unitsPath}>
        <TextInput name="q" label={t('organisations.units.q')} hint={t('organisations.units.qHint')} value={q} width="two-thirds" spellcheck={false} />
        <DateInput name="ngay" label={t('organisations.units.day')} hint={t('organisations.units.dayHint')} value={typed} error={day ? undefined : t('organisations.units.dayInvalid')} />
        <Button>{t('organisations.units.search')}</Button>
      </Form>
      {found && day && (
        <section aria-label={t('organisations.units.results')}>
          <p class="govuk-body" role="status">{t('organisations.units.count', { count: found.total, number: formatNumber(found.total, lang) })}</p>
          {found.total === 0 && <EmptyState title={t('organisations.units.none', { q })}><p>{t('organisations.units.noneAdvice')}</p></EmptyState>}
          {found.items.map((item) => <Answer item={item} day={day} isToday={day === today} />)}
          <Pagination page={found.page} pages={found.pages} href={(n) => unitsHref({ q, ngay: day, ...(n > 1 ? { trang: String(n) } : {}) })} />
        </section>
      )}
    </>
  )
}

function Answer({ item: { asked, then }, day, isToday }: { item: UnitAnswer; day: string; isToday: boolean }): VNode {
  const { t } = usePage()
  const date = formatDate(day)
  const isSame = then.length === 1 && then[0]!.unit.code === asked.code && then[0]!.unit.validFrom === asked.validFrom
  const before = asked.validFrom !== null && asked.validFrom > day
  const title = isSame ? t('organisations.units.same', { date }) : then.length === 0 ? t('organisations.units.nothing', { date }) : t(before ? 'organisations.units.madeOf' : isToday ? 'organisations.units.isNow' : 'organisations.units.becameOn', { date })
  return (
    <section class="govuk-!-margin-bottom-6">
      <h2 class="govuk-heading-m">{placeWords(asked, t.lang)} <span class="govuk-hint">{asked.code} · <Period unit={asked} /></span></h2>
      <p class="govuk-body">{title}</p>
      {!isSame && then.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {then.map(({ unit, whole }) => (
            <li><strong>{placeWords(unit, t.lang)}</strong> ({unit.code}){!whole && ` – ${t(before ? 'organisations.units.partOfOld' : 'organisations.units.partHere')}`} · <a class="govuk-link" href={unitsHref({ q: unit.code, ngay: day })}>{t('organisations.units.look')}<span class="govuk-visually-hidden"> {unit.fullName}</span></a></li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Period({ unit }: { unit: PlacedUnit }): VNode {
  const { t } = usePage()
  if (unit.validFrom && unit.validTo) return <>{t('organisations.units.between', { from: formatDate(unit.validFrom), to: formatDate(unit.validTo) })}</>
  if (unit.validTo) return <>{t('organisations.units.until', { to: formatDate(unit.validTo) })}</>
  return <>{unit.validFrom ? t('organisations.units.since', { from: formatDate(unit.validFrom) }) : ''}</>
}

const placeWords = (unit: PlacedUnit, lang: 'vi' | 'en'): string => [unitName(unit, lang), ...unit.above.map((a) => a.fullName)].join(', ')

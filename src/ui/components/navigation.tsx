import type { ComponentChildren, VNode } from 'preact'
import { classNames } from '../class-names.ts'
import { usePage } from '../use-page.ts'

export interface Crumb { readonly text: ComponentChildren; readonly href?: string }

/** The way back; the last item is this page and has no link. */
export function Breadcrumbs({ items }: { items: readonly Crumb[] }): VNode {
  const { t } = usePage()
  return (
    <nav class="govuk-breadcrumbs govuk-breadcrumbs--collapse-on-mobile" aria-label={t('ui.breadcrumbs')}>
      <ol class="govuk-breadcrumbs__list">
        {items.map((item) => item.href
          ? <li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href={item.href}>{item.text}</a></li>
          : <li class="govuk-breadcrumbs__list-item" aria-current="page">{item.text}</li>)}
      </ol>
    </nav>
  )
}

export function BackLink({ href, children }: { href: string; children?: ComponentChildren }): VNode {
  const { t } = usePage()
  return <a href={href} class="govuk-back-link">{children ?? t('ui.back')}</a>
}

export interface PaginationProps {
  /** This page, from 1. */
  readonly page: number
  readonly pages: number
  readonly href: (page: number) => string
}

/** Numbered pages; nothing for a single one. */
export function Pagination({ page, pages, href }: PaginationProps): VNode | null {
  const { t } = usePage()
  if (pages <= 1) return null
  return (
    <nav class="govuk-pagination" aria-label={t('ui.pagination')}>
      {page > 1 && <div class="govuk-pagination__prev"><a class="govuk-link govuk-pagination__link" href={href(page - 1)} rel="prev"><Arrow to="prev" /><span class="govuk-pagination__link-title">{t('ui.previous')}</span></a></div>}
      <ul class="govuk-pagination__list">
        {shownPages(page, pages).map((n) => n === null
          ? <li class="govuk-pagination__item govuk-pagination__item--ellipsis">⋯</li>
          : (
            <li class={classNames('govuk-pagination__item', n === page && 'govuk-pagination__item--current')}>
              <a class="govuk-link govuk-pagination__link" href={href(n)} aria-label={t('ui.page', { n })} aria-current={n === page ? 'page' : undefined}>{n}</a>
            </li>
          ))}
      </ul>
      {page < pages && <div class="govuk-pagination__next"><a class="govuk-link govuk-pagination__link" href={href(page + 1)} rel="next"><span class="govuk-pagination__link-title">{t('ui.next')}</span><Arrow to="next" /></a></div>}
    </nav>
  )
}

/** First, last and the neighbours of this page; null stands for a gap. */
export function shownPages(page: number, pages: number): (number | null)[] {
  const near = [1, page - 1, page, page + 1, pages].filter((n) => n >= 1 && n <= pages)
  const sorted = [...new Set(near)].sort((a, b) => a - b)
  return sorted.flatMap((n, i) => {
    const before = sorted[i - 1]
    if (before === undefined || n - before === 1) return [n]
    return n - before === 2 ? [n - 1, n] : [null, n]
  })
}

function Arrow({ to }: { to: 'prev' | 'next' }): VNode {
  const d = to === 'prev'
    ? 'm6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z'
    : 'm8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z'
  return <svg class={`govuk-pagination__icon govuk-pagination__icon--${to}`} height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d={d} /></svg>
}

export function SkipLink({ href = '#main' }: { href?: string }): VNode {
  const { t } = usePage()
  return <a href={href} class="govuk-skip-link">{t('ui.skip')}</a>
}

/** This page in the other language; the address and its query stay. */
export function LanguageSwitch(): VNode {
  const { t, lang, path, query } = usePage()
  const href = (to: string): string => `${path}?${new URLSearchParams({ ...query, lang: to })}`
  return (
    <nav class="mc-language" aria-label={t('ui.language')}>
      <ul>
        {([['vi', 'Tiếng Việt'], ['en', 'English']] as const).map(([code, name]) => (
          <li>{code === lang
            ? <span aria-current="true" lang={code}>{name}</span>
            : <a href={href(code)} hrefLang={code} lang={code} rel="alternate nofollow">{name}</a>}</li>
        ))}
      </ul>
    </nav>
  )
}

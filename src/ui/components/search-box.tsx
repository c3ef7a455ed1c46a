import type { VNode } from 'preact'
import { Icon } from './icon.tsx'
import { useIsland, usePage } from '../use-page.ts'

export interface SearchBoxProps {
  readonly action: string
  readonly name?: string
  readonly value?: string
  /** Visible label; hidden when `compact`. */
  readonly label?: string
  /** Searches to try, as links. */
  readonly examples?: readonly string[]
  readonly placeholder?: string
  readonly compact?: boolean
  readonly id?: string
  /** Other values of the address to keep, such as filters. */
  /** Address that answers {suggestions: [{kind, text, href}]} for ?q=; a script shows them while one types. */
  readonly suggest?: string
  readonly keep?: Readonly<Record<string, string | readonly string[]>>
}

export function SearchBox({ action, name = 'q', value = '', label, examples = [], placeholder, compact, id = 'search', keep = {}, suggest }: SearchBoxProps): VNode {
  const { t } = usePage()
  if (suggest) useIsland('suggest')
  const kept = Object.entries(keep).flatMap(([key, one]) => (typeof one === 'string' ? [one] : one).map((v) => [key, v] as const))
  return (
    <form class={compact ? 'mc-search mc-search--compact' : 'mc-search'} role="search" aria-label={label ?? t('ui.search.label')} action={action} method="get">
      <label class={compact ? 'govuk-visually-hidden' : 'govuk-label govuk-label--m'} for={id}>{label ?? t('ui.search.label')}</label>
      <div class="mc-search__row">
        <input class="govuk-input mc-search__input" id={id} name={name} type="search" value={value} placeholder={placeholder} autocomplete="off" spellcheck={false} data-search="" {...(suggest ? { 'data-suggest': suggest, 'data-suggest-label': t('ui.search.suggestions'), 'data-suggest-count': t('ui.search.suggestionCount', { count: '{count}' }), 'data-suggest-life-event': t('ui.search.lifeEvent'), 'data-suggest-sector': t('ui.search.sector') } : {})} />
        {kept.map(([key, v]) => <input type="hidden" name={key} value={v} />)}
        <button type="submit" class="mc-search__button"><Icon name="search" /><span class={compact ? 'govuk-visually-hidden' : undefined}>{t('ui.search.button')}</span></button>
      </div>
      {examples.length > 0 && (
        <p class="mc-search__examples">{t('ui.search.examples')} {examples.map((example, i) => <>{i > 0 && ', '}<a class="govuk-link" href={`${action}?${new URLSearchParams({ [name]: example })}`}>{example}</a></>)}</p>
      )}
    </form>
  )
}

import type { VNode } from 'preact'
import { Button } from './button.tsx'
import { Checkboxes, Radios } from './choices.tsx'
import { Select } from './select.tsx'
import { usePage } from '../use-page.ts'

export interface FilterOption { readonly value: string; readonly text: string; readonly count?: number }

export interface FilterGroup {
  readonly name: string
  readonly title: string
  readonly kind: 'checkbox' | 'radio' | 'select'
  readonly options: readonly FilterOption[]
  readonly selected: readonly string[]
  /** First choice of a select: "Tất cả". */
  readonly empty?: string
}

export interface FilterPanelProps {
  readonly action: string
  readonly groups: readonly FilterGroup[]
  /** Values of the address to keep, such as the search words. */
  readonly keep?: Readonly<Record<string, string>>
  /** Address without filters; absent when none is set. */
  readonly clearHref?: string
  /** Address without one value of one filter: makes the set filters removable one by one. */
  readonly removeHref?: (name: string, value: string) => string
}

/** Narrowing of a list, beside it on a wide screen and above it on a narrow one. Works as a plain GET form. */
export function FilterPanel({ action, groups, keep = {}, clearHref, removeHref }: FilterPanelProps): VNode {
  const { t } = usePage()
  const chosen = groups.flatMap((g) => g.options.filter((o) => g.selected.includes(o.value)).map((o) => ({ group: g, option: o })))
  return (
    <section class="mc-filter" aria-label={t('ui.filter')}>
      <form action={action} method="get">
        <h2 class="mc-filter__title">{t('ui.filter')}</h2>
        {Object.entries(keep).map(([name, value]) => <input type="hidden" name={name} value={value} />)}
        {chosen.length > 0 && removeHref && (
          <ul class="mc-filter__chosen">
            {chosen.map(({ group, option }) => <li><a href={removeHref(group.name, option.value)}><span class="govuk-visually-hidden">{t('ui.filter.remove')} </span>{option.text} <span aria-hidden="true">✕</span></a></li>)}
          </ul>
        )}
        {groups.map((group) => <FilterControl group={group} />)}
        <div class="mc-filter__actions"><Button kind="secondary">{t('ui.filter.apply')}</Button>{clearHref && <a class="govuk-link" href={clearHref}>{t('ui.filter.clear')}</a>}</div>
      </form>
    </section>
  )
}

function FilterControl({ group }: { group: FilterGroup }): VNode {
  const options = group.options.map((o) => ({ value: o.value, text: o.count === undefined ? o.text : `${o.text} (${o.count})` }))
  const base = { name: group.name, id: `filter-${group.name}`, label: group.title, labelSize: 's' as const, options }
  if (group.kind === 'select') return <Select {...base} value={group.selected[0]} empty={group.empty ?? ''} />
  if (group.kind === 'radio') return <Radios {...base} value={group.selected[0]} small />
  return <Checkboxes {...base} values={group.selected} small />
}

import type { VNode } from 'preact'
import type { DatedEntry, EntryState, EntryValues } from '../../../../platform/dated-table.ts'
import { formatDate, type Translate } from '../../../../platform/i18n.ts'
import { Tag, usePage, type Tone } from '../../../../ui/index.ts'
import type { ListColumn, SharedList } from '../list-definition.ts'

export const listTitle = (t: Translate, list: Pick<SharedList, 'name'>): string => t(`catalogue.lists.name.${list.name}`)
export const fieldName = (t: Translate, field: string): string => t(`catalogue.lists.field.${field}`)

/** A value as people read it: choices by their words, nothing as a dash. */
export function valueWords(t: Translate, column: ListColumn, value: string | null | undefined): string {
  if (value == null || value === '') return '–'
  return column.choices?.includes(value) ? t(`catalogue.lists.choice.${column.field}.${value}`) : value
}

export const dayWords = (day: string | null): string => (day ? formatDate(day) : '–')

/** What an entry is called in a heading: its name beside its code. */
export const entryTitle = (entry: Pick<DatedEntry, 'key' | 'values'>): string => `${entry.key} ${entry.values.nameVi ?? entry.values.fullName ?? ''}`.trim()

const tones: Record<EntryState, Tone> = { valid: 'done', future: 'paused', disabled: 'stopped' }

export function StateTag({ state }: { state: EntryState }): VNode {
  const { t } = usePage()
  return <Tag tone={tones[state]}>{t(`catalogue.lists.state.${state}`)}</Tag>
}

/** What differs between two states of an entry, one line for each field. */
export function Differences({ list, before, after }: { list: SharedList; before: EntryValues | null; after: EntryValues | null }): VNode {
  const { t } = usePage()
  const changed = list.columns.filter(({ field }) => (before?.[field] ?? null) !== (after?.[field] ?? null))
  if (!after) return <>{t('catalogue.lists.history.ended')}</>
  if (changed.length === 0) return <>{t('catalogue.lists.history.same')}</>
  return (
    <ul class="govuk-list">
      {changed.map((column) => (
        <li><strong>{fieldName(t, column.field)}:</strong> {before && <><del>{valueWords(t, column, before[column.field])}</del> → </>}<ins>{valueWords(t, column, after[column.field])}</ins></li>
      ))}
    </ul>
  )
}

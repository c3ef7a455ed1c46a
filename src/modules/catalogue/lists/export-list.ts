import type { Ctx } from '../../../platform/ctx.ts'
import type { DatedEntry, EntryValues } from '../../../platform/dated-table.ts'
import { civilDate, type Translate } from '../../../platform/i18n.ts'
import { changesOfList, revisionsOf } from './list-change.store.ts'
import type { SharedList } from './list-definition.ts'

export interface TableOfText { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }

const headings = (t: Translate, names: readonly string[]): string[] => names.map((name) => t(`catalogue.lists.field.${name}`))
const cells = (list: SharedList, values: EntryValues | null): string[] => list.columns.map(({ field }) => values?.[field] ?? '')

/** Every entry as it stands today with its validity and revision: what can be changed by hand and imported again. */
export async function exportEntries(ctx: Ctx, list: SharedList): Promise<TableOfText> {
  const [entries, revisions] = await Promise.all([list.table.all(ctx.db, civilDate(ctx.now)), revisionsOf(ctx.db, list.name)])
  return {
    header: headings(ctx.t, ['key', ...list.columns.map((c) => c.field), 'validFrom', 'validTo', 'revision']),
    rows: entries.map((e) => [e.key, ...cells(list, e.values), e.validFrom ?? '', e.validTo ?? '', String(revisions.get(e.key) ?? 0)]),
  }
}

/** Every period of every entry, and every act that was done: dates, agency, basis, and the values that the act left. */
export async function exportHistory(ctx: Ctx, list: SharedList): Promise<TableOfText> {
  const { t } = ctx
  const [periods, changes] = await Promise.all([list.table.periods(ctx.db), changesOfList(ctx.db, list.name)])
  const ofPeriod = (p: DatedEntry): string[] => [p.key, t('catalogue.lists.record.period'), ...cells(list, p.values), p.validFrom ?? '', p.validTo ?? '', '', '', '', '', '']
  const ofChange = (c: (typeof changes)[number]): string[] => [c.key, t(`catalogue.lists.act.${c.action}`), ...cells(list, c.after), c.action === 'disable' ? '' : c.fromDate, c.action === 'disable' ? c.fromDate : '', String(c.revision), c.changedAt.toISOString(), c.agencyCode, c.basis, c.rightSource]
  return {
    header: headings(t, ['key', 'record', ...list.columns.map((c) => c.field), 'validFrom', 'validTo', 'revision', 'changedAt', 'changedBy', 'basis', 'rightSource']),
    rows: [...periods.map(ofPeriod), ...changes.map(ofChange)].sort((a, b) => (a[0]! < b[0]! ? -1 : a[0]! > b[0]! ? 1 : 0)),
  }
}

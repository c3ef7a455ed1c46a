import type { Actor } from '../../platform/actor.ts'
import type { NavGroup } from '../../platform/module.ts'
import type { NavItem } from '../page-context.ts'

/** Items that this actor may use. */
export function allowedItems(items: readonly NavItem[], actor: Actor): NavItem[] {
  return items.filter((item) => !item.permission || (actor.kind === 'officer' && actor.permissions.has(item.permission)))
}

/** The item whose address is the longest beginning of the path: the place where the reader is. */
export function currentItem(items: readonly NavItem[], path: string): NavItem | undefined {
  return items
    .filter(({ href }) => path === href || (href !== '/' && path.startsWith(`${href}/`)))
    .sort((a, b) => b.href.length - a.href.length)[0]
}

const groups: readonly NavGroup[] = ['work', 'people', 'catalogue', 'officers', 'log-in', 'system']

/** Items by heading, in the order of the headings; headings without items are left out. */
export function groupItems<T extends NavItem>(items: readonly T[]): { group: NavGroup; items: T[] }[] {
  return groups.map((group) => ({ group, items: items.filter((item) => (item.group ?? 'work') === group) })).filter((g) => g.items.length > 0)
}

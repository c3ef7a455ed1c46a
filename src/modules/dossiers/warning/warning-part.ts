import type { Node } from '../../../platform/node.ts'
import type { Part } from '../../../platform/join-parts.ts'
import { warningRulesPath } from './pages/hrefs.ts'
import { warningRuleRoutes } from './pages/warning-rules.page.tsx'
import { watchWarnings } from './warn-before-due.ts'

const watches = new WeakMap<Node, { stop(): Promise<void> }>()

/** Officers, heads of units and leaders are warned before the date of a dossier, as a dated rule says. */
export const warningPart: Part = {
  deskNav: [{ href: warningRulesPath, key: 'dossiers.warning.nav', permission: 'calendar.manage', order: 86, group: 'system' }],
  routes: () => warningRuleRoutes,
  async start(node) {
    watches.set(node, watchWarnings(node))
  },
  async stop(node) {
    await watches.get(node)?.stop()
  },
}

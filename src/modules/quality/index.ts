import type { Module } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { addHomePart } from '../catalogue/index.ts'
import { countFollower } from './count-follower.ts'
import { figuresRoutes } from './pages/figures.page.tsx'
import { homeFigures } from './pages/home-figures.tsx'
import { watchDueDates } from './watch-due-dates.ts'

export { readFigures, type FigureRow, type Grouping } from './read-figures.ts'
export { recount, type Difference } from './recount.ts'
export { markOverdue } from './watch-due-dates.ts'
export { figuresOf, placeOf, places, type Figures, type Place } from './places.ts'
export { figuresPath } from './pages/figures.page.tsx'

const watches = new WeakMap<Node, { stop(): Promise<void> }>()

addHomePart({ name: 'quality.figures', order: 10, render: homeFigures })

/** Quality in real time: figures folded from dossier events, on the national node for the country, on a local node for itself. */
export const quality: Module = {
  name: 'quality',
  portalNav: [{ href: '/so-lieu', key: 'quality.nav', order: 40 }],
  followers: (node) => [countFollower(node)],
  routes: figuresRoutes,
  async start(node) {
    watches.set(node, watchDueDates(node))
  },
  async stop(node) {
    await watches.get(node)?.stop()
  },
}

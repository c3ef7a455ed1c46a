import type { Module } from '../../platform/module.ts'
import { sequencer } from './log/sequence-events.ts'
import { followersRoute } from './pages/followers.page.tsx'

export { appendEvent, appendEvents, withMandate, type NewEvent } from './append-event.ts'
export { startFollowers, followOnce, drainFollowers } from './run-followers.ts'
export { listEvents, listEventsAbout, listEventsUnder, scanEvents, listFollowers, type FollowerState } from './read-events.ts'
export type { LedgerEvent } from '../../platform/ledger-event.ts'
export type { Follower } from '../../platform/module.ts'


/** The append-only record of every act, and what follows it. */
export const ledger: Module = {
  name: 'ledger',
  permissions: { 'ledger.view': { vi: 'Xem các tiến trình theo nhật ký', en: 'See the followers of the ledger' } },
  deskNav: [{ href: '/admin/followers', key: 'ledger.nav', permission: 'ledger.view', order: 91, group: 'system' }],
  routes: () => [followersRoute],
  followers: (node) => [sequencer(node)],
}

import type { Part } from '../../../platform/join-parts.ts'
import { passOn, waitForHandler } from '../node-transfer/hear-of-transfer.ts'
import { groupFollower } from './follow-groups.ts'
import { factsFollower } from './give-facts.ts'
import { receiveGroupWithdrawal, receiveNews, receiveUndo } from './hear-of-group.ts'
import { receiveFacts, receiveUndone } from './hear-of-part.ts'
import { groupNotices } from './notify-group.ts'
import { deskGroupRoutes } from './pages/desk-groups.page.tsx'
import { groupRoutes } from './pages/group.page.tsx'
import { deskGroupsPath } from './pages/hrefs.ts'
import { seedLinked } from './publish-linked.ts'

/** Linked groups: filed once, decided by several agencies at several nodes. */
export const linkedPart: Part = {
  deskNav: [{ href: deskGroupsPath, key: 'dossiers.linked.nav', permission: 'dossiers.view', order: 14 }],
  routes: () => [...groupRoutes, ...deskGroupRoutes],
  followers: (node) => [groupFollower(node), factsFollower(node), groupNotices(node)],
  services: { 'linked.news': passOn(receiveNews), 'linked.withdraw': passOn(receiveGroupWithdrawal), 'linked.undo': passOn(receiveUndo), 'linked.gives': waitForHandler(receiveFacts), 'linked.undone': waitForHandler(receiveUndone) },
  seed: seedLinked,
}

import type { Module } from '../../platform/module.ts'
import { logRoutes } from './log/log.routes.ts'
import { sequencer } from './log/sequence-events.ts'
import { followersRoute } from './pages/followers.page.tsx'

export { appendEvent, appendEvents, withMandate, type NewEvent } from './append-event.ts'
export { startFollowers, followOnce, drainFollowers } from './run-followers.ts'
export { listEvents, listEventsAbout, listEventsUnder, scanEvents, listFollowers, type FollowerState } from './read-events.ts'
export type { LedgerEvent } from '../../platform/ledger-event.ts'
export type { Follower } from '../../platform/module.ts'
// The transparency log: what the nodes that witness it need.
export { auditLog, windowToleranceMs, type AuditRules, type Finding, type FindingKind, type Mirror, type Sighting } from './log/audit-log.ts'
export { checkReceipt, type Receipt } from './log/check-receipt.ts'
export { openCheckpoint, parseCheckpoint, type Checkpoint } from './log/checkpoint.ts'
export { logOrigin } from './log/event-text.ts'
export { emptyFrontier, frontierRoot, growFrontier, packFrontier, unpackFrontier, type Frontier } from './log/frontier.ts'
export { doneBeforeFirstSeal, holdLog, mayBeginLog } from './log/hold-log.ts'
export { logKeysOf, witnessName } from './log/log-keys.ts'
export { findCheckpoint, insertCheckpoint, logSize, readEntries, readSubjects, type KeptCheckpoint } from './log/log.store.ts'
export { isConsistent, leafHash } from './log/merkle.ts'
export { cosignText, formatKey, formatNote, NoteFault, parseKey, parseNote, parseSignatures, proveSignatures, signText, type NoteKey } from './log/note.ts'
export { proofOfEvent, proveConsistency, provedEvents, type ProvedEvent } from './log/prove-event.ts'
export { formatPolicy, parsePolicy } from './log/policy.ts'
export type { LogPolicy } from './log/proof-file.ts'
export { restoreEntries } from './log/restore-entries.ts'
export { LogDiffers, sealLog } from './log/seal-log.ts'
export { keepCosignature, lastCosignedBy, lastWitnessedAt, noteSeen, noteUnseen, sealingOf, sealingState, startWatching, takeTurn, type SealingState } from './log/seal-state.ts'
export { logTopic, sequencerName } from './log/sequence-events.ts'
export { tileWidth } from './log/tiles.ts'

/** The append-only record of every act, what follows it, and the log that proves it to others. */
export const ledger: Module = {
  name: 'ledger',
  permissions: { 'ledger.view': { vi: 'Xem các tiến trình theo nhật ký', en: 'See the followers of the ledger' } },
  deskNav: [{ href: '/admin/followers', key: 'ledger.nav', permission: 'ledger.view', order: 91, group: 'system' }],
  routes: () => [followersRoute, ...logRoutes],
  followers: (node) => [sequencer(node)],
}

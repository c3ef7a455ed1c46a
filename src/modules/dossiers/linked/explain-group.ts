import type { Dossier } from '../dossier.ts'
import type { LinkedDefinition, PartDefinition } from './linked-definition.ts'
import type { GroupPart, LinkedGroup } from './linked.store.ts'
import type { DrawnPart } from './read-drawing.ts'

/** Where a part stands, in one word. Everything a group can be in has one; the texts `dossiers.linked.status.*` and `dossiers.linked.why.*` say it to people. */
export type PartStatus =
  | 'waits' | 'sending' | 'sent' | 'received' | 'in-progress' | 'supplement-required' | 'payment-required' | 'withdrawal-requested' | 'result-coming'
  | 'finished' | 'refused' | 'refused-waits' | 'withdrawn' | 'not-filed' | 'not-needed' | 'undo-asked' | 'undone' | 'stands'

/** Whose move it is: the agency's, the person's, that of an earlier part, the portal's, or nobody's any more. */
export type Whose = 'agency' | 'person' | 'part' | 'portal' | 'nobody'

export interface PartStory {
  definition: PartDefinition
  drawn: DrawnPart
  status: PartStatus
  whose: Whose
  /** Earlier parts that it waits for. */
  waitsFor: PartDefinition[]
  /** The part because of which it was never filed. */
  because: PartDefinition | undefined
  last: GroupPart | undefined
  dossier: Dossier | undefined
}

const moves: Readonly<Record<PartStatus, Whose>> = {
  waits: 'part', sending: 'portal', sent: 'agency', received: 'agency', 'in-progress': 'agency', 'supplement-required': 'person', 'payment-required': 'person', 'withdrawal-requested': 'agency', 'result-coming': 'agency',
  finished: 'nobody', refused: 'nobody', 'refused-waits': 'person', withdrawn: 'nobody', 'not-filed': 'nobody', 'not-needed': 'nobody', 'undo-asked': 'agency', undone: 'nobody', stands: 'nobody',
}

/** Over for the parts that come after it, however it ended. */
const isOver = (part: GroupPart | undefined): boolean => part !== undefined && part.state !== 'filed' && part.waitsUntil === null

/** What every part of a group waits for, in the order of the definition; from rows alone, so that it always says what is. */
export function explainGroup(definition: LinkedDefinition, drawn: readonly DrawnPart[], group: Pick<LinkedGroup, 'processEndedAt' | 'state'>, parts: readonly GroupPart[], dossiers: ReadonlyMap<string, Dossier>): PartStory[] {
  const lastOf = new Map<string, GroupPart>()
  for (const part of parts) if ((lastOf.get(part.part)?.attempt ?? 0) < part.attempt) lastOf.set(part.part, part)
  return definition.parts.map((own) => {
    const last = lastOf.get(own.key)
    const dossier = last?.dossierId ? dossiers.get(last.dossierId) : undefined
    const drawing = drawn.find((d) => d.key === own.key)!
    const waitsFor = drawing.after.filter((key) => !isOver(lastOf.get(key)))
    const status = statusOf(group, last, dossier, waitsFor.length > 0)
    return {
      definition: own, drawn: drawing, status, whose: moves[status], last, dossier, waitsFor: status === 'waits' ? definition.parts.filter((p) => waitsFor.includes(p.key)) : [],
      because: status === 'not-needed' ? definition.parts.find((p) => ['refused', 'withdrawn', 'not-filed'].includes(lastOf.get(p.key)?.state ?? '')) : undefined,
    }
  })
}

function statusOf(group: Pick<LinkedGroup, 'processEndedAt' | 'state'>, last: GroupPart | undefined, dossier: Dossier | undefined, isWaiting: boolean): PartStatus {
  // Once something is being undone, nothing more is filed.
  if (!last) return group.processEndedAt || group.state === 'compensating' ? 'not-needed' : isWaiting ? 'waits' : 'sending'
  if (last.undoState) return last.undoState === 'asked' ? 'undo-asked' : last.undoState
  switch (last.state) {
    case 'filed': return !dossier || dossier.state === 'new' ? 'sent' : dossier.state === 'finished' || dossier.state === 'returned' ? 'result-coming' : dossier.state === 'not-accepted' ? 'refused' : dossier.state === 'stopped' ? 'withdrawn' : dossier.state
    case 'refused': return last.waitsUntil ? 'refused-waits' : 'refused'
    case 'not-filed': return last.waitsUntil ? 'refused-waits' : 'not-filed'
    default: return last.state
  }
}

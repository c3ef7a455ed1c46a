import type { Actor } from '../../../platform/actor.ts'
import { nodeOfAgency } from '../../organisations/index.ts'

export const decisionStates = ['draft', 'in-check', 'checked', 'published', 'withdrawn'] as const
export type DecisionState = (typeof decisionStates)[number]

export const itemActions = ['create', 'amend', 'abolish', 'link', 'localise'] as const
export type ItemAction = (typeof itemActions)[number]

/** Publication decision ("quyết định công bố", S4 art. 16): the act by which a ministry or province puts procedures into the catalogue. */
export interface Decision {
  id: string
  number: string
  /** 'YYYY-MM-DD'; null where an imported file does not tell. */
  issuedOn: string | null
  /** Identifier code of the ministry (G..) or province (H..). */
  issuer: string
  effectiveOn: string
  title: string
  fileId: string | null
  fileName: string | null
  mediaType: string | null
  origin: 'authored' | 'imported'
  state: DecisionState
  author: string
  authorName: string
  checker: string | null
  checkerName: string | null
  checkNote: string | null
  createdAt: Date
  checkedAt: Date | null
  publishedAt: Date | null
}

/** One procedure in a decision. */
export interface DecisionItem {
  decisionId: string
  code: string
  action: ItemAction
  /** A ProcedureInput for create, amend and link, a LocalPart for localise, null for abolish. */
  content: unknown
  /** Version and hash of the entry (for localise: of the original) on which it was drafted; null for create. */
  baseVersion: number | null
  baseHash: string | null
  /** Goes up with each save. */
  revision: number
  editedBy: string
  editedName: string
  editedAt: Date
  publishedVersion: number | null
}

/** States in which the heading and the entries may be changed. */
export const isOpen = (state: DecisionState): boolean => state === 'draft'

/** An officer acts for the ministry or province whose office it is in; the program itself (imports, seeds) for any. */
export function mayIssueFor(actor: Actor, issuer: string): boolean {
  return actor.kind === 'system' || (actor.kind === 'officer' && nodeOfAgency(actor.agencyCode) === issuer)
}

/** Whose drafts an officer sees: all at the office that runs the national catalogue, else those of its own. Undefined = all. */
export function visibleIssuer(actor: Actor, nationalCode: string): string | undefined {
  if (actor.kind !== 'officer') return undefined
  const own = nodeOfAgency(actor.agencyCode)
  return own === nationalCode ? undefined : own
}

export const nameOfActor = (actor: Actor): string => (actor.kind === 'officer' || actor.kind === 'person' ? actor.name : actor.kind === 'anonymous' ? '' : actor.id)

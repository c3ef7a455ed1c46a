import type { AttachedFile } from '../dossier.ts'

/** Who wrote: the person, or the unit that handles the dossier. */
export type MessageSide = 'person' | 'office'

/** A message about a dossier ("trao đổi"), with what the other side did with it. */
export interface Message {
  id: string
  dossierId: string
  side: MessageSide
  /** Actor key; an officer's name is shown to officers only. */
  author: string
  body: string
  sentAt: Date
  readAt: Date | null
  settledAt: Date | null
  files: MessageFile[]
}

export type MessageFile = Omit<AttachedFile, 'field'>

/** Characters of one message. */
export const longestMessage = 4000
/** Files of one message, and how many bytes they may have together: other nodes get them in one piece. */
export const mostFiles = 5
export const mostFileBytes = 11 * 1024 * 1024
/** Messages that a person may write about one dossier in a day. */
export const mostOfDay = 20

export const otherSide = (side: MessageSide): MessageSide => (side === 'person' ? 'office' : 'person')

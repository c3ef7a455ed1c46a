import type { Answers } from '../answers.ts'
import type { FormDefinition } from '../definition.ts'

export const draftStates = ['draft', 'in-check'] as const
export type DraftState = (typeof draftStates)[number]

/** The next version of a form while officers work on it ("bản thảo biểu mẫu"). Unlike a published definition its pages may be empty and its references lead nowhere. */
export interface FormDraft {
  key: string
  /** The version that it began with. */
  baseVersion: number
  definition: FormDefinition
  trial: Answers | null
  revision: number
  state: DraftState
  editedBy: string
  editedName: string
  editedAt: Date
  startedAt: Date
  note: string | null
}

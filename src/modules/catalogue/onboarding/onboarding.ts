import type { Actor } from '../../../platform/actor.ts'
import { nodeOfAgency } from '../../organisations/index.ts'

/** States of an onboarding, in their order (S4 art. 27). */
export const onboardingStates = ['proposed', 'returned', 'testing', 'reported', 'confirmed', 'unpublished'] as const
export type OnboardingState = (typeof onboardingStates)[number]

/** Văn phòng Chính phủ decides; the agency that offers the service proposes, tests and reports. */
export type OnboardingSide = 'office' | 'agency'

interface Move { from: OnboardingState; to: OnboardingState; by: OnboardingSide; needsReason: boolean; limitDays: number | null }

/** What may happen, who does it, and the working days that the other side then has (S4 art. 27.3 to 27.5). */
export const onboardingMoves = {
  open: { from: 'proposed', to: 'testing', by: 'office', needsReason: false, limitDays: 5 },
  return: { from: 'proposed', to: 'returned', by: 'office', needsReason: true, limitDays: null },
  report: { from: 'testing', to: 'reported', by: 'agency', needsReason: false, limitDays: 2 },
  confirm: { from: 'reported', to: 'confirmed', by: 'office', needsReason: false, limitDays: null },
  unpublish: { from: 'reported', to: 'unpublished', by: 'office', needsReason: true, limitDays: null },
} as const satisfies Record<string, Move>

export type OnboardingMove = keyof typeof onboardingMoves

/** Working days that the Government Office has to look at a proposal (S4 art. 27.3). */
export const proposalLimitDays = 2

export const movesFrom = (state: OnboardingState): OnboardingMove[] =>
  (Object.keys(onboardingMoves) as OnboardingMove[]).filter((move) => onboardingMoves[move].from === state)

/** Whose turn it is; nobody's when the case is closed. */
export function turnOf(state: OnboardingState): OnboardingSide | undefined {
  const [move] = movesFrom(state)
  return move && onboardingMoves[move].by
}

/** One case: a service on its way to the public. */
export interface Onboarding {
  id: string
  procedureCode: string
  serviceCode: string
  agencyCode: string
  approvalNumber: string
  /** 'YYYY-MM-DD' */
  approvalDate: string
  approvalFile: string
  approvalFileName: string
  state: OnboardingState
  dueAt: Date | null
  testDossiers: string[]
  reason: string | null
  revision: number
  proposedAt: Date
  updatedAt: Date
}

/** Whose onboardings an actor sees and moves: a ministry's or province's officers those of their own house, the office that keeps the national catalogue all. */
export function belongsTo(actor: Actor, agencyCode: string, nationalCode: string): boolean {
  if (actor.kind === 'system') return true
  return actor.kind === 'officer' && [nationalCode, nodeOfAgency(agencyCode)].includes(nodeOfAgency(actor.agencyCode))
}

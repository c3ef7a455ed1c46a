import { errors } from './dossiers.errors.ts'

/** The ten official states (trạng thái hồ sơ), by the national portal's numbers. */
export const dossierStates = {
  new: 1, // Mới đăng ký
  received: 2, // Được tiếp nhận
  'not-accepted': 3, // Không được tiếp nhận
  'in-progress': 4, // Đang xử lý
  'supplement-required': 5, // Yêu cầu bổ sung giấy tờ
  'payment-required': 6, // Yêu cầu thực hiện nghĩa vụ tài chính
  'withdrawal-requested': 7, // Công dân yêu cầu rút hồ sơ
  stopped: 8, // Dừng xử lý
  finished: 9, // Đã xử lý xong
  returned: 10, // Đã trả kết quả
} as const
export type DossierState = keyof typeof dossierStates

export type DossierAction = 'accept' | 'refuse' | 'start' | 'request-supplement' | 'answer-supplement' | 'request-payment' | 'confirm-payment' | 'request-withdrawal' | 'decline-withdrawal' | 'stop' | 'finish' | 'return'

/** What an action does to the clock of the time limit. */
export type ClockEffect = 'none' | 'start' | 'stop' | 'resume' | 'end'

export interface Edge {
  readonly from: readonly DossierState[]
  readonly to: DossierState | 'before'
  readonly by: 'officer' | 'person' | 'system'
  readonly event: string
  readonly clock: ClockEffect
}

/**
 * Action × state. Valid receipt starts the clock, submission does not (Decree 118/2025; indicator 2.1). Only what the applicant
 * must supply or pay stops it: opinions of other agencies and waiting inside the administration do not.
 */
export const edges: Readonly<Record<DossierAction, Edge>> = {
  accept: { from: ['new'], to: 'received', by: 'officer', event: 'dossier.accepted', clock: 'start' },
  refuse: { from: ['new'], to: 'not-accepted', by: 'officer', event: 'dossier.refused', clock: 'end' },
  start: { from: ['received'], to: 'in-progress', by: 'officer', event: 'dossier.started', clock: 'none' },
  'request-supplement': { from: ['new', 'received', 'in-progress'], to: 'supplement-required', by: 'officer', event: 'dossier.supplement_requested', clock: 'stop' },
  // Back to where it was: a dossier not yet received goes to reception again, one in progress goes on.
  'answer-supplement': { from: ['supplement-required'], to: 'before', by: 'person', event: 'dossier.supplemented', clock: 'resume' },
  'request-payment': { from: ['received', 'in-progress'], to: 'payment-required', by: 'officer', event: 'dossier.payment_requested', clock: 'stop' },
  'confirm-payment': { from: ['payment-required'], to: 'before', by: 'officer', event: 'dossier.paid', clock: 'resume' },
  'request-withdrawal': { from: ['new', 'received', 'in-progress', 'supplement-required', 'payment-required'], to: 'withdrawal-requested', by: 'person', event: 'dossier.withdrawal_requested', clock: 'none' },
  // A wish stops nothing: the dossier goes on where it was, with the applicant where it waited for him.
  'decline-withdrawal': { from: ['withdrawal-requested'], to: 'before', by: 'officer', event: 'dossier.withdrawal_declined', clock: 'none' },
  stop: { from: ['withdrawal-requested'], to: 'stopped', by: 'officer', event: 'dossier.stopped', clock: 'end' },
  finish: { from: ['received', 'in-progress'], to: 'finished', by: 'officer', event: 'dossier.finished', clock: 'end' },
  return: { from: ['finished'], to: 'returned', by: 'officer', event: 'dossier.returned', clock: 'none' },
}

/** What moves the date of a dossier and not its state: put off with an apology; counted again because the working calendar changed. */
export const clockEvents = ['dossier.extended', 'dossier.rescheduled'] as const

/** Another agency of the node has it from now on; state and date stay. */
export const transferEvent = 'dossier.transferred'

/** Actions that a state allows, in the order of the table. */
export function allowedActions(state: DossierState): DossierAction[] {
  return (Object.keys(edges) as DossierAction[]).filter((action) => edges[action].from.includes(state))
}

/**
 * The state after an action. `receivedAt`, and whether its clock still stands, decide where a dossier goes back to.
 * @throws NOT_IN_STATE naming the state, the action and what is allowed instead.
 */
export function transition(dossier: { state: DossierState; receivedAt: Date | null; pausedAt?: Date | null }, action: DossierAction): DossierState {
  const edge = edges[action]
  if (!edge.from.includes(dossier.state)) throw errors.NOT_IN_STATE({ state: dossier.state, action, allowed: allowedActions(dossier.state).join(', ') })
  if (action === 'decline-withdrawal' && dossier.pausedAt) return 'supplement-required'
  return edge.to === 'before' ? (dossier.receivedAt ? 'in-progress' : 'new') : edge.to
}

/** How far a dossier is, in percent: what anyone with its code may know. */
export function completion(state: DossierState): number {
  const percent: Record<DossierState, number> = { new: 10, 'not-accepted': 100, received: 25, 'in-progress': 50, 'supplement-required': 40, 'payment-required': 40, 'withdrawal-requested': 60, stopped: 100, finished: 90, returned: 100 }
  return percent[state]
}

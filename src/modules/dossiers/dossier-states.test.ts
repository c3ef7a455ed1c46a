import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal } from '../../platform/errors.ts'
import { allowedActions, dossierStates, edges, transition, type DossierAction, type DossierState } from './dossier-states.ts'

// What the rules ask for, state by state (domain: ten official states; clock rules of Decree 118/2025), not read from the code.
const required: Record<DossierState, Partial<Record<DossierAction, DossierState>>> = {
  new: { accept: 'received', refuse: 'not-accepted', 'request-supplement': 'supplement-required', 'request-withdrawal': 'withdrawal-requested' },
  received: { start: 'in-progress', 'request-supplement': 'supplement-required', 'request-payment': 'payment-required', 'request-withdrawal': 'withdrawal-requested', finish: 'finished' },
  'not-accepted': {},
  'in-progress': { 'request-supplement': 'supplement-required', 'request-payment': 'payment-required', 'request-withdrawal': 'withdrawal-requested', finish: 'finished' },
  'supplement-required': { 'answer-supplement': 'in-progress', 'request-withdrawal': 'withdrawal-requested' },
  'payment-required': { 'confirm-payment': 'in-progress', 'request-withdrawal': 'withdrawal-requested' },
  'withdrawal-requested': { stop: 'stopped', 'decline-withdrawal': 'in-progress' },
  stopped: {},
  finished: { return: 'returned' },
  returned: {},
}

const receivedAt = new Date('2026-11-20T01:00:00Z')

test('every action in every state does what the rules say, or is refused with what is allowed', () => {
  for (const state of Object.keys(dossierStates) as DossierState[]) {
    for (const action of Object.keys(edges) as DossierAction[]) {
      const expected = required[state][action]
      if (expected) assert.equal(transition({ state, receivedAt }, action), expected, `${state} + ${action}`)
      else assert.throws(() => transition({ state, receivedAt }, action), (e: unknown) => isRefusal(e, 'NOT_IN_STATE') && e.params.allowed === allowedActions(state).join(', '), `${state} + ${action}`)
    }
  }
})

test('a dossier that was completed before receipt goes to reception again', () => {
  assert.equal(transition({ state: 'supplement-required', receivedAt: null }, 'answer-supplement'), 'new')
})

test('a wish to withdraw that is not agreed to leaves the dossier where it was', () => {
  assert.equal(transition({ state: 'withdrawal-requested', receivedAt: null, pausedAt: null }, 'decline-withdrawal'), 'new')
  assert.equal(transition({ state: 'withdrawal-requested', receivedAt, pausedAt: receivedAt }, 'decline-withdrawal'), 'supplement-required')
})

test('the ten states carry the national numbers 1 to 10', () => {
  assert.deepEqual(Object.values(dossierStates), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
})

test('only valid receipt starts the clock, and only what the applicant owes stops it', () => {
  const by = (clock: string) => (Object.keys(edges) as DossierAction[]).filter((a) => edges[a].clock === clock)
  assert.deepEqual(by('start'), ['accept'])
  assert.deepEqual(by('stop'), ['request-supplement', 'request-payment'])
  assert.deepEqual(by('resume'), ['answer-supplement', 'confirm-payment'])
})

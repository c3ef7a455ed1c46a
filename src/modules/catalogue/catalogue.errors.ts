import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('catalogue', {
  PROCEDURE_NOT_FOUND: { status: 404 },
  VERSION_NOT_FOUND: { status: 404 },
  /** Only the national node writes the catalogue; local nodes receive it. */
  NOT_AUTHOR: { status: 403 },
  CONTENT_INVALID: { status: 422 },
  /** An abolition is final; a new procedure gets a new code. */
  CODE_ABOLISHED: { status: 409 },
  DECISION_NOT_FOUND: { status: 404 },
  DECISION_NOT_IN_STATE: { status: 409 },
  /** Who wrote it does not check it. */
  SAME_EYES: { status: 403 },
  /** An office publishes only what is its own (S4 art. 15). */
  NOT_ISSUER: { status: 403 },
  DECISION_EMPTY: { status: 409 },
  /** Another decision came between: the entries must be looked at again. */
  ITEMS_STALE: { status: 409 },
  ITEM_NOT_FOUND: { status: 404 },
  /** The procedure has no form and process that this program could run. */
  NOT_RUNNABLE: { status: 409 },
  ONBOARDING_OPEN: { status: 409 },
  ONBOARDING_NOT_FOUND: { status: 404 },
  /** Somebody else moved it in the meantime, or it is not in the state for this. */
  ONBOARDING_MOVED: { status: 409 },
  NOT_YOUR_TURN: { status: 403 },
  SERVICE_CLOSED: { status: 409 },
  HASH_MISMATCH: { status: 422, log: 'warn' },
})

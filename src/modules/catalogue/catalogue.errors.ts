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
  LIST_NOT_FOUND: { status: 404 },
  ENTRY_NOT_FOUND: { status: 404 },
  /** The regulation gives the agency no such right in this catalogue. */
  LIST_RIGHT_MISSING: { status: 403 },
  ENTRY_NOT_OWN: { status: 403 },
  RESULT_NOT_LEFT_TO_PROVINCE: { status: 403 },
  IMPORT_NOT_FOUND: { status: 404 },
  IMPORT_TOO_LARGE: { status: 422 },
  HASH_MISMATCH: { status: 422, log: 'warn' },
  CLIENT_NOT_FOUND: { status: 404 },
  DUMP_NOT_FOUND: { status: 404 },
  /** A version without the national node's signature over exactly this content. */
  SIGNATURE_INVALID: { status: 422, log: 'warn' },
  QUESTION_NOT_FOUND: { status: 404 },
  /** Of another agency. */
  QUESTION_OF_OTHERS: { status: 403 },
  QUESTION_INCOMPLETE: { status: 409 },
  /** Somebody saved it since it was read. */
  QUESTION_CHANGED: { status: 409 },
  NOTHING_TO_ASK: { status: 409 },
  NOTHING_TO_ANSWER: { status: 409 },
  NOTHING_TO_CLOSE: { status: 409 },
  /** A request to correct is answered by the agency it went to. */
  NOT_OWNER: { status: 403 },
  TOO_MANY_REPORTS: { status: 429 },
  REPORT_NOT_FOUND: { status: 404 },
  REPORT_UNREADABLE: { status: 422, log: 'warn' },
})

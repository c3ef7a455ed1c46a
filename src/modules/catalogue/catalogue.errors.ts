import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('catalogue', {
  PROCEDURE_NOT_FOUND: { status: 404 },
  VERSION_NOT_FOUND: { status: 404 },
  /** Only the national node writes the catalogue; local nodes receive it. */
  NOT_AUTHOR: { status: 403 },
  CONTENT_INVALID: { status: 422 },
  /** The procedure has no form and process that this program could run. */
  NOT_RUNNABLE: { status: 409 },
  ONBOARDING_OPEN: { status: 409 },
  ONBOARDING_NOT_FOUND: { status: 404 },
  /** Somebody else moved it in the meantime, or it is not in the state for this. */
  ONBOARDING_MOVED: { status: 409 },
  NOT_YOUR_TURN: { status: 403 },
  SERVICE_CLOSED: { status: 409 },
  HASH_MISMATCH: { status: 422, log: 'warn' },
  CLIENT_NOT_FOUND: { status: 404 },
  DUMP_NOT_FOUND: { status: 404 },
  /** A version without the national node's signature over exactly this content. */
  SIGNATURE_INVALID: { status: 422, log: 'warn' },
})

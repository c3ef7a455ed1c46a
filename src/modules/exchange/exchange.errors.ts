import { defineErrors } from '../../platform/errors.ts'

/** Refusals that a person or a calling act meets. What one node answers another about a message is in `refusal-codes.ts`. */
export const errors = defineErrors('exchange', {
  MALFORMED: { status: 400, log: 'warn' },
  ENROLMENT_REFUSED: { status: 403, log: 'warn' },
  PAYLOAD_TOO_LARGE: { status: 413 },
  NOT_DEAD: { status: 409 },
})

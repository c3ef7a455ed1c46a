import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('identity', {
  ACCOUNT_NOT_FOUND: { status: 404 },
  KEY_ANNOUNCED: { status: 409 },
  PARTY_NOT_FOUND: { status: 404 },
  /** `level`: what the procedure or route asks for, 2 or 3. */
  STRONGER_LOG_IN_NEEDED: { status: 403 },
})

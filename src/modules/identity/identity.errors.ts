import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('identity', {
  ACCOUNT_NOT_FOUND: { status: 404 },
  /** No such mandate, another person's, or one that lets nobody act now. */
  MANDATE_NOT_FOUND: { status: 404 },
  MANDATE_NOT_IN_STATE: { status: 409 },
  MANDATE_EXISTS: { status: 409 },
  MANDATE_TOO_YOUNG: { status: 409 },
  ORGANISATION_NOT_FOUND: { status: 404 },
  REGISTER_UNAVAILABLE: { status: 409 },
})

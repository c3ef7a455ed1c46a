import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('identity', {
  ACCOUNT_NOT_FOUND: { status: 404 },
  OFFICER_NOT_FOUND: { status: 404 },
  OWN_ACCOUNT: { status: 403 },
  WRONG_OFFICER_STATE: { status: 409 },
  GRANT_NOT_FOUND: { status: 404 },
  GRANT_NOT_ALLOWED: { status: 403 },
  REQUEST_NOT_FOUND: { status: 404 },
  REQUEST_DECIDED: { status: 409 },
  REQUEST_EXISTS: { status: 409 },
  SECOND_PERSON_NEEDED: { status: 403 },
  SUBSTITUTION_NOT_FOUND: { status: 404 },
})

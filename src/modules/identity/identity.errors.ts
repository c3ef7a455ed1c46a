import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('identity', {
  ACCOUNT_NOT_FOUND: { status: 404 },
  LAST_WAY: { status: 409 },
  NO_SUCH_WAY: { status: 404 },
  IDENTITY_LINKED_ELSEWHERE: { status: 409 },
  ORGANISATIONS_NOT_AVAILABLE: { status: 409 },
})

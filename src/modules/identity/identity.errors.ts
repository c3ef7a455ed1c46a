import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('identity', {
  ACCOUNT_NOT_FOUND: { status: 404 },
})

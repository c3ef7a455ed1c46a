import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('national-portal', {
  /** It was sent again or set aside in the meantime, or never was a dead letter. */
  NOT_DEAD: { status: 409 },
  NOT_CONFIGURED: { status: 409 },
  FILE_NOT_FOUND: { status: 404 },
})

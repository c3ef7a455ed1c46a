import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('forms', {
  FORM_NOT_FOUND: { status: 404 },
  VERSION_EXISTS: { status: 409 },
})

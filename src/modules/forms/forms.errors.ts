import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('forms', {
  FORM_NOT_FOUND: { status: 404 },
  VERSION_EXISTS: { status: 409 },
  NOT_AUTHOR: { status: 403 },
  FORM_NOT_OWN: { status: 403 },
  DRAFT_EXISTS: { status: 409 },
  DRAFT_NOT_FOUND: { status: 404 },
  DRAFT_CHANGED: { status: 409 },
  PART_NOT_FOUND: { status: 404 },
  DRAFT_NOT_IN_STATE: { status: 409 },
  OWN_EDIT: { status: 403 },
  DEFINITION_INVALID: { status: 422, log: 'warn' },
})

import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('decisions', {
  TABLE_NOT_FOUND: { status: 404 },
  TABLE_EXISTS: { status: 409 },
  TABLE_NOT_OWN: { status: 403 },
  NOT_AUTHOR: { status: 403 },
  DRAFT_EXISTS: { status: 409 },
  DRAFT_NOT_FOUND: { status: 404 },
  DRAFT_NOT_IN_STATE: { status: 409 },
  DRAFT_CHANGED: { status: 409 },
  OWN_EDIT: { status: 403 },
  TABLE_INVALID: { status: 422, log: 'warn' },
  INPUT_UNKNOWN: { status: 422, log: 'warn' },
  UNDECIDED: { status: 422, log: 'warn' },
})

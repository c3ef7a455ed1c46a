import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('identity', {
  ACCOUNT_NOT_FOUND: { status: 404 },
  PROBLEM_NOT_FOUND: { status: 404 },
  PROBLEM_CLOSED: { status: 409 },
  PROBLEM_TAKEN: { status: 409 },
  PROBLEM_NOT_TAKEN: { status: 409 },
  TERMS_NOT_FOUND: { status: 404 },
  PURPOSE_NOT_OPEN: { status: 404 },
  REQUEST_NOT_FOUND: { status: 404 },
  REQUEST_ENDED: { status: 409 },
  REQUEST_ANSWERED: { status: 409 },
  REQUEST_EXTENDED: { status: 409 },
  REQUEST_NOT_ACCEPTED: { status: 409 },
  DELETION_HINDERED: { status: 409 },
  EXPORT_NOT_FOUND: { status: 404 },
  CODE_NOT_FOUND: { status: 404 },
  RECOVERY_NOT_FOUND: { status: 404 },
  RECOVERY_SAME_OFFICER: { status: 403, log: 'warn' },
})

import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('identity', {
  ACCOUNT_NOT_FOUND: { status: 404 },
  CERTIFICATE_NOT_BOUND: { status: 404 },
  CERTIFICATE_TAKEN: { status: 409 },
  CERTIFICATE_UNFIT: { status: 400 },
  OFFICER_NOT_FOUND: { status: 404 },
  PASSKEY_NOT_FOUND: { status: 404 },
})

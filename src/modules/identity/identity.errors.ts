import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('identity', {
  ACCOUNT_NOT_FOUND: { status: 404 },
  LOOK_UP_OVER: { status: 404 },
  REQUEST_NOT_FOUND: { status: 404 },
  REQUEST_NOT_OPEN: { status: 409 },
  CONSENT_CODES_USED_UP: { status: 409 },
  NOT_FROM_ITS_NODE: { status: 403, log: 'warn' },
  ALERT_NOT_FOUND: { status: 404 },
  OLD_ACCOUNT_NOT_FOUND: { status: 404 },
  OLD_ACCOUNT_OTHER_PERSON: { status: 409 },
  OLD_ACCOUNT_NOT_OPEN: { status: 409 },
  IMPORT_NOT_FOUND: { status: 404 },
  LAST_WAY: { status: 409 },
  NO_SUCH_WAY: { status: 404 },
  IDENTITY_LINKED_ELSEWHERE: { status: 409 },
  ORGANISATIONS_NOT_AVAILABLE: { status: 409 },
  CERTIFICATE_NOT_BOUND: { status: 404 },
  CERTIFICATE_TAKEN: { status: 409 },
  CERTIFICATE_UNFIT: { status: 400 },
  OFFICER_NOT_FOUND: { status: 404 },
  PASSKEY_NOT_FOUND: { status: 404 },
})

import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('documents', {
  /** The document does not exist or was revoked before. */
  NOT_IN_FORCE: { status: 409 },
  /** A certificate that another node offers as its root cannot be read or is none. */
  NOT_A_ROOT: { status: 422, log: 'warn' },
})

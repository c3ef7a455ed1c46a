import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('catalogue', {
  PROCEDURE_NOT_FOUND: { status: 404 },
  VERSION_NOT_FOUND: { status: 404 },
  /** Only the national node writes the catalogue; local nodes receive it. */
  NOT_AUTHOR: { status: 403 },
  CONTENT_INVALID: { status: 422 },
  HASH_MISMATCH: { status: 422, log: 'warn' },
  CLIENT_NOT_FOUND: { status: 404 },
  DUMP_NOT_FOUND: { status: 404 },
  /** A version without the national node's signature over exactly this content. */
  SIGNATURE_INVALID: { status: 422, log: 'warn' },
})

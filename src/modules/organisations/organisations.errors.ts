import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('organisations', { AGENCY_UNKNOWN: { status: 404 }, UNIT_NAME_INVALID: { status: 422 } })

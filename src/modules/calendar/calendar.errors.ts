import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('calendar', { OVERRIDE_NOT_FOUND: { status: 404 } })

import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('calendar', { OVERRIDE_NOT_FOUND: { status: 404 }, HOURS_NOT_FOUND: { status: 404 }, RULES_NOT_FOUND: { status: 404 }, RULES_TAKEN: { status: 409 }, CHANGE_NOT_FOUND: { status: 404 }, CHANGE_DECIDED: { status: 409 } })

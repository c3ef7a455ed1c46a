import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('process', {
  PROCESS_NOT_FOUND: { status: 404 },
  PROCESS_ALREADY_STARTED: { status: 409 },
  PROCESS_NOT_RUNNING: { status: 409 },
  PROCESS_PAUSED: { status: 409 },
  TASK_NOT_FOUND: { status: 404 },
  TASK_ALREADY_DONE: { status: 409 },
  TASK_OF_ANOTHER: { status: 409 },
  TASK_NOT_YOURS: { status: 403, log: 'warn' },
  MESSAGE_NOT_EXPECTED: { status: 409 },
  ITEMS_UNKNOWN: { status: 409, log: 'warn' },
  STEP_NOT_STOPPED: { status: 409 },
  OUTCOME_UNKNOWN: { status: 409 },
  VERSION_NOT_FOUND: { status: 404 },
  MOVE_NOT_FOUND: { status: 404 },
  MOVE_OVER: { status: 409 },
})

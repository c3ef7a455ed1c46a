import type { Ctx } from '../../platform/ctx.ts'
import { isUniqueViolation, type Tx } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import { appendEvent } from '../ledger/index.ts'
import { begin } from './advance.ts'
import { byConditions } from './chooser.ts'
import { findDefinition, modelOf } from './definition.store.ts'
import { applyFirstMove, contextOf, type LiveInstance } from './instance.store.ts'
import { indexOf } from './model.ts'
import { nothing } from './marking.ts'
import { errors } from './process.errors.ts'
import { takeDecisions } from './take-decisions.ts'
import type { Matter, Task } from './task.ts'

export interface StartProcess {
  processKey: string
  /** Dossier id; at most one live process each. */
  subject: string
  /** Agency whose officers do the tasks. */
  agencyCode: string
  /** Another agency for some roles: the one-stop unit that receives and returns for it. */
  agencyByRole?: Record<string, string>
  /** Begins at the start event that waits for this message; at the plain one when absent. */
  message?: string
  /** What conditions may look at: codes and numbers, no personal data. */
  variables?: Record<string, unknown>
  /** What is handled; officers limited to a procedure, sector or unit find only what says so here. */
  matter?: Matter
}

/**
 * Starts the version of a process that is in force now, in the caller's transaction; the instance stays on it.
 * Refuses with PROCESS_NOT_FOUND; MESSAGE_NOT_EXPECTED when no start waits for the message; PROCESS_ALREADY_STARTED when the subject has a live one.
 */
export async function startProcess(tx: Tx, ctx: Ctx, input: StartProcess): Promise<{ instanceId: string; tasks: Task[]; ended: boolean }> {
  const definition = await findDefinition(tx, input.processKey, ctx.now)
  if (!definition) throw errors.PROCESS_NOT_FOUND({ key: input.processKey })
  const model = await modelOf(tx, definition.id)
  const instance: LiveInstance = {
    id: newId(), definition_id: definition.id, subject: input.subject, agency_code: input.agencyCode, agency_by_role: input.agencyByRole ?? {}, state: 'running',
    marking: nothing, outcomes: {}, variables: input.variables ?? {}, paused_at: null,
    procedure_code: input.matter?.procedureCode ?? null, sector_code: input.matter?.sectorCode ?? null, unit_id: input.matter?.unitId ?? null,
  }
  if (input.message !== undefined && !indexOf(model).starts().some(({ on }) => on?.type === 'message' && on.name === input.message)) throw errors.MESSAGE_NOT_EXPECTED({ message: input.message })
  const move = await takeDecisions(tx, ctx, instance, model, begin(model, byConditions(model, contextOf(instance, null)), input.message), null)
  try {
    await appendEvent(tx, ctx, { type: 'process.started', subject: input.subject, data: { instanceId: instance.id, key: input.processKey, version: definition.version, agencyCode: input.agencyCode } })
    return { instanceId: instance.id, tasks: await applyFirstMove(tx, { ctx, instance, model, move }), ended: move.ended }
  } catch (error) {
    if (isUniqueViolation(error)) throw errors.PROCESS_ALREADY_STARTED({}, { cause: error })
    throw error
  }
}

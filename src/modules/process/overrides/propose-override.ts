import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { appendEvent } from '../../ledger/index.ts'
import { findAgency, findUnit } from '../../organisations/index.ts'
import { findDefinition, modelOf } from '../definition.store.ts'
import type { ProcessModel, UserTaskNode } from '../model.ts'
import { errors } from '../process.errors.ts'
import { insertStepOverride, type StepOverride } from './step-override.store.ts'

export type ProposeOverride = Pick<StepOverride, 'processKey' | 'elementId' | 'agencyCode' | 'role' | 'unitId' | 'withOpen' | 'reason'> & { /** Undefined where what was typed is no day. */ validFrom: Date | undefined }

/** Roles that steps are given to. */
export const stepRoles = ['one-stop', 'specialist', 'leader'] as const

/** The step of the version that is in force. @throws STEP_NOT_FOUND */
export async function stepInForce(ctx: Ctx, processKey: string, elementId: string): Promise<{ model: ProcessModel; step: UserTaskNode }> {
  const definition = await findDefinition(ctx.db, processKey, ctx.now)
  const model = definition && await modelOf(ctx.db, definition.id)
  const step = model?.nodes.find((node) => node.id === elementId)
  if (!model || step?.kind !== 'user') throw errors.STEP_NOT_FOUND()
  return { model, step }
}

/** Proposes who does a step from a day on; somebody else confirms it. What is wrong with the input comes back. @throws STEP_NOT_FOUND */
export async function proposeOverride(ctx: Ctx, input: ProposeOverride): Promise<{ id: string; mistakes: FieldError[] }> {
  const { step } = await stepInForce(ctx, input.processKey, input.elementId)
  const reason = input.reason.trim()
  const unit = input.unitId === null ? undefined : await findUnit(ctx.db, input.unitId)
  const agency = input.agencyCode === null ? undefined : await findAgency(ctx.db, input.agencyCode, ctx.now)
  const mistakes: FieldError[] = [
    ...(input.agencyCode !== null && agency?.nodeCode !== ctx.node.config.code ? [{ field: 'agency', key: 'process.override.error.agency' }] : []),
    ...(input.role !== null && input.role !== step.role && !(stepRoles as readonly string[]).includes(input.role) ? [{ field: 'role', key: 'process.override.error.role' }] : []),
    ...(input.unitId !== null && (unit === undefined || unit.agencyCode !== input.agencyCode) ? [{ field: 'unit', key: 'process.override.error.unit' }] : []),
    ...(input.validFrom === undefined ? [{ field: 'day', key: 'process.override.error.day' }] : []),
    ...(reason === '' ? [{ field: 'reason', key: 'process.override.error.reason' }] : reason.length > 1000 ? [{ field: 'reason', key: 'process.move.error.reasonLong' }] : []),
  ]
  if (mistakes.length > 0) return { id: '', mistakes }
  const id = newId()
  // A day that has begun counts from now: what was done before stays as it was.
  const validFrom = input.validFrom! > ctx.now ? input.validFrom! : ctx.now
  await transact(ctx, async (tx) => {
    await insertStepOverride(tx, { ...input, id, reason, validFrom, state: 'proposed', proposedBy: actorKey(ctx.actor), proposedAt: ctx.now, decidedBy: null, decidedAt: null })
    await appendEvent(tx, ctx, { type: 'process.step_override_proposed', subject: input.processKey, data: { overrideId: id, elementId: input.elementId, agencyCode: input.agencyCode, role: input.role, unitId: input.unitId, validFrom, withOpen: input.withOpen } })
  })
  return { id, mistakes: [] }
}

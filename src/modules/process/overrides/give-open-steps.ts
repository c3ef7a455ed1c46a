import { systemCtx, transact } from '../../../platform/ctx.ts'
import type { JobHandler } from '../../../platform/jobs.ts'
import { appendEvents } from '../../ledger/index.ts'
import { modelOf } from '../definition.store.ts'
import { listConfirmed, openOf } from './step-override.store.ts'
import { overrideOf } from './in-force.ts'
import { overrideQueue } from './decide-override.ts'

const batch = 200

interface Open { id: string; subject: string; agency_code: string; role: string; given_unit: string | null; assignee: string | null; definition_id: string; instance_agency: string; agency_by_role: Record<string, string> }

/**
 * Gives open steps to those who do them from now on; who had one loses it where role or unit is another, since it goes to the inbox of the new ones. Each step by what holds for it now, so that
 * a repeat, and a later change, do no harm; a step on which somebody works at this moment comes with the next helping.
 */
export const giveOpenSteps: JobHandler = async (node, payload) => {
  const ctx = systemCtx(node, overrideQueue)
  let after = '00000000-0000-0000-0000-000000000000'
  for (let seen = batch; seen === batch;) {
    seen = await transact(ctx, async (tx) => {
      const all = await listConfirmed(tx)
      const one = all.find((each) => each.id === payload.overrideId)
      if (!one) return 0
      const open = await tx<Open[]>`
        SELECT t.id, t.subject, t.agency_code, t.role, t.given_unit, t.assignee, i.definition_id, i.agency_code AS instance_agency, i.agency_by_role FROM process.task t JOIN process.instance i ON i.id = t.instance_id
        WHERE ${openOf(tx, one)} AND t.id > ${after} ORDER BY t.id LIMIT ${batch} FOR UPDATE OF t`
      for (const task of open) {
        const step = (await modelOf(tx, task.definition_id)).nodes.find((node) => node.id === one.elementId)
        const holds = overrideOf(all, { processKey: one.processKey, elementId: one.elementId, agencyCode: task.agency_code }, ctx.now)
        if (step?.kind !== 'user' || !holds) continue
        const role = holds.role ?? step.role
        if (role === task.role && holds.unitId === task.given_unit) continue
        const agencyCode = role === task.role ? task.agency_code : task.agency_by_role[role] ?? task.instance_agency
        await tx`UPDATE process.task SET role = ${role}, agency_code = ${agencyCode}, given_unit = ${holds.unitId}, assignee = NULL WHERE id = ${task.id}`
        await appendEvents(tx, ctx, [
          { type: 'process.task_given', subject: task.subject, data: { taskId: task.id, elementId: one.elementId, overrideId: holds.id, role, agencyCode, unitId: holds.unitId, from: { role: task.role, agencyCode: task.agency_code, unitId: task.given_unit } } },
          ...(task.assignee === null ? [] : [{ type: 'process.task_assigned', subject: task.subject, data: { taskId: task.id, elementId: one.elementId, assignee: null } }]),
        ])
      }
      after = open.at(-1)?.id ?? after
      return open.length
    })
  }
}

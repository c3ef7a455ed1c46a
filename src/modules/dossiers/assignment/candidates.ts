import type { Officer } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Db } from '../../../platform/db.ts'
import { deskScopes, isRole, listOfficers } from '../../identity/index.ts'
import { mayDo, type Task } from '../../process/index.ts'

export interface Candidate { id: string; name: string }

/** Officers of the step's agency whose roles reach it today, by name. */
export async function listCandidates(ctx: Ctx, task: Task, db: Db = ctx.db): Promise<Candidate[]> {
  if (!isRole(task.role)) return []
  const officers = await listOfficers(db, { agencyCode: task.agencyCode, role: task.role })
  const fitting = await Promise.all(officers.map(async (o) => {
    const actor: Officer = { kind: 'officer', id: o.id, name: o.name, agencyCode: o.agencyCode, unitId: o.unitId, roles: o.roles, permissions: new Set(), methods: [], authenticatedAt: ctx.now, sessionId: '', scopes: await deskScopes(db, o.id, ctx.now) }
    return o.agencyCode === task.agencyCode && mayDo(actor, task) ? [{ id: o.id, name: o.name }] : []
  }))
  return fitting.flat()
}

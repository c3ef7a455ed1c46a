import type { Ctx } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import { inputsOf } from '../decisions/index.ts'
import type { Problem, ProcessModel } from './model.ts'

/** What a process asks of this node and the node does not have: services of its modules, decision tables in force. */
export async function checkSurroundings(db: Db, ctx: Ctx, model: ProcessModel): Promise<Problem[]> {
  const services = new Set(ctx.node.modules.flatMap((module) => Object.keys(module.serviceTasks ?? {})))
  const problems: Problem[] = []
  for (const node of model.nodes) {
    const params = { id: node.id, name: node.name.vi }
    if (node.kind === 'service' && node.service !== '' && !services.has(node.service)) problems.push({ key: 'process.problem.unknown_service', params: { ...params, service: node.service } })
    if (node.kind === 'decision' && node.table !== '' && !await inputsOf(db, node.table, ctx.now)) problems.push({ key: 'process.problem.unknown_decision', params: { ...params, table: node.table } })
  }
  return problems
}

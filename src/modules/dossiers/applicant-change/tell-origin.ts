import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { send } from '../../exchange/index.ts'
import type { Dossier } from '../dossier.ts'
import type { FactChange } from './applicant-facts.ts'
import type { ChangeWay, Decision, NewChange } from './applicant-change.store.ts'

/** What the handling node decided, for the node of filing, where the applicant reads it and the declaration is kept too. */
export interface DecisionMessage { id: string; changes: FactChange[]; ground: string; way: ChangeWay; askedAt: string; decidedAt: string; isConfirmed: boolean; reason: string | null }

export async function tellOrigin(tx: Tx, ctx: Ctx, dossier: Dossier, c: NewChange, d: Decision): Promise<void> {
  if (dossier.originNode === ctx.node.config.code) return
  const payload: DecisionMessage = { id: c.id, changes: c.changes, ground: c.ground, way: c.way, askedAt: c.askedAt.toISOString(), decidedAt: d.at.toISOString(), isConfirmed: d.isConfirmed, reason: d.reason }
  await send(tx, ctx, { to: dossier.originNode, service: 'dossier.applicant', subject: dossier.id, payload })
}

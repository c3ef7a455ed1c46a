import { systemCtx, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Follower, InboundMessage } from '../../../platform/module.ts'
import type { Node } from '../../../platform/node.ts'
import { sendMany } from '../../exchange/index.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossier, findDossiers } from '../dossiers.store.ts'
import { progressOf, saveProgressOf, type ProgressStep } from './progress.ts'

const types = ['process.task_created', 'process.task_completed', 'process.paused', 'process.resumed', 'process.cancelled']

/** Tells the node at which a dossier was filed how far its steps are, once for all that happened together. What was filed here needs no telling. */
export function progressFollower(node: Node): Follower {
  return {
    name: 'dossiers.progress',
    title: 'dossiers.next.follower',
    types,
    from: 'now',
    patient: true,
    async handle(tx, events) {
      const ctx = systemCtx(node, 'dossiers.progress')
      const elsewhere = (await findDossiers(tx, events.map((e) => e.subject))).filter((d) => d.nodeCode === node.config.code && d.originNode !== node.config.code)
      const at = ctx.now.toISOString()
      await sendMany(tx, ctx, await Promise.all(elsewhere.map(async (d) => ({ to: d.originNode, service: 'dossier.progress', subject: d.id, payload: { at, steps: await progressOf(ctx, d, tx) } }))))
    },
  }
}

/** The steps of a dossier that another node handles (service dossier.progress). @throws NOT_FOUND */
export async function receiveProgress(tx: Tx, _ctx: Ctx, message: InboundMessage): Promise<void> {
  const dossier = await findDossier(tx, message.subject)
  if (!dossier || dossier.nodeCode !== message.from) throw errors.NOT_FOUND()
  const { at, steps } = message.payload as { at: string; steps: ProgressStep[] }
  await saveProgressOf(tx, dossier.id, steps, new Date(at))
}

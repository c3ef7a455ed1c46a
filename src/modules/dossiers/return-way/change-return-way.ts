import { transact, within, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { InboundMessage } from '../../../platform/module.ts'
import { makeOrderedPapers } from '../../documents/index.ts'
import { send } from '../../exchange/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import type { Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossier, lockDossier } from '../dossiers.store.ts'
import { assertMayAct, maySee } from '../on-behalf.ts'
import { toldNodes } from '../told-nodes.ts'
import { findReturnChoice, isReturnOpen, saveReturnChoice, setReturnWay, type ReturnChoice } from './return-choice.ts'

const service = 'dossier.return'

/** The person chooses another way in which the result comes, until there is one. From another node the wish travels to the handling node. @throws NOT_FOUND, RETURN_SETTLED */
export async function changeReturnWay(ctx: Ctx, input: { dossierId: string; choice: ReturnChoice }): Promise<void> {
  const seen = await findDossier(ctx.db, input.dossierId)
  if (!seen || ctx.actor.kind !== 'person' || !(await maySee(ctx, ctx.actor, seen))) throw errors.NOT_FOUND()
  await assertMayAct(ctx, ctx.actor, seen)
  if (!isReturnOpen(seen)) throw errors.RETURN_SETTLED()
  await makeOrderedPapers(ctx, seen.id)
  await transact(ctx, async (tx) => {
    if (seen.nodeCode !== ctx.node.config.code) return void (await send(tx, ctx, { to: seen.nodeCode, service, subject: seen.id, payload: input.choice }))
    const dossier = await lockDossier(tx, seen.id, ctx.node.config.code)
    if (!isReturnOpen(dossier)) throw errors.RETURN_SETTLED()
    await applyChoice(tx, ctx, dossier, input.choice)
  })
}

async function applyChoice(tx: Tx, ctx: Ctx, dossier: Dossier, choice: ReturnChoice): Promise<void> {
  await setReturnWay(tx, dossier.id, choice.way)
  await saveReturnChoice(tx, dossier.id, choice, ctx.now)
  await appendEvent(tx, ctx, { type: 'dossier.return_changed', subject: dossier.id, data: { node: dossier.nodeCode, origin: dossier.originNode, way: choice.way, desk: choice.deskCode } })
  await tellMirrors(tx, ctx, dossier, choice)
}

async function tellMirrors(tx: Tx, ctx: Ctx, d: Dossier, choice: ReturnChoice): Promise<void> {
  for (const to of toldNodes(ctx.node, d.originNode)) await send(tx, ctx, { to, service, subject: d.id, payload: choice })
}

/** A wish that comes to the handling node, or what it tells its mirrors (service dossier.return). A wish that comes too late is answered with what holds. @throws NOT_FOUND */
export async function receiveReturnWay(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const choice = message.payload as ReturnChoice
  const seen = await findDossier(tx, message.subject)
  if (seen?.nodeCode === message.from) {
    await setReturnWay(tx, seen.id, choice.way)
    await saveReturnChoice(tx, seen.id, choice, ctx.now)
    return
  }
  if (!seen || seen.nodeCode !== ctx.node.config.code || (seen.originNode !== message.from && message.from !== ctx.node.config.national.code)) throw errors.NOT_FOUND()
  await makeOrderedPapers(within(ctx, tx), seen.id)
  const dossier = await lockDossier(tx, seen.id, ctx.node.config.code)
  if (isReturnOpen(dossier)) await applyChoice(tx, ctx, dossier, choice)
  else await tellMirrors(tx, ctx, dossier, { way: dossier.returnWay, ...(await findReturnChoice(tx, dossier.id)) })
}

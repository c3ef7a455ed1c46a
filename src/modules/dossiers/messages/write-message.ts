import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossier } from '../dossiers.store.ts'
import { assertMayAct, maySee } from '../on-behalf.ts'
import { mostOfDay, type MessageFile } from './message.ts'
import { countSince } from './message.store.ts'
import { recordMessage } from './record-message.ts'

export interface MessageInput { dossierId: string; id: string; body: string; files: readonly MessageFile[] }

/** The person, or who acts for the person, writes to the unit that handles the dossier. @throws NOT_FOUND, OUT_OF_MANDATE, TOO_MANY_MESSAGES */
export async function writeMessage(ctx: Ctx, input: MessageInput): Promise<void> {
  const dossier = await findOwn(ctx, input.dossierId)
  if (await countSince(ctx.db, dossier.id, 'person', new Date(ctx.now.getTime() - 86_400_000)) >= mostOfDay) throw errors.TOO_MANY_MESSAGES({ max: mostOfDay })
  await transact(ctx, (tx) => recordMessage(tx, ctx, dossier, { id: input.id, side: 'person', body: input.body, sentAt: ctx.now, files: [...input.files] }))
}

async function findOwn(ctx: Ctx, id: string): Promise<Dossier> {
  const dossier = await findDossier(ctx.db, id)
  if (!dossier || ctx.actor.kind !== 'person' || !(await maySee(ctx, ctx.actor, dossier))) throw errors.NOT_FOUND()
  await assertMayAct(ctx, ctx.actor, dossier)
  return dossier
}

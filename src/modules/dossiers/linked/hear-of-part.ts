import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { InboundMessage } from '../../../platform/module.ts'
import { revokeDocument } from '../../documents/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import type { Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossier } from '../dossiers.store.ts'
import { closeGroup, deliver, endWhereOver } from './follow-groups.ts'
import { findPartOfDossier, getGroupDefinition, lockGroup, savePart, type GroupPart, type LinkedGroup } from './linked.store.ts'
import { resultsOf, tellParts } from './tell-parts.ts'

/** A part, its dossier and its group, where the node that decides it speaks. The group's lock comes first. @throws NOT_FOUND */
async function spoken(tx: Tx, message: InboundMessage): Promise<{ group: LinkedGroup; part: GroupPart; dossier: Dossier }> {
  const known = await findPartOfDossier(tx, message.subject)
  const group = known && await lockGroup(tx, known.groupId)
  const [part, dossier] = [await findPartOfDossier(tx, message.subject), await findDossier(tx, message.subject)]
  if (!group || !part || !dossier || dossier.nodeCode !== message.from) throw errors.NOT_FOUND()
  return { group, part, dossier }
}

/** What the result of a part gives to later ones (service linked.gives). @throws NOT_FOUND */
export async function receiveFacts(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const { group, part, dossier } = await spoken(tx, message)
  const { facts } = message.payload as { facts: Record<string, string> }
  const told = { ...part, gives: facts }
  await savePart(tx, told)
  if (await endWhereOver(tx, ctx, { group, definition: await getGroupDefinition(tx, group) }, told, dossier, ctx.now)) await tellParts(tx, ctx, (await lockGroup(tx, group.id))!)
}

/** What the agency answered to the wish to undo (service linked.undone): its paper is out of force here too, and the process goes on. A repeat changes nothing. @throws NOT_FOUND */
export async function receiveUndone(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const { group, part, dossier } = await spoken(tx, message)
  const { answer, reason } = message.payload as { answer: 'undone' | 'stands'; reason: string }
  if (part.undoState !== 'asked') return
  await savePart(tx, { ...part, undoState: answer, undoAt: ctx.now, undoReason: reason })
  // Where the agency is of this node, its officer has taken them out of force already.
  if (answer === 'undone') for (const paper of await resultsOf(tx, dossier.id)) await revokeDocument(tx, ctx, paper.id, reason)
  await appendEvent(tx, ctx, { type: 'linked.undo_answered', subject: group.id, data: { part: part.part, attempt: part.attempt, dossierId: dossier.id, answer } })
  await deliver(tx, ctx, group.id, `${part.part}.undone`)
  if (group.processEndedAt) await closeGroup(tx, ctx, group)
  else await tellParts(tx, ctx, group)
}

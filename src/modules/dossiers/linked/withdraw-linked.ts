import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import type { AttachedFile } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossier } from '../dossiers.store.ts'
import { deliver } from './follow-groups.ts'
import { listParts, lockGroup, saveGroup, savePart, type GroupPart } from './linked.store.ts'
import { tellNode } from './tell-node.ts'

/**
 * The person withdraws the whole ("rút hồ sơ liên thông"): each part that has no result yet is asked back at its agency, which agrees or not as for any dossier; what was not filed yet is
 * not filed; results that are there stay. @throws NOT_FOUND, GROUP_PART_MISSING where it is over
 */
export async function withdrawLinked(ctx: Ctx, input: { groupId: string; reason: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const group = await lockGroup(tx, input.groupId)
    if (!group) throw errors.NOT_FOUND()
    if (group.finishedAt || group.processEndedAt || group.withdrawalAskedAt) throw errors.GROUP_PART_MISSING()
    await saveGroup(tx, { ...group, withdrawalAskedAt: ctx.now })
    await appendEvent(tx, ctx, { type: 'linked.withdrawal_requested', subject: group.id, data: { code: group.code, reference: group.reference } })
    for (const part of await listParts(tx, group.id)) {
      const dossier = part.state === 'filed' && part.dossierId ? await findDossier(tx, part.dossierId) : undefined
      if (dossier) await tellNode(tx, ctx, { to: dossier.nodeCode, service: 'linked.withdraw', subject: dossier.id, payload: { reason: input.reason } })
      if (part.waitsUntil) {
        await savePart(tx, { ...part, waitsUntil: null })
        await deliver(tx, ctx, group.id, `${part.part}.given-up`)
      }
    }
  })
}

/** A refused part that waits for the person. @throws NOT_FOUND, GROUP_PART_MISSING */
async function waiting(tx: Parameters<typeof lockGroup>[0], groupId: string, key: string): Promise<GroupPart> {
  const group = await lockGroup(tx, groupId)
  if (!group) throw errors.NOT_FOUND()
  const part = (await listParts(tx, groupId)).filter((p) => p.part === key).at(-1)
  if (!part?.waitsUntil || group.withdrawalAskedAt) throw errors.GROUP_PART_MISSING()
  return part
}

/** Files a refused part again ("nộp lại"), with what the person adds: a new dossier of the same group. @throws NOT_FOUND, GROUP_PART_MISSING */
export async function fileAgain(ctx: Ctx, input: { groupId: string; part: string; note: string; files: AttachedFile[] }): Promise<void> {
  await transact(ctx, async (tx) => {
    const part = await waiting(tx, input.groupId, input.part)
    await savePart(tx, { ...part, waitsUntil: null, again: { note: input.note, files: input.files } })
    await appendEvent(tx, ctx, { type: 'linked.part_again', subject: input.groupId, data: { part: part.part, attempt: part.attempt } })
    if (!(await deliver(tx, ctx, input.groupId, `${part.part}.again`))) throw errors.GROUP_PART_MISSING()
  })
}

/** Leaves a refused part out ("không nộp lại"): the group goes on without it. @throws NOT_FOUND, GROUP_PART_MISSING */
export async function giveUpPart(ctx: Ctx, input: { groupId: string; part: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const part = await waiting(tx, input.groupId, input.part)
    await savePart(tx, { ...part, waitsUntil: null })
    await appendEvent(tx, ctx, { type: 'linked.part_given_up', subject: input.groupId, data: { part: part.part, attempt: part.attempt } })
    if (!(await deliver(tx, ctx, input.groupId, `${part.part}.given-up`))) throw errors.GROUP_PART_MISSING()
  })
}

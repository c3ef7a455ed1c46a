import { systemCtx, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { isId } from '../../../platform/ids.ts'
import type { LedgerEvent } from '../../../platform/ledger-event.ts'
import type { Follower } from '../../../platform/module.ts'
import type { Node } from '../../../platform/node.ts'
import { appendEvent } from '../../ledger/index.ts'
import { deliverMessage } from '../../process/index.ts'
import type { Dossier } from '../dossier.ts'
import { stepEvents } from '../dossier-feed.ts'
import { transferEvent } from '../dossier-states.ts'
import { findDossier, findDossiers } from '../dossiers.store.ts'
import { filePart } from './file-part.ts'
import { runGroupClock } from './group-clock.ts'
import { partOf, type LinkedDefinition } from './linked-definition.ts'
import { findPartOfDossier, getGroupDefinition, groupsOfDossiers, listParts, lockGroup, saveGroup, savePart, whichAreGroups, type GroupPart, type LinkedGroup } from './linked.store.ts'
import { drawingOf } from './read-group.ts'
import type { DrawnPart } from './read-drawing.ts'
import { tellNode } from './tell-node.ts'
import { resultsOf, tellParts } from './tell-parts.ts'

/** How long a person may file a refused part again; the same days stand in the drawing. */
export const waitDays = 30

/**
 * Keeps the groups that were filed at this node going: does what their processes send, and gives them the news of their parts, which come as the events of ordinary dossiers, whether
 * this node decides them or another. One follower for both, so that everything about a group happens in the order of the ledger and once.
 */
export function groupFollower(node: Node): Follower {
  return {
    name: 'dossiers.linked',
    title: 'dossiers.linked.follower',
    types: ['process.message_sent', 'process.ended', 'dossier.letter_issued', ...stepEvents],
    from: 'now',
    async handle(tx, events) {
      const ctx = systemCtx(node, 'dossiers.linked')
      const isOfProcess = (event: LedgerEvent): boolean => event.type.startsWith('process.')
      const subjects = (of: (event: LedgerEvent) => boolean): string[] => events.filter(of).map((e) => e.subject).filter(isId)
      const groups = await whichAreGroups(tx, subjects(isOfProcess))
      const children = await groupsOfDossiers(tx, subjects((event) => !isOfProcess(event)))
      for (const event of events) {
        if (groups.has(event.subject)) await hearProcess(tx, ctx, event)
        else if (!isOfProcess(event) && children.has(event.subject)) await hearChild(tx, ctx, children.get(event.subject)!, event)
      }
    },
  }
}

interface Open { group: LinkedGroup; definition: LinkedDefinition }

async function open(tx: Tx, groupId: string): Promise<Open | undefined> {
  const group = await lockGroup(tx, groupId)
  return group && { group, definition: await getGroupDefinition(tx, group) }
}

/** What the process of a group says. */
async function hearProcess(tx: Tx, ctx: Ctx, event: LedgerEvent): Promise<void> {
  const found = await open(tx, event.subject)
  if (!found) return
  const { group, definition } = found
  if (event.type === 'process.ended') return closeGroup(tx, ctx, { ...group, processEndedAt: event.at })
  const [, key = '', what = ''] = /^(.+)\.([a-z-]+)$/.exec(String(event.data.name)) ?? []
  if (!definition.parts.some((p) => p.key === key)) return
  switch (what) {
    case 'file': {
      const filed = await filePart(tx, ctx, group, definition, key)
      if ('why' in filed) await endUnfiled(tx, ctx, found, key, filed.why)
      return tellParts(tx, ctx, group)
    }
    case 'late': return markLate(tx, ctx, group, key)
    case 'lapsed': return stopWaiting(tx, ctx, group, key)
    case 'undo': return askUndo(tx, ctx, found, key)
  }
}

/** A part that could not be filed is as one that was refused, and one that the person no longer wants as one that was withdrawn. */
async function endUnfiled(tx: Tx, ctx: Ctx, { group, definition }: Open, key: string, why: string): Promise<void> {
  const part = (await listParts(tx, group.id)).filter((p) => p.part === key).at(-1)!
  const isRefused = why !== 'WITHDRAWN'
  const drawn = await drawnPart(tx, group, definition, key)
  if (isRefused && drawn.onRefusal === 'wait') await savePart(tx, { ...part, waitsUntil: until(ctx.now) })
  await deliver(tx, ctx, group.id, `${key}.${isRefused ? 'refused' : 'withdrawn'}`)
}

const until = (from: Date): Date => new Date(from.getTime() + waitDays * 86_400_000)

async function drawnPart(tx: Tx, group: LinkedGroup, definition: LinkedDefinition, key: string): Promise<DrawnPart> {
  return (await drawingOf(tx, group, definition)).find((d) => d.key === key)!
}

/** A message to the process of a group; false where nothing waits for it any more. */
export async function deliver(tx: Tx, ctx: Ctx, groupId: string, message: string): Promise<boolean> {
  try {
    await deliverMessage(tx, ctx, { subject: groupId, message })
    return true
  } catch (error) {
    // Both are said before anything is written.
    if (isRefusal(error, 'MESSAGE_NOT_EXPECTED') || isRefusal(error, 'PROCESS_NOT_RUNNING')) return false
    throw error
  }
}

/** News of a part's dossier: its own events here, or those that its node told. */
async function hearChild(tx: Tx, ctx: Ctx, groupId: string, event: LedgerEvent): Promise<void> {
  const found = await open(tx, groupId)
  const [part, dossier] = [await findPartOfDossier(tx, event.subject), await findDossier(tx, event.subject)]
  if (!found || !part || !dossier) return
  const dossiers = await findDossiers(tx, (await listParts(tx, groupId)).flatMap((p) => p.dossierId ?? []))
  const group = await runGroupClock(tx, ctx, found.group, found.definition, dossiers, event.at)
  await saveGroup(tx, group)
  const isOver = await endWhereOver(tx, ctx, { ...found, group }, part, dossier, event.at)
  if (isOver || worthTelling.has(event.type)) await tellParts(tx, ctx, (await lockGroup(tx, groupId))!, event.type === transferEvent ? dossier.id : undefined)
}

const worthTelling: ReadonlySet<string> = new Set(['dossier.accepted', 'dossier.supplement_requested', 'dossier.supplemented', 'dossier.withdrawal_requested', transferEvent])

/**
 * Ends a part whose dossier has come to its end: refused, withdrawn, or with its result, once the signed paper and what it gives to others have arrived as well. The process hears it in the
 * same transaction. True where it ended now. In the group's lock.
 */
export async function endWhereOver(tx: Tx, ctx: Ctx, { group, definition }: Open, part: GroupPart, dossier: Dossier, at: Date): Promise<boolean> {
  if (part.state !== 'filed') return false
  const how = await endOf(tx, definition, part, dossier)
  if (!how) return false
  const waits = how === 'refused' && (await drawnPart(tx, group, definition, part.part)).onRefusal === 'wait' && !group.withdrawalAskedAt
  await savePart(tx, { ...part, state: how, endedAt: at, waitsUntil: waits ? until(at) : null })
  await appendEvent(tx, ctx, { type: 'linked.part_ended', subject: group.id, data: { part: part.part, attempt: part.attempt, dossierId: dossier.id, how } })
  await deliver(tx, ctx, group.id, `${part.part}.${how}`)
  // Who withdraws the whole does not file a refused part again.
  if (how === 'refused' && group.withdrawalAskedAt) await deliver(tx, ctx, group.id, `${part.part}.given-up`)
  if (group.processEndedAt) await closeGroup(tx, ctx, group)
  return true
}

async function endOf(tx: Tx, definition: LinkedDefinition, part: GroupPart, { id, state }: Dossier): Promise<'finished' | 'refused' | 'withdrawn' | undefined> {
  if (state === 'not-accepted') return 'refused'
  if (state === 'stopped') return 'withdrawn'
  if (state !== 'finished' && state !== 'returned') return undefined
  const isThere = (await resultsOf(tx, id)).length > 0 && (partOf(definition, part.part).gives.length === 0 || part.gives !== null)
  return isThere ? 'finished' : undefined
}

async function markLate(tx: Tx, ctx: Ctx, group: LinkedGroup, key: string): Promise<void> {
  const part = (await listParts(tx, group.id)).filter((p) => p.part === key).at(-1)
  if (!part || part.state !== 'filed' || part.lateAt) return
  await savePart(tx, { ...part, lateAt: ctx.now })
  await appendEvent(tx, ctx, { type: 'linked.part_late', subject: group.id, data: { part: key, attempt: part.attempt, dossierId: part.dossierId } })
}

/** Nobody filed the part again in time: the process has gone on. */
async function stopWaiting(tx: Tx, ctx: Ctx, group: LinkedGroup, key: string): Promise<void> {
  const part = (await listParts(tx, group.id)).filter((p) => p.part === key).at(-1)
  if (!part?.waitsUntil) return
  await savePart(tx, { ...part, waitsUntil: null })
  await appendEvent(tx, ctx, { type: 'linked.part_lapsed', subject: group.id, data: { part: key, attempt: part.attempt } })
}

/** The group stops: the agency of a part that has its result is asked to undo it. */
async function askUndo(tx: Tx, ctx: Ctx, { group, definition }: Open, key: string): Promise<void> {
  const parts = await listParts(tx, group.id)
  const part = parts.filter((p) => p.part === key && p.state === 'finished').at(-1)
  const dossier = part?.dossierId ? await findDossier(tx, part.dossierId) : undefined
  // Nothing to undo: the process need not wait.
  if (!part || !dossier || part.undoState) return void await deliver(tx, ctx, group.id, `${key}.undone`)
  const because = parts.filter((p) => ['refused', 'withdrawn', 'not-filed'].includes(p.state)).at(-1)
  await savePart(tx, { ...part, undoState: 'asked', undoAt: ctx.now })
  await saveGroup(tx, { ...group, state: 'compensating' })
  await appendEvent(tx, ctx, { type: 'linked.undo_asked', subject: group.id, data: { part: key, attempt: part.attempt, dossierId: part.dossierId, because: because?.part ?? null } })
  await tellNode(tx, ctx, { to: dossier.nodeCode, service: 'linked.undo', subject: dossier.id, payload: { because: because ? partOf(definition, because.part).name.vi : '', how: because?.state ?? null } })
}

/** The process is over: what still runs outside it is asked back, and when nothing runs any more the group is over too. */
export async function closeGroup(tx: Tx, ctx: Ctx, group: LinkedGroup): Promise<void> {
  if (group.finishedAt) return
  const definition = await getGroupDefinition(tx, group)
  const parts = await listParts(tx, group.id)
  const running = parts.filter((p) => p.state === 'filed')
  if (running.length > 0 || parts.some((p) => p.undoState === 'asked')) {
    if (!group.processEndedAt || group.state !== 'compensating') for (const part of running) await askBack(tx, ctx, part)
    return saveGroup(tx, { ...group, state: 'compensating' })
  }
  const state = await finalState(tx, group, definition, parts)
  await saveGroup(tx, { ...group, state, finishedAt: ctx.now, pausedAt: null })
  await appendEvent(tx, ctx, { type: 'linked.ended', subject: group.id, data: { code: group.code, reference: group.reference, state } })
  await tellParts(tx, ctx, { ...group, state, finishedAt: ctx.now })
}

async function askBack(tx: Tx, ctx: Ctx, part: GroupPart): Promise<void> {
  const dossier = part.dossierId ? await findDossier(tx, part.dossierId) : undefined
  if (dossier) await tellNode(tx, ctx, { to: dossier.nodeCode, service: 'linked.withdraw', subject: dossier.id, payload: { reason: 'Nhóm thủ tục liên thông đã dừng.' } })
}

async function finalState(tx: Tx, group: LinkedGroup, definition: LinkedDefinition, parts: readonly GroupPart[]): Promise<'done' | 'partly' | 'stopped' | 'withdrawn'> {
  const last = definition.parts.map((p) => parts.filter((one) => one.part === p.key).at(-1))
  if (last.every((part) => part?.state === 'finished' && part.undoState === null)) return 'done'
  if (group.withdrawalAskedAt) return 'withdrawn'
  const drawn = await drawingOf(tx, group, definition)
  const stops = last.some((part) => {
    const own = drawn.find((d) => d.key === part?.part)
    return part?.state === 'withdrawn' || part?.why === 'WITHDRAWN' ? own?.onWithdrawal === 'compensate' : part?.state === 'refused' || part?.state === 'not-filed' ? own?.onRefusal === 'compensate' : false
  })
  return stops ? 'stopped' : 'partly'
}

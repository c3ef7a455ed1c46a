import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { DatedEntry, EntryValues } from '../../../platform/dated-table.ts'
import type { Db, Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { newId } from '../../../platform/ids.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../catalogue.errors.ts'
import { checkEntry, isDay } from './check-entry.ts'
import { insertChange, listChanges, lockEntry, type ListChange } from './list-change.store.ts'
import { mayEdit, type Editor } from './list-rights.ts'
import { readEditor, readRights, type RightsOfDay } from './rights.store.ts'
import type { ListAction, SharedList } from './list-definition.ts'
import { findList } from './list-definitions.ts'

export interface EntryRequest {
  readonly key: string
  readonly action: ListAction
  /** As typed; not read when disabling. */
  readonly values: EntryValues
  /** First day on which it holds, 'YYYY-MM-DD'. */
  readonly from: string
  /** Legal document on which it rests. */
  readonly basis: string
  /** Revision that the officer saw; 0 for a new entry. */
  readonly revision: number
}

export interface Prepared {
  readonly errors: readonly FieldError[]
  /** Changes that came in since the revision that the officer saw, the last first. */
  readonly since: readonly ListChange[]
  readonly revision: number
  readonly before: DatedEntry | undefined
  readonly after: EntryValues | null
  readonly rightSource: string
}

export type Changed = { readonly done: ListChange } | { readonly prepared: Prepared }

/** The list and who asks; refused where the node does not author the catalogue or the regulation gives no right at all. */
export interface Desk { readonly isAuthor: boolean; readonly list: SharedList; readonly editor: Editor; readonly rights: RightsOfDay }

/** @throws LIST_NOT_FOUND */
export async function openDesk(ctx: Ctx, name: string): Promise<Desk> {
  const list = findList(name)
  if (!list) throw errors.LIST_NOT_FOUND()
  const rights = await readRights(ctx.db, civilDate(ctx.now))
  return { isAuthor: ctx.node.config.kind === 'national', list, rights, editor: await readEditor(ctx.db, ctx.actor, rights.named, ctx.now) }
}

/** Which acts the regulation gives the editor in a list, whatever the entry. Lists that change by decision have none here. */
export function actsIn({ isAuthor, list, editor, rights }: Desk): ListAction[] {
  if (!isAuthor || list.changedBy === 'decision') return []
  return [...new Set(rights.rights.filter((r) => r.list === list.name && editor.kinds.includes(r.kind)).map((r) => r.action))]
}

/** @throws NOT_AUTHOR on a local node, LIST_RIGHT_MISSING */
export function requireAct(desk: Desk, action: ListAction): void {
  if (!desk.isAuthor) throw errors.NOT_AUTHOR()
  if (!actsIn(desk).includes(action)) throw errors.LIST_RIGHT_MISSING()
}

/**
 * Adds, adjusts or disables one entry of a shared catalogue (bổ sung, điều chỉnh, vô hiệu hóa) from a day on. Nothing is deleted, and what
 * somebody else changed in the meantime is not overwritten: then the answer says what changed.
 * @throws LIST_RIGHT_MISSING, ENTRY_NOT_OWN, RESULT_NOT_LEFT_TO_PROVINCE, ENTRY_NOT_FOUND, NOT_AUTHOR
 */
export async function changeEntry(ctx: Ctx, listName: string, request: EntryRequest): Promise<Changed> {
  const desk = await openDesk(ctx, listName)
  return await transact(ctx, (tx) => changeInside(tx, ctx, desk, request))
}

/** As changeEntry, in the caller's transaction. */
export async function changeInside(tx: Tx, ctx: Ctx, desk: Desk, request: EntryRequest, importId: string | null = null): Promise<Changed> {
  await lockEntry(tx, desk.list.name, request.key)
  const prepared = await prepareChange(tx, ctx, desk, request)
  if (prepared.errors.length > 0 || prepared.since.length > 0) return { prepared }
  const { list, editor } = desk
  const change: ListChange = {
    id: newId(), list: list.name, key: request.key, revision: prepared.revision + 1, action: request.action, fromDate: request.from, before: prepared.before?.values ?? null, after: prepared.after,
    basis: request.basis, rightSource: prepared.rightSource, actor: actorKey(ctx.actor), agencyCode: editor.agencyCode, importId, changedAt: ctx.now,
  }
  await insertChange(tx, change)
  await takeEffect(tx, list, change, civilDate(ctx.now))
  await appendEvent(tx, ctx, { type: 'catalogue.list_changed', subject: `${list.name}/${change.key}`, data: { list: list.name, key: change.key, revision: change.revision, action: change.action, fromDate: change.fromDate, agencyCode: change.agencyCode } })
  return { done: change }
}

/** What a change would do, what is wrong with it, and what others did meanwhile. Writes nothing. */
export async function prepareChange(db: Db, ctx: Ctx, desk: Desk, request: EntryRequest): Promise<Prepared> {
  requireAct(desk, request.action)
  const { list } = desk
  const today = civilDate(ctx.now)
  // As it will stand on that day, when others have planned something before it.
  const day = isDay(request.from) && request.from > today ? request.from : today
  const [before, changes] = await Promise.all([list.table.find(db, request.key, day), listChanges(db, list.name, request.key)])
  if (!before && request.action !== 'add') throw errors.ENTRY_NOT_FOUND()
  const checked = await checkEntry(db, list, request, { before, last: changes[0] })
  const rightSource = before || checked.errors.length === 0 ? await requireRight(db, desk, request, before, checked.after) : ''
  const revision = changes[0]?.revision ?? 0
  // A revision that does not exist yet was seen by nobody.
  const seen = request.revision > revision ? 0 : request.revision
  return { errors: checked.errors, since: changes.filter((c) => c.revision > seen), revision, before, after: checked.after, rightSource }
}

/** Both what stands and what would stand must be within the right: nobody takes over another's entry, or hands one to another. */
async function requireRight(db: Db, { list, editor, rights }: Desk, request: EntryRequest, before: DatedEntry | undefined, after: EntryValues | null): Promise<string> {
  let source = ''
  for (const values of [before?.values, after].filter((v) => v != null)) {
    const verdict = mayEdit(rights.rights, editor, { list: list.name, action: request.action, facts: await list.facts(db, request.key, values) })
    if (!verdict.allowed) throw verdict.why === 'no-right' ? errors.LIST_RIGHT_MISSING() : verdict.why === 'not-own' ? errors.ENTRY_NOT_OWN() : errors.RESULT_NOT_LEFT_TO_PROVINCE()
    source = verdict.source
  }
  return source
}

/** The rows follow the change: at once, or, where a list has one row for each code, on the day from which it holds. */
export async function takeEffect(tx: Tx, list: SharedList, change: ListChange, today: string): Promise<void> {
  if (!list.waits || change.action !== 'adjust' || change.fromDate <= today) return await applyChange(tx, list, change)
  await enqueue(tx, { queue: dueChangeQueue, payload: { list: list.name, key: change.key }, runAt: new Date(`${change.fromDate}T00:00:00+07:00`), key: `${list.name} ${change.key} ${change.revision}` })
}

export const dueChangeQueue = 'catalogue.list-change'

async function applyChange(tx: Tx, list: SharedList, change: Pick<ListChange, 'key' | 'action' | 'after' | 'fromDate'>): Promise<void> {
  if (change.action === 'disable') await list.table.end(tx, change.key, change.fromDate)
  else await list.table.put(tx, change.key, change.after!, change.fromDate)
}

/** Carries out the change of an entry whose day has come: the last one that is due. A repeat changes nothing more. */
export async function applyDueChange(tx: Tx, listName: string, key: string, today: string): Promise<void> {
  const list = findList(listName)
  await lockEntry(tx, listName, key)
  const due = list && (await listChanges(tx, listName, key)).find((c) => c.fromDate <= today)
  if (list && due) await applyChange(tx, list, due)
}

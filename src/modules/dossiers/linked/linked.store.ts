import type { Limit } from '../../calendar/index.ts'
import type { Db, Tx } from '../../../platform/db.ts'
import type { Applicant, AttachedFile, Channel, ReturnWay } from '../dossier.ts'
import type { Recipient } from '../return-way/return-choice.ts'
import { readDefinition, type LinkedDefinition } from './linked-definition.ts'

export type GroupState = 'running' | 'compensating' | 'done' | 'partly' | 'stopped' | 'withdrawn'

/** A filing for a linked group ("hồ sơ liên thông"), at the node where it was filed. */
export interface LinkedGroup {
  id: string
  reference: string
  code: string
  version: number
  procedureVersion: number
  accountId: string | null
  ownerSubject: string | null
  mandateId: string | null
  filerAccountId: string | null
  channel: Channel
  returnWay: ReturnWay
  state: GroupState
  submittedAt: Date
  /** Valid receipt of the first part: the group's clock begins. */
  receivedAt: Date | null
  dueAt: Date | null
  pausedAt: Date | null
  withdrawalAskedAt: Date | null
  processEndedAt: Date | null
  finishedAt: Date | null
}

export type PartState = 'filed' | 'finished' | 'refused' | 'withdrawn' | 'not-filed'

/** A part that came to its turn; filed again, it is another attempt. */
export interface GroupPart {
  groupId: string
  part: string
  attempt: number
  dossierId: string | null
  state: PartState
  /** Why it was not filed: a refusal's code, or 'WITHDRAWN'. */
  why: string | null
  filedAt: Date
  endedAt: Date | null
  lateAt: Date | null
  /** Until when the person may file it again. */
  waitsUntil: Date | null
  /** Facts of the result that later parts need; personal data. */
  gives: Record<string, string> | null
  /** What the person brings where it is filed again after a refusal. */
  again: { note: string; files: AttachedFile[] } | null
  undoState: 'asked' | 'undone' | 'stands' | null
  undoAt: Date | null
  undoReason: string | null
}

export interface GroupContent { formKey: string; formVersion: number; answers: Record<string, unknown>; summary: unknown; applicant: Applicant; recipient: Recipient | null }

const groupColumns = (db: Db) => db`id, reference, code, version, procedure_version AS "procedureVersion", account_id AS "accountId", owner_subject AS "ownerSubject", mandate_id AS "mandateId", filer_account_id AS "filerAccountId", channel, return_way AS "returnWay", state,
  submitted_at AS "submittedAt", received_at AS "receivedAt", due_at AS "dueAt", paused_at AS "pausedAt", withdrawal_asked_at AS "withdrawalAskedAt", process_ended_at AS "processEndedAt", finished_at AS "finishedAt"`
const partColumns = (db: Db) => db`group_id AS "groupId", part, attempt, dossier_id AS "dossierId", state, why, filed_at AS "filedAt", ended_at AS "endedAt", late_at AS "lateAt", waits_until AS "waitsUntil", gives, again, undo_state AS "undoState", undo_at AS "undoAt", undo_reason AS "undoReason"`

/** The version of a group in force at a moment. */
export async function findGroupDefinition(db: Db, code: string, at: Date): Promise<LinkedDefinition | undefined> {
  const [row] = await db<{ definition: unknown }[]>`SELECT definition FROM dossiers.linked_definition WHERE code = ${code} AND valid_from <= ${at} ORDER BY version DESC LIMIT 1`
  return row && readDefinition(row.definition)
}

export async function getGroupDefinition(db: Db, { code, version }: Pick<LinkedGroup, 'code' | 'version'>): Promise<LinkedDefinition> {
  const [row] = await db<{ definition: unknown }[]>`SELECT definition FROM dossiers.linked_definition WHERE code = ${code} AND version = ${version}`
  if (!row) throw new Error(`the linked group ${code} has no version ${version}`)
  return readDefinition(row.definition)
}

/** False where the filing key is known. */
export async function insertGroup(tx: Tx, g: LinkedGroup & { filingKey: string }, c: GroupContent): Promise<boolean> {
  const rows = await tx`
    INSERT INTO dossiers.linked_group (id, reference, filing_key, code, version, procedure_version, account_id, owner_subject, mandate_id, filer_account_id, channel, return_way, state, submitted_at)
    VALUES (${g.id}, ${g.reference}, ${g.filingKey}, ${g.code}, ${g.version}, ${g.procedureVersion}, ${g.accountId}, ${g.ownerSubject}, ${g.mandateId}, ${g.filerAccountId}, ${g.channel}, ${g.returnWay}, ${g.state}, ${g.submittedAt})
    ON CONFLICT (filing_key) DO NOTHING RETURNING id`
  if (rows.length === 0) return false
  await tx`
    INSERT INTO dossiers.linked_content (group_id, form_key, form_version, answers, summary, applicant, recipient)
    VALUES (${g.id}, ${c.formKey}, ${c.formVersion}, ${tx.json(c.answers as never)}, ${tx.json((c.summary ?? null) as never)}, ${tx.json(c.applicant as never)}, ${c.recipient ? tx.json(c.recipient as never) : null})`
  return true
}

export async function findGroup(db: Db, id: string): Promise<LinkedGroup | undefined> {
  const [row] = await db<LinkedGroup[]>`SELECT ${groupColumns(db)} FROM dossiers.linked_group WHERE id = ${id}`
  return row
}

export async function findGroupByKey(db: Db, filingKey: string): Promise<LinkedGroup | undefined> {
  const [row] = await db<LinkedGroup[]>`SELECT ${groupColumns(db)} FROM dossiers.linked_group WHERE filing_key = ${filingKey}`
  return row
}

export async function findGroupByReference(db: Db, reference: string): Promise<LinkedGroup | undefined> {
  const [row] = await db<LinkedGroup[]>`SELECT ${groupColumns(db)} FROM dossiers.linked_group WHERE reference = ${reference}`
  return row
}

/** Locked, so that news of two parts come one after the other. */
export async function lockGroup(tx: Tx, id: string): Promise<LinkedGroup | undefined> {
  const [row] = await tx<LinkedGroup[]>`SELECT ${groupColumns(tx)} FROM dossiers.linked_group WHERE id = ${id} FOR UPDATE`
  return row
}

export async function saveGroup(tx: Tx, g: LinkedGroup): Promise<void> {
  await tx`
    UPDATE dossiers.linked_group SET state = ${g.state}, received_at = ${g.receivedAt}, due_at = ${g.dueAt}, paused_at = ${g.pausedAt}, withdrawal_asked_at = ${g.withdrawalAskedAt}, process_ended_at = ${g.processEndedAt}, finished_at = ${g.finishedAt} WHERE id = ${g.id}`
}

/** Of these ids those that are groups. */
export async function whichAreGroups(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db<{ id: string }[]>`SELECT id FROM dossiers.linked_group WHERE id = ANY(${[...new Set(ids)]}::uuid[])`
  return new Set(rows.map((row) => row.id))
}

/** Groups of a party at this node, newest first. */
export async function listOwnGroups(db: Db, party: { accountId: string | undefined; subjects: readonly string[] }, page: { limit: number; codes?: readonly string[] | undefined }): Promise<LinkedGroup[]> {
  return await db<LinkedGroup[]>`
    SELECT ${groupColumns(db)} FROM dossiers.linked_group WHERE (account_id = ${party.accountId ?? null} OR owner_subject = ANY(${[...party.subjects]})) ${page.codes ? db`AND code = ANY(${[...page.codes]})` : db``}
    ORDER BY finished_at IS NOT NULL, submitted_at DESC LIMIT ${page.limit}`
}

/** Groups that are not over, those due first on top; `late`: only those past their date or with a part past its own. */
export async function listOpenGroups(db: Db, page: { late: boolean; now: Date; limit: number; offset: number }): Promise<LinkedGroup[]> {
  return await db<LinkedGroup[]>`
    SELECT ${groupColumns(db)} FROM dossiers.linked_group g WHERE finished_at IS NULL
      ${page.late ? db`AND (due_at < ${page.now} OR EXISTS (SELECT 1 FROM dossiers.linked_part p WHERE p.group_id = g.id AND p.state = 'filed' AND p.late_at IS NOT NULL))` : db``}
    ORDER BY due_at ASC NULLS LAST, submitted_at LIMIT ${page.limit} OFFSET ${page.offset}`
}

export async function findGroupContent(db: Db, groupId: string): Promise<GroupContent | undefined> {
  const [row] = await db<GroupContent[]>`SELECT form_key AS "formKey", form_version AS "formVersion", answers, summary, applicant, recipient FROM dossiers.linked_content WHERE group_id = ${groupId}`
  return row
}

/** In the order in which they came to their turn. */
export async function listParts(db: Db, groupId: string): Promise<GroupPart[]> {
  return await db<GroupPart[]>`SELECT ${partColumns(db)} FROM dossiers.linked_part WHERE group_id = ${groupId} ORDER BY filed_at, part, attempt`
}

export async function findPartOfDossier(db: Db, dossierId: string): Promise<GroupPart | undefined> {
  const [row] = await db<GroupPart[]>`SELECT ${partColumns(db)} FROM dossiers.linked_part WHERE dossier_id = ${dossierId}`
  return row
}

/** Of these dossiers those that are parts of groups of this node, with the group of each. */
export async function groupsOfDossiers(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db<{ id: string; groupId: string }[]>`SELECT dossier_id AS id, group_id AS "groupId" FROM dossiers.linked_part WHERE dossier_id = ANY(${[...new Set(ids)]}::uuid[])`
  return new Map(rows.map((row) => [row.id, row.groupId]))
}

export async function insertPart(tx: Tx, p: Pick<GroupPart, 'groupId' | 'part' | 'attempt' | 'dossierId' | 'state' | 'why' | 'filedAt' | 'endedAt'>): Promise<void> {
  await tx`INSERT INTO dossiers.linked_part (group_id, part, attempt, dossier_id, state, why, filed_at, ended_at) VALUES (${p.groupId}, ${p.part}, ${p.attempt}, ${p.dossierId}, ${p.state}, ${p.why}, ${p.filedAt}, ${p.endedAt})`
}

export async function savePart(tx: Tx, p: GroupPart): Promise<void> {
  await tx`
    UPDATE dossiers.linked_part SET state = ${p.state}, why = ${p.why}, ended_at = ${p.endedAt}, late_at = ${p.lateAt}, waits_until = ${p.waitsUntil}, gives = ${p.gives ? tx.json(p.gives) : null}, again = ${p.again ? tx.json(p.again as never) : null}, undo_state = ${p.undoState}, undo_at = ${p.undoAt}, undo_reason = ${p.undoReason}
    WHERE group_id = ${p.groupId} AND part = ${p.part} AND attempt = ${p.attempt}`
}

export async function openGroupPause(tx: Tx, groupId: string, at: Date): Promise<void> {
  await tx`INSERT INTO dossiers.linked_pause (group_id, started_at) VALUES (${groupId}, ${at}) ON CONFLICT DO NOTHING`
}

export async function closeGroupPause(tx: Tx, groupId: string, at: Date): Promise<void> {
  await tx`UPDATE dossiers.linked_pause SET ended_at = ${at} WHERE group_id = ${groupId} AND ended_at IS NULL`
}

export async function listGroupPauses(db: Db, groupId: string): Promise<{ startedAt: Date; endedAt: Date | null }[]> {
  return await db<{ startedAt: Date; endedAt: Date | null }[]>`SELECT started_at AS "startedAt", ended_at AS "endedAt" FROM dossiers.linked_pause WHERE group_id = ${groupId} ORDER BY started_at`
}

/** What the node of a part knows of its group; of the person only the words with which a part is filed again. Times are ISO 8601. */
export interface GroupView {
  groupId: string
  part: string
  reference: string
  name: { vi: string; en: string }
  state: GroupState
  dueAt: string | null
  limit: Limit | null
  gives: { name: string; path: string }[]
  parts: { key: string; name: { vi: string; en: string }; agency: { vi: string; en: string } | null; code: string | null; state: string; dueAt: string | null; endedAt: string | null }[]
  received: { part: string; what: { vi: string; en: string }; number: string | null; fileName: string | null }[]
  /** What the person says where this is a part filed again. */
  note: string | null
}

export interface LinkedChild { dossierId: string; groupId: string; part: string; parentNode: string; limitValue: number | null; limitUnit: Limit['unit'] | null; view: GroupView }

/** An older telling never takes the place of a later one. */
export async function saveChild(tx: Tx, c: LinkedChild & { toldAt: Date }): Promise<void> {
  await tx`
    INSERT INTO dossiers.linked_child (dossier_id, group_id, part, parent_node, limit_value, limit_unit, view, told_at) VALUES (${c.dossierId}, ${c.groupId}, ${c.part}, ${c.parentNode}, ${c.limitValue}, ${c.limitUnit}, ${tx.json(c.view as never)}, ${c.toldAt})
    ON CONFLICT (dossier_id) DO UPDATE SET view = excluded.view, told_at = excluded.told_at WHERE linked_child.told_at <= excluded.told_at`
}

export async function findChild(db: Db, dossierId: string): Promise<LinkedChild | undefined> {
  const [row] = await db<LinkedChild[]>`SELECT dossier_id AS "dossierId", group_id AS "groupId", part, parent_node AS "parentNode", limit_value AS "limitValue", limit_unit AS "limitUnit", view FROM dossiers.linked_child WHERE dossier_id = ${dossierId}`
  return row
}

export interface Undo { dossierId: string; because: string; askedAt: Date; answer: 'undone' | 'stands' | null; reason: string | null; answeredAt: Date | null }

export async function insertUndo(tx: Tx, dossierId: string, because: string, at: Date): Promise<boolean> {
  return (await tx`INSERT INTO dossiers.linked_undo (dossier_id, because, asked_at) VALUES (${dossierId}, ${because}, ${at}) ON CONFLICT (dossier_id) DO NOTHING RETURNING dossier_id`).length > 0
}

export async function findUndo(db: Db, dossierId: string): Promise<Undo | undefined> {
  const [row] = await db<Undo[]>`SELECT dossier_id AS "dossierId", because, asked_at AS "askedAt", answer, reason, answered_at AS "answeredAt" FROM dossiers.linked_undo WHERE dossier_id = ${dossierId}`
  return row
}

/** Wishes that no officer has answered, the oldest first. */
export async function listOpenUndos(db: Db): Promise<Undo[]> {
  return await db<Undo[]>`SELECT dossier_id AS "dossierId", because, asked_at AS "askedAt", answer, reason, answered_at AS "answeredAt" FROM dossiers.linked_undo WHERE answered_at IS NULL ORDER BY asked_at LIMIT 200`
}

/** False where it was answered before. */
export async function answerUndoRow(tx: Tx, dossierId: string, a: { answer: 'undone' | 'stands'; reason: string; at: Date; by: string }): Promise<boolean> {
  return (await tx`UPDATE dossiers.linked_undo SET answer = ${a.answer}, reason = ${a.reason}, answered_at = ${a.at}, answered_by = ${a.by} WHERE dossier_id = ${dossierId} AND answered_at IS NULL RETURNING dossier_id`).length > 0
}

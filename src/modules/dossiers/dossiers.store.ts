import type { Db, Tx } from '../../platform/db.ts'
import { sentWithCommit } from '../../platform/safe-begin.ts'
import type { DossierState } from './dossier-states.ts'
import type { Applicant, AttachedFile, Dossier } from './dossier.ts'
import { errors } from './dossiers.errors.ts'

const columns = (db: Db) => db`
  id, reference, code, procedure_code AS "procedureCode", procedure_version AS "procedureVersion", node_code AS "nodeCode", origin_node AS "originNode",
  agency_code AS "agencyCode", place_code AS "placeCode", channel, state, return_way AS "returnWay", account_id AS "accountId", owner_node AS "ownerNode",
  owner_subject AS "ownerSubject", mandate_id AS "mandateId", filer_account_id AS "filerAccountId", limit_value AS "limitValue", limit_unit AS "limitUnit", rule_set AS "ruleSet", clock_options AS "clockOptions", is_late AS "isLate", submitted_at AS "submittedAt", received_at AS "receivedAt",
  promised_at AS "promisedAt", due_at AS "dueAt", paused_at AS "pausedAt", finished_at AS "finishedAt", returned_at AS "returnedAt", supplements, event_seq AS "eventSeq"`

export async function findDossier(db: Db, id: string): Promise<Dossier | undefined> {
  const [row] = await db<Dossier[]>`SELECT ${columns(db)} FROM dossiers.dossier WHERE id = ${id}`
  return row
}

export async function findDossiers(db: Db, ids: readonly string[]): Promise<Dossier[]> {
  return ids.length === 0 ? [] : await db<Dossier[]>`SELECT ${columns(db)} FROM dossiers.dossier WHERE id = ANY(${[...new Set(ids)]})`
}

/** By dossier code or filing reference: what a person has on paper. */
export async function findDossierByCode(db: Db, code: string): Promise<Dossier | undefined> {
  const [row] = await db<Dossier[]>`SELECT ${columns(db)} FROM dossiers.dossier WHERE code = ${code} UNION ALL SELECT ${columns(db)} FROM dossiers.dossier WHERE reference = ${code} LIMIT 1`
  return row
}

/** States of many dossiers by code or filing reference; what is unknown is left out. */
export async function findStates(db: Db, codes: readonly string[]): Promise<Map<string, DossierState>> {
  const rows = await db<{ key: string; state: DossierState }[]>`SELECT code AS key, state FROM dossiers.dossier WHERE code = ANY(${codes as string[]}) UNION ALL SELECT reference, state FROM dossiers.dossier WHERE reference = ANY(${codes as string[]})`
  return new Map(rows.map((r) => [r.key, r.state]))
}

/** Locks the dossier for an act of its handling node. @throws NOT_FOUND, NOT_HANDLED_HERE for a mirror */
export async function lockDossier(tx: Tx, id: string, nodeCode: string): Promise<Dossier> {
  const [row] = await tx<Dossier[]>`SELECT ${columns(tx)} FROM dossiers.dossier WHERE id = ${id} FOR UPDATE`
  if (!row) throw errors.NOT_FOUND()
  if (row.nodeCode !== nodeCode) throw errors.NOT_HANDLED_HERE({ node: row.nodeCode })
  return row
}

/** Locks those of many dossiers that are handled at this node and that nobody else has locked, waiting for none; the others are left out. */
export async function lockFreeDossiers(tx: Tx, ids: readonly string[], nodeCode: string): Promise<Map<string, Dossier>> {
  const rows = await tx<Dossier[]>`SELECT ${columns(tx)} FROM dossiers.dossier WHERE id = ANY(${[...new Set(ids)]}) AND node_code = ${nodeCode} FOR UPDATE SKIP LOCKED`
  return new Map(rows.map((row) => [row.id, row]))
}

/** Writes back the columns that acts move, and counts the event that goes with it. */
export async function saveProgress(tx: Tx, d: Dossier): Promise<Dossier> {
  const next = { ...d, eventSeq: d.eventSeq + 1 }
  await sentWithCommit(tx, tx`
    UPDATE dossiers.dossier SET agency_code = ${next.agencyCode}, code = ${next.code}, state = ${next.state}, received_at = ${next.receivedAt}, promised_at = ${next.promisedAt}, due_at = ${next.dueAt},
      paused_at = ${next.pausedAt}, finished_at = ${next.finishedAt}, returned_at = ${next.returnedAt}, supplements = ${next.supplements},
      limit_value = ${next.limitValue}, limit_unit = ${next.limitUnit}, rule_set = ${next.ruleSet}, clock_options = ${next.clockOptions ? tx.json(next.clockOptions as never) : null}, is_late = ${next.isLate}, event_seq = ${next.eventSeq} WHERE id = ${next.id}`)
  return next
}

export interface Content { formKey: string; formVersion: number; answers: Record<string, unknown>; summary: unknown; applicant: Applicant }

export async function findContent(db: Db, dossierId: string): Promise<Content | undefined> {
  return (await findContents(db, [dossierId])).get(dossierId)
}

export async function findContents(db: Db, dossierIds: readonly string[]): Promise<Map<string, Content>> {
  if (dossierIds.length === 0) return new Map()
  const rows = await db<(Content & { id: string })[]>`SELECT dossier_id AS id, form_key AS "formKey", form_version AS "formVersion", answers, summary, applicant FROM dossiers.content WHERE dossier_id = ANY(${[...dossierIds]})`
  return new Map(rows.map(({ id, ...content }) => [id, content]))
}

export async function saveAnswers(tx: Tx, dossierId: string, answers: Record<string, unknown>, summary: unknown): Promise<void> {
  await tx`UPDATE dossiers.content SET answers = ${tx.json(answers as never)}, summary = ${tx.json(summary as never)} WHERE dossier_id = ${dossierId}`
}

export async function listAttachments(db: Db, dossierId: string): Promise<(AttachedFile & { addedAt: Date })[]> {
  return await db<(AttachedFile & { addedAt: Date })[]>`SELECT id, field, file_id AS "fileId", file_name AS "fileName", mime_type AS "mimeType", size, added_at AS "addedAt" FROM dossiers.attachment WHERE dossier_id = ${dossierId} ORDER BY added_at, file_name`
}

export async function findAttachment(db: Db, id: string): Promise<(AttachedFile & { dossierId: string }) | undefined> {
  const [row] = await db<(AttachedFile & { dossierId: string })[]>`SELECT id, dossier_id AS "dossierId", field, file_id AS "fileId", file_name AS "fileName", mime_type AS "mimeType", size FROM dossiers.attachment WHERE id = ${id}`
  return row
}

export async function addAttachments(tx: Tx, dossierId: string, files: readonly AttachedFile[], at: Date): Promise<void> {
  for (const f of files) await tx`INSERT INTO dossiers.attachment (id, dossier_id, field, file_id, file_name, mime_type, size, added_at) VALUES (${f.id}, ${dossierId}, ${f.field}, ${f.fileId}, ${f.fileName}, ${f.mimeType}, ${f.size}, ${at}) ON CONFLICT (id) DO NOTHING`
}

/** Next number of a series ('H21.101/2026-11-22'); serialised by the row's lock until the transaction ends. */
export async function nextNumber(tx: Tx, series: string): Promise<number> {
  const [row] = await tx<{ last: number }[]>`INSERT INTO dossiers.running_number (series, last) VALUES (${series}, 1) ON CONFLICT (series) DO UPDATE SET last = running_number.last + 1 RETURNING last`
  return row!.last
}

export async function openPause(tx: Tx, pause: { id: string; dossierId: string; reason: 'supplement' | 'payment'; startedAt: Date; dueBefore: Date | null }): Promise<void> {
  await tx`INSERT INTO dossiers.pause (id, dossier_id, reason, started_at, due_before) VALUES (${pause.id}, ${pause.dossierId}, ${pause.reason}, ${pause.startedAt}, ${pause.dueBefore})`
}

export async function closePause(tx: Tx, dossierId: string, endedAt: Date, dueAfter: Date | null): Promise<void> {
  await tx`UPDATE dossiers.pause SET ended_at = ${endedAt}, due_after = ${dueAfter} WHERE dossier_id = ${dossierId} AND ended_at IS NULL`
}

export interface Pause { reason: 'supplement' | 'payment'; startedAt: Date; endedAt: Date | null; dueBefore: Date | null; dueAfter: Date | null }

export async function listPauses(db: Db, dossierId: string): Promise<Pause[]> {
  return await db<Pause[]>`SELECT reason, started_at AS "startedAt", ended_at AS "endedAt", due_before AS "dueBefore", due_after AS "dueAfter" FROM dossiers.pause WHERE dossier_id = ${dossierId} ORDER BY started_at`
}

export interface SupplementRequest { id: string; reason: string; items: string[]; requestedAt: Date; requestedBy: string; answeredAt: Date | null; answer: string | null }

export async function insertSupplementRequest(tx: Tx, dossierId: string, r: { id: string; reason: string; items: string[]; requestedAt: Date; requestedBy: string }): Promise<void> {
  await tx`INSERT INTO dossiers.supplement_request (id, dossier_id, reason, items, requested_at, requested_by) VALUES (${r.id}, ${dossierId}, ${r.reason}, ${tx.json(r.items)}, ${r.requestedAt}, ${r.requestedBy}) ON CONFLICT (id) DO NOTHING`
}

export async function answerOpenSupplement(tx: Tx, dossierId: string, answeredAt: Date, answer: string): Promise<void> {
  await tx`UPDATE dossiers.supplement_request SET answered_at = ${answeredAt}, answer = ${answer} WHERE dossier_id = ${dossierId} AND answered_at IS NULL`
}

export async function listSupplementRequests(db: Db, dossierId: string): Promise<SupplementRequest[]> {
  return await db<SupplementRequest[]>`SELECT id, reason, items, requested_at AS "requestedAt", requested_by AS "requestedBy", answered_at AS "answeredAt", answer FROM dossiers.supplement_request WHERE dossier_id = ${dossierId} ORDER BY requested_at`
}

/** Of these dossiers, those with a request that was not answered yet, and since when. */
export async function openSupplementsSince(db: Db, dossierIds: readonly string[]): Promise<Map<string, Date>> {
  if (dossierIds.length === 0) return new Map()
  const rows = await db<{ id: string; at: Date }[]>`SELECT dossier_id AS id, max(requested_at) AS at FROM dossiers.supplement_request WHERE dossier_id = ANY(${[...dossierIds]}) AND answered_at IS NULL GROUP BY dossier_id`
  return new Map(rows.map((row) => [row.id, row.at]))
}

/** Whose dossiers: by account at this node, and by every subject under which they may stand here. */
export interface Party { accountId: string | undefined; subjects: readonly string[] }

const ofParty = (db: Db, party: Party) => db`(account_id = ${party.accountId ?? null} OR owner_subject = ANY(${[...party.subjects]}))`

/** Dossiers of a party at this node, and those that `filer` filed for others under the mandates named; newest first. */
export async function listOwnDossiers(db: Db, party: Party, page: { limit: number; offset: number; procedures?: readonly string[] | undefined; filer?: { accountId: string; mandateIds: readonly string[] } | undefined; /** Only those in which something waits for the party. */ waiting?: boolean }): Promise<Dossier[]> {
  const filed = page.filer && page.filer.mandateIds.length > 0 ? db`OR (filer_account_id = ${page.filer.accountId} AND mandate_id = ANY(${[...page.filer.mandateIds]}::uuid[]))` : db``
  return await db<Dossier[]>`
    SELECT ${columns(db)} FROM dossiers.dossier WHERE (${ofParty(db, party)} ${filed}) ${page.procedures ? db`AND procedure_code = ANY(${[...page.procedures]})` : db``}
      ${page.waiting ? db`AND (state IN ('supplement-required', 'payment-required', 'finished') OR EXISTS (SELECT 1 FROM dossiers.message m WHERE m.dossier_id = dossier.id AND m.side = 'office' AND m.read_at IS NULL))` : db``}
    ORDER BY submitted_at DESC LIMIT ${page.limit} OFFSET ${page.offset}`
}

/** Procedures for which a party has dossiers or drafts here. */
export async function proceduresOf(db: Db, party: Party): Promise<string[]> {
  const rows = await db<{ code: string }[]>`SELECT procedure_code AS code FROM dossiers.dossier WHERE ${ofParty(db, party)} UNION SELECT procedure_code FROM dossiers.draft WHERE party_subject = ANY(${[...party.subjects]})`
  return rows.map((row) => row.code)
}

export interface ResultDraft { template: string; data: Record<string, unknown>; draftedAt: Date; draftedBy: string; reviewedAt: Date | null; reviewedBy: string | null }

export async function findResultDraft(db: Db, dossierId: string): Promise<ResultDraft | undefined> {
  const [row] = await db<ResultDraft[]>`SELECT template, data, drafted_at AS "draftedAt", drafted_by AS "draftedBy", reviewed_at AS "reviewedAt", reviewed_by AS "reviewedBy" FROM dossiers.result_draft WHERE dossier_id = ${dossierId}`
  return row
}

export async function saveResultDraft(tx: Tx, dossierId: string, draft: { template: string; data: Record<string, unknown>; draftedAt: Date; draftedBy: string }): Promise<void> {
  await tx`
    INSERT INTO dossiers.result_draft (dossier_id, template, data, drafted_at, drafted_by) VALUES (${dossierId}, ${draft.template}, ${tx.json(draft.data as never)}, ${draft.draftedAt}, ${draft.draftedBy})
    ON CONFLICT (dossier_id) DO UPDATE SET template = EXCLUDED.template, data = EXCLUDED.data, drafted_at = EXCLUDED.drafted_at, drafted_by = EXCLUDED.drafted_by, reviewed_at = NULL, reviewed_by = NULL`
}

export async function markReviewed(tx: Tx, dossierId: string, at: Date, by: string): Promise<void> {
  await tx`UPDATE dossiers.result_draft SET reviewed_at = ${at}, reviewed_by = ${by} WHERE dossier_id = ${dossierId}`
}

export interface DeskFilter {
  /** Agencies, each with everything below it, perhaps only for some procedures. */
  reach: readonly { agencyCode: string; procedureCodes: ReadonlySet<string> | undefined }[]
  states?: readonly string[]
  procedureCode?: string
  /** The code, the reference, how it begins, or day and number of a code; of these agencies. */
  text?: string
  agencies?: readonly string[]
  /** Only those in which the person waits for an answer. */
  waiting?: boolean
  dueBefore?: Date
  sort?: 'due' | 'submitted'
  limit: number
  offset: number
}

/** So many rows of a list are counted and paged through; who looks for one beyond them narrows the list. */
export const mostListed = 5_000

/** Every agency once where some role reaches it whole; false for who reaches nothing. Whoever reaches the node's own agency reaches every dossier of the node. Without `byIndex` another condition is to find the rows. */
export function reachedBy(db: Db, reach: DeskFilter['reach'], nodeCode: string, { byIndex = true } = {}) {
  const agency = byIndex ? db`agency_code COLLATE "C"` : db`(agency_code || '') COLLATE "C"`
  const whole = new Set(reach.filter((r) => r.procedureCodes === undefined).map((r) => r.agencyCode))
  const parts = [...[...whole].map((agencyCode) => ({ agencyCode, procedureCodes: undefined })), ...reach.filter((r) => r.procedureCodes !== undefined && !whole.has(r.agencyCode))]
    // '/' follows '.' in the order of bytes: the agency and all below it.
    .map(({ agencyCode, procedureCodes }) => db`(${agencyCode === nodeCode ? db`true` : db`${agency} >= ${agencyCode} AND ${agency} < ${`${agencyCode}/`}`}
      ${procedureCodes ? db`AND procedure_code = ANY (${[...procedureCodes]})` : db``})`)
  return parts.length === 0 ? db`false` : db`${parts.map((part, n) => db`${n > 0 ? db` OR ` : db``}${part}`)}`
}

/** The end of every order of the alphabet. */
const last = '\uFFFF'

/** Day and number of a code, as somebody reads them aloud: '261127-0001'. */
const dayAndNumber = /^\d{6}(-\d*)?$/

/**
 * What is typed is the code or the reference or how it begins, or day and number without the agency; `agencies` are those whose codes may be meant.
 * Each is a range of an index: a part from the middle would be looked for in every dossier there is.
 */
function startsWith(db: Db, typed: string, agencies: readonly string[]) {
  const text = typed.trim().toUpperCase()
  if (dayAndNumber.test(text)) {
    return { by: db`code`, where: db`AND id IN (SELECT found.id FROM unnest(${[...agencies]}::text[]) AS a (agency), LATERAL (SELECT id FROM dossiers.dossier WHERE code >= a.agency || '-' || ${text} AND code < a.agency || '-' || ${text + last} LIMIT 200) AS found)` }
  }
  const by = text.startsWith('M') ? db`reference` : db`code`
  return { by, where: db`AND ${by} >= ${text} AND ${by} < ${text + last} AND starts_with(${by}, ${text})` }
}

/** Written out, so that the index over what is not yet at its end serves, or the part of the other in which everything is. */
const whereReturned = (db: Db, states: readonly string[]) => (!states.includes('returned') ? db`AND state <> 'returned'` : states.length === 1 ? db`AND (finished_at IS NOT NULL)::int = 1` : db``)

function conditionsOf(db: Db, nodeCode: string, f: Omit<DeskFilter, 'limit' | 'offset'>) {
  const found = f.text?.trim() ? startsWith(db, f.text, f.agencies ?? []) : undefined
  return { found, where: db`
    node_code = ${nodeCode} AND (${reachedBy(db, f.reach, nodeCode, { byIndex: !f.waiting })})
    ${f.states?.length ? db`AND state = ANY(${[...f.states]}) ${whereReturned(db, f.states)}` : db``}
    ${f.procedureCode ? db`AND procedure_code = ${f.procedureCode}` : db``}
    ${f.waiting ? db`AND id = ANY(ARRAY(SELECT dossier_id FROM dossiers.message WHERE side = 'person' AND settled_at IS NULL))` : db``}
    ${f.dueBefore ? db`AND due_at < ${f.dueBefore} AND (finished_at IS NOT NULL)::int = 0 AND state <> 'returned'` : db``}
    ${found?.where ?? db``}` }
}

/** How many there are, up to one more than are listed. */
export async function countDeskDossiers(db: Db, nodeCode: string, f: Omit<DeskFilter, 'limit' | 'offset' | 'sort'>): Promise<number> {
  const [row] = await db<{ n: number }[]>`SELECT count(*)::int AS n FROM (SELECT 1 FROM dossiers.dossier WHERE ${conditionsOf(db, nodeCode, f).where} LIMIT ${mostListed + 1}) AS listed`
  return row!.n
}

/** Dossiers handled by an agency or one below it: what is open first, the most urgent of it on top; what was searched for in the order of its numbers. `total` as `countDeskDossiers` counts. */
export async function listDeskDossiers(db: Db, nodeCode: string, f: DeskFilter): Promise<{ rows: Dossier[]; total: number }> {
  const { found, where } = conditionsOf(db, nodeCode, f)
  // Within one state all are open or all are not: in the order of the index.
  const order = found ? found.by : f.sort === 'submitted' ? db`submitted_at DESC` : f.states?.length === 1 ? db`due_at ASC NULLS FIRST, submitted_at ASC` : db`(finished_at IS NOT NULL)::int, due_at ASC NULLS FIRST, submitted_at ASC`
  // Ids are sorted, not rows: a page far down would carry thousands of rows to it.
  const read = (more: ReturnType<typeof columns>) => db<Dossier[]>`
    SELECT ${columns(db)} FROM dossiers.dossier WHERE id = ANY(ARRAY(SELECT id FROM dossiers.dossier WHERE ${where} ${more} ORDER BY ${order} LIMIT ${f.limit} OFFSET ${f.offset})) ORDER BY ${order}`
  // Over a whole node the index is in this order already; the one of what is open would have to be sorted.
  const isWhole = f.reach.some((r) => r.agencyCode === nodeCode && r.procedureCodes === undefined)
  // Where what is open fills the page, nothing is read of what was finished in all the years.
  const openFirst = !found && f.sort !== 'submitted' && !f.states?.length
  const open = openFirst ? await read(db`AND (finished_at IS NOT NULL)::int = 0 ${isWhole ? db`` : db`AND state <> 'returned'`}`) : []
  const [rows, total] = await Promise.all([openFirst && open.length === f.limit ? open : read(db``), countDeskDossiers(db, nodeCode, f)])
  return { rows, total }
}

/** The written ground of a refusal, a transfer, a withdrawal or a stop: free text, so it stays out of the ledger. */
export async function saveReason(tx: Tx, dossierId: string, action: string, reason: string, at: Date): Promise<void> {
  await tx`INSERT INTO dossiers.reason (dossier_id, action, reason, at) VALUES (${dossierId}, ${action}, ${reason}, ${at}) ON CONFLICT (dossier_id, action) DO UPDATE SET reason = EXCLUDED.reason, at = EXCLUDED.at`
}

export async function findReason(db: Db, dossierId: string, action: string): Promise<string | undefined> {
  const [row] = await db<{ reason: string }[]>`SELECT reason FROM dossiers.reason WHERE dossier_id = ${dossierId} AND action = ${action}`
  return row?.reason
}

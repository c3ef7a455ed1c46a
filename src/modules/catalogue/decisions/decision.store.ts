import type { Db, Tx } from '../../../platform/db.ts'
import type { Decision, DecisionItem, DecisionState } from './decision.ts'

const columns = (db: Db) => db`id, number, issued_on AS "issuedOn", issuer, effective_on AS "effectiveOn", title, file_id AS "fileId", file_name AS "fileName", media_type AS "mediaType", origin, state,
  author, author_name AS "authorName", checker, checker_name AS "checkerName", check_note AS "checkNote", created_at AS "createdAt", checked_at AS "checkedAt", published_at AS "publishedAt"`

/** False when the issuer has a decision of that number and date. */
export async function insertDecision(tx: Tx, d: Decision): Promise<boolean> {
  const added = await tx`
    INSERT INTO catalogue.decision (id, number, issued_on, issuer, effective_on, title, file_id, file_name, media_type, origin, state, author, author_name, created_at)
    VALUES (${d.id}, ${d.number}, ${d.issuedOn}, ${d.issuer}, ${d.effectiveOn}, ${d.title}, ${d.fileId}, ${d.fileName}, ${d.mediaType}, ${d.origin}, ${d.state}, ${d.author}, ${d.authorName}, ${d.createdAt})
    ON CONFLICT (issuer, number, coalesce(issued_on, '-infinity')) WHERE state <> 'withdrawn' DO NOTHING`
  return added.count > 0
}

export async function findDecision(db: Db, id: string): Promise<Decision | undefined> {
  const [row] = await db<Decision[]>`SELECT ${columns(db)} FROM catalogue.decision WHERE id = ${id}`
  return row
}

export async function lockDecision(tx: Tx, id: string): Promise<Decision | undefined> {
  const [row] = await tx<Decision[]>`SELECT ${columns(tx)} FROM catalogue.decision WHERE id = ${id} FOR UPDATE`
  return row
}

export async function updateDecision(tx: Tx, d: Decision): Promise<void> {
  await tx`
    UPDATE catalogue.decision SET state = ${d.state}, checker = ${d.checker}, checker_name = ${d.checkerName}, check_note = ${d.checkNote}, checked_at = ${d.checkedAt}, published_at = ${d.publishedAt} WHERE id = ${d.id}`
}

/** False when the issuer has another decision of that number and date. */
export async function updateHeading(tx: Tx, d: Decision): Promise<boolean> {
  const updated = await tx`
    UPDATE catalogue.decision SET number = ${d.number}, issued_on = ${d.issuedOn}, effective_on = ${d.effectiveOn}, title = ${d.title}, file_id = ${d.fileId}, file_name = ${d.fileName}, media_type = ${d.mediaType}
    WHERE id = ${d.id} AND NOT EXISTS (SELECT FROM catalogue.decision o WHERE o.issuer = ${d.issuer} AND o.number = ${d.number} AND o.issued_on IS NOT DISTINCT FROM ${d.issuedOn}::date AND o.state <> 'withdrawn' AND o.id <> ${d.id})`
  return updated.count > 0
}

const itemColumns = (db: Db) => db`decision_id AS "decisionId", code, action, content, base_version AS "baseVersion", base_hash AS "baseHash", revision, edited_by AS "editedBy", edited_name AS "editedName", edited_at AS "editedAt", published_version AS "publishedVersion"`

export async function findItem(db: Db, decisionId: string, code: string): Promise<DecisionItem | undefined> {
  const [row] = await db<DecisionItem[]>`SELECT ${itemColumns(db)} FROM catalogue.decision_item WHERE decision_id = ${decisionId} AND code = ${code}`
  return row
}

export async function listItems(db: Db, decisionId: string): Promise<DecisionItem[]> {
  return await db<DecisionItem[]>`SELECT ${itemColumns(db)} FROM catalogue.decision_item WHERE decision_id = ${decisionId} ORDER BY code`
}

export type NewItem = Omit<DecisionItem, 'revision' | 'publishedVersion'>

/** Writes entries, each with the next revision. Whoever saves is an editor from then on. */
export async function saveItems(tx: Tx, items: readonly NewItem[]): Promise<void> {
  if (items.length === 0) return
  const rows = items.map((i) => ({ ...i, editedAt: i.editedAt.toISOString() }))
  await tx`
    INSERT INTO catalogue.decision_item (decision_id, code, action, content, base_version, base_hash, edited_by, edited_name, edited_at)
    SELECT "decisionId", code, action, nullif(content, 'null'), "baseVersion", "baseHash", "editedBy", "editedName", "editedAt"
    FROM jsonb_to_recordset(${tx.json(rows as never)}) AS i ("decisionId" uuid, code text, action text, content jsonb, "baseVersion" int, "baseHash" text, "editedBy" text, "editedName" text, "editedAt" timestamptz)
    ON CONFLICT (decision_id, code) DO UPDATE SET action = excluded.action, content = excluded.content, base_version = excluded.base_version, base_hash = excluded.base_hash,
      revision = decision_item.revision + 1, edited_by = excluded.edited_by, edited_name = excluded.edited_name, edited_at = excluded.edited_at`
  await tx`INSERT INTO catalogue.decision_editor (decision_id, editor) VALUES (${items[0]!.decisionId}, ${items[0]!.editedBy}) ON CONFLICT DO NOTHING`
}

export async function deleteItem(tx: Tx, decisionId: string, code: string): Promise<boolean> {
  return (await tx`DELETE FROM catalogue.decision_item WHERE decision_id = ${decisionId} AND code = ${code}`).count > 0
}

export async function isEditor(db: Db, decisionId: string, actor: string): Promise<boolean> {
  return (await db`SELECT FROM catalogue.decision_editor WHERE decision_id = ${decisionId} AND editor = ${actor}`).length > 0
}

/** Notes which version each entry became. */
export async function markPublished(tx: Tx, decisionId: string): Promise<void> {
  await tx`
    UPDATE catalogue.decision_item i SET published_version = v.version FROM (SELECT code, max(version) AS version FROM catalogue.procedure_version GROUP BY code) v
    WHERE i.decision_id = ${decisionId} AND v.code = i.code`
}

export interface DecisionFilter { state?: DecisionState | undefined; issuer?: string | undefined; q?: string | undefined; visible?: string | undefined }
export interface ListedDecision extends Decision { items: number }

const pageSize = 25

/** A page of decisions, the newest first. Drafts of other offices are left out where `visible` names the reader's own. */
export async function listDecisions(db: Db, filter: DecisionFilter, page: number): Promise<{ rows: ListedDecision[]; total: number; page: number; pages: number }> {
  const q = filter.q ? `%${filter.q.replace(/[\\%_]/g, '\\$&')}%` : undefined
  const where = db`TRUE ${filter.state ? db`AND d.state = ${filter.state}` : db``} ${filter.issuer ? db`AND d.issuer = ${filter.issuer}` : db``}
    ${q ? db`AND (d.number ILIKE ${q} OR d.title ILIKE ${q} OR EXISTS (SELECT FROM catalogue.decision_item i WHERE i.decision_id = d.id AND i.code LIKE ${q}))` : db``}
    ${filter.visible ? db`AND (d.state = 'published' OR d.issuer = ${filter.visible})` : db``}`
  const [count] = await db<{ n: number }[]>`SELECT count(*)::int AS n FROM catalogue.decision d WHERE ${where}`
  const pages = Math.max(1, Math.ceil(count!.n / pageSize))
  const at = Math.min(Math.max(page, 1), pages)
  const rows = await db<ListedDecision[]>`
    SELECT ${columns(db)}, (SELECT count(*)::int FROM catalogue.decision_item i WHERE i.decision_id = d.id) AS items FROM catalogue.decision d WHERE ${where}
    ORDER BY created_at DESC, id DESC LIMIT ${pageSize} OFFSET ${(at - 1) * pageSize}`
  return { rows, total: count!.n, page: at, pages }
}

/** Offices that have a decision, for the filter. */
export async function listIssuers(db: Db): Promise<string[]> {
  return (await db<{ issuer: string }[]>`SELECT DISTINCT issuer FROM catalogue.decision ORDER BY issuer`).map((r) => r.issuer)
}

/** What the catalogue holds now about a code. */
export interface EntryFacts { code: string; version: number; hash: string; owner: string | null; isCopy: boolean; isAbolished: boolean; channels: string[] }

export async function readFacts(db: Db, codes: readonly string[]): Promise<Map<string, EntryFacts>> {
  const rows = await db<EntryFacts[]>`
    SELECT DISTINCT ON (v.code) v.code, v.version, v.content_hash AS hash, v.content->'owner'->>'code' AS owner, v.base_version IS NOT NULL AS "isCopy", a.code IS NOT NULL AS "isAbolished",
      ARRAY(SELECT m->>'channel' FROM jsonb_array_elements(v.content->'methods') m) AS channels
    FROM catalogue.procedure_version v LEFT JOIN catalogue.abolition a ON a.code = v.code WHERE v.code = ANY(${[...new Set(codes)]}) ORDER BY v.code, v.version DESC`
  return new Map(rows.map((r) => [r.code, r]))
}

/** Hash and end of the last version of each code: what an entry was drafted on. */
export async function readGround(db: Db, codes: readonly string[]): Promise<Map<string, { hash: string; isAbolished: boolean }>> {
  const rows = await db<{ code: string; hash: string; isAbolished: boolean }[]>`
    SELECT DISTINCT ON (v.code) v.code, v.content_hash AS hash, a.code IS NOT NULL AS "isAbolished"
    FROM catalogue.procedure_version v LEFT JOIN catalogue.abolition a ON a.code = v.code WHERE v.code = ANY(${[...new Set(codes)]}) ORDER BY v.code, v.version DESC`
  return new Map(rows.map((r) => [r.code, r]))
}

export type ItemHead = Omit<DecisionItem, 'content'>

/** A page of entries without their contents. */
export async function listItemHeads(db: Db, decisionId: string, page: number, size: number): Promise<{ rows: ItemHead[]; total: number; page: number; pages: number }> {
  const [count] = await db<{ n: number }[]>`SELECT count(*)::int AS n FROM catalogue.decision_item WHERE decision_id = ${decisionId}`
  const pages = Math.max(1, Math.ceil(count!.n / size))
  const at = Math.min(Math.max(page, 1), pages)
  const rows = await db<ItemHead[]>`
    SELECT decision_id AS "decisionId", code, action, base_version AS "baseVersion", base_hash AS "baseHash", revision, edited_by AS "editedBy", edited_name AS "editedName", edited_at AS "editedAt", published_version AS "publishedVersion"
    FROM catalogue.decision_item WHERE decision_id = ${decisionId} ORDER BY code LIMIT ${size} OFFSET ${(at - 1) * size}`
  return { rows, total: count!.n, page: at, pages }
}

/** Names that entries bring with them: of procedures that are not in the catalogue yet. */
export async function itemNames(db: Db, decisionId: string, lang: 'vi' | 'en'): Promise<Map<string, string>> {
  const rows = await db<{ code: string; name: string }[]>`
    SELECT code, coalesce(content->'name'->>${lang}, content->'name'->>'vi') AS name FROM catalogue.decision_item WHERE decision_id = ${decisionId} AND action IN ('create', 'link')`
  return new Map(rows.map((r) => [r.code, r.name]))
}

import type { Db, Tx } from '../../platform/db.ts'
import { publicChanged } from '../../platform/public-state.ts'
import type { ProcedureInput } from './content.ts'
import type { Origin } from './procedure-version.ts'
import { projectionOf } from './projection.ts'

export interface NewVersion {
  code: string
  version: number
  content: ProcedureInput
  hash: string
  origin: Origin
  decisionNumber: string | null
  decisionDate: string | null
  validFrom: string
  publishedAt: Date
  /** In a province's copy: the version of the original that it is made from. */
  baseVersion?: number | null
}

export interface LastVersion { code: string; version: number; hash: string; origin: Origin; validFrom: string; isAbolished: boolean }

/** The last version of each code, locked against other publishers until the transaction ends. */
export async function lockLastVersions(tx: Tx, codes: readonly string[]): Promise<Map<string, LastVersion>> {
  await tx`SELECT pg_advisory_xact_lock(726104010)`
  const rows = await tx<LastVersion[]>`
    SELECT DISTINCT ON (code) code, version, content_hash AS hash, origin, valid_from AS "validFrom", EXISTS (SELECT FROM catalogue.abolition a WHERE a.code = v.code) AS "isAbolished"
    FROM catalogue.procedure_version v WHERE code = ANY(${[...codes]}) ORDER BY code, version DESC`
  return new Map(rows.map((r) => [r.code, r]))
}

/** Writes versions, ends the ones before them, and ends them where the next is there already: the order in which versions come to a local node does not matter. */
export async function insertVersions(tx: Tx, versions: readonly NewVersion[]): Promise<void> {
  if (versions.length === 0) return
  publicChanged(tx)
  const rows = versions.map((v) => ({ ...v, publishedAt: v.publishedAt.toISOString() }))
  await tx`
    INSERT INTO catalogue.procedure_version (code, version, content, content_hash, origin, decision_number, decision_date, valid_from, published_at, base_version)
    SELECT code, version, content, hash, origin, "decisionNumber", "decisionDate"::date, "validFrom"::date, "publishedAt"::timestamptz, "baseVersion"
    FROM jsonb_to_recordset(${tx.json(rows as never)}) AS v (code text, version int, content jsonb, hash text, origin text, "decisionNumber" text, "decisionDate" text, "validFrom" text, "publishedAt" text, "baseVersion" int)`
  await tx`
    UPDATE catalogue.procedure_version p SET valid_to = greatest(p.valid_from, n.valid_from::date)
    FROM unnest(${versions.map((v) => v.code)}::text[], ${versions.map((v) => v.version)}::int[], ${versions.map((v) => v.validFrom)}::text[]) AS n (code, version, valid_from)
    WHERE p.code = n.code AND p.version = n.version - 1`
  await tx`
    UPDATE catalogue.procedure_version p SET valid_to = greatest(p.valid_from, next.valid_from)
    FROM unnest(${versions.map((v) => v.code)}::text[], ${versions.map((v) => v.version)}::int[]) AS n (code, version) JOIN catalogue.procedure_version next ON next.code = n.code AND next.version = n.version + 1
    WHERE p.code = n.code AND p.version = n.version AND p.valid_to IS NULL`
  await tx`
    UPDATE catalogue.procedure_version v SET valid_to = greatest(v.valid_from, a.abolished_on) FROM catalogue.abolition a
    WHERE a.code = v.code AND v.code = ANY(${versions.map((v) => v.code)}) AND (v.valid_to IS NULL OR v.valid_to > greatest(v.valid_from, a.abolished_on))`
}

/**
 * Draws the search rows of these codes anew from the version in force on `today`, or the earliest future one where none is yet.
 * A province's copy has no row: a search finds the original, whose page leads to the copies.
 */
export async function project(tx: Tx, codes: readonly string[], today: string, now: Date): Promise<void> {
  const rows = await tx<{ code: string; version: number; content: ProcedureInput }[]>`
    SELECT DISTINCT ON (code) code, version, content FROM catalogue.procedure_version WHERE code = ANY(${[...codes]}) AND base_version IS NULL
    ORDER BY code, (valid_from <= ${today} AND (valid_to IS NULL OR valid_to > ${today})) DESC, version DESC`
  if (rows.length === 0) return
  publicChanged(tx)
  const projected = rows.map((r) => projectionOf(r.version, r.content))
  await tx`
    INSERT INTO catalogue.sector (code, ministry_code, name_vi, name_en)
    SELECT DISTINCT ON ("sectorCode") "sectorCode", "ownerCode", "sectorVi", "sectorEn" FROM jsonb_to_recordset(${tx.json(projected as never)}) AS s ("sectorCode" text, "ownerCode" text, "sectorVi" text, "sectorEn" text) ORDER BY "sectorCode", "sectorEn"
    ON CONFLICT (code) DO UPDATE SET name_en = coalesce(sector.name_en, excluded.name_en), ministry_code = coalesce(sector.ministry_code, excluded.ministry_code)`
  await tx`
    INSERT INTO catalogue.document_type (code, name_vi, name_en)
    SELECT DISTINCT ON (code) code, vi, en FROM jsonb_to_recordset(${tx.json(projected.flatMap((p) => p.results) as never)}) AS d (code text, vi text, en text) ORDER BY code, en
    ON CONFLICT (code) DO UPDATE SET name_en = coalesce(document_type.name_en, excluded.name_en)`
  await tx`
    INSERT INTO catalogue.procedure (code, version, name_vi, name_en, translated, summary_vi, summary_en, sector_code, owner_code, owner_name, levels, subjects, life_events, online_level, has_service, name_plain, keywords_plain, words, updated_at)
    SELECT code, version, "nameVi", "nameEn", translated, "summaryVi", "summaryEn", "sectorCode", "ownerCode", "ownerName", levels, subjects, "lifeEvents", "onlineLevel", "hasService", "namePlain", "keywordsPlain",
      setweight(to_tsvector('simple', "titleWords"), 'A') || setweight(to_tsvector('simple', "keyWords"), 'B') || setweight(to_tsvector('simple', "otherWords"), 'D'), ${now}
    FROM jsonb_to_recordset(${tx.json(projected as never)}) AS p (code text, version int, "nameVi" text, "nameEn" text, translated boolean, "summaryVi" text, "summaryEn" text, "sectorCode" text, "ownerCode" text, "ownerName" text,
      levels text[], subjects text[], "lifeEvents" text[], "onlineLevel" text, "hasService" boolean, "namePlain" text, "keywordsPlain" text[], "titleWords" text, "keyWords" text, "otherWords" text)
    ON CONFLICT (code) DO UPDATE SET version = excluded.version, name_vi = excluded.name_vi, name_en = excluded.name_en, translated = excluded.translated, summary_vi = excluded.summary_vi, summary_en = excluded.summary_en,
      sector_code = excluded.sector_code, owner_code = excluded.owner_code, owner_name = excluded.owner_name, levels = excluded.levels, subjects = excluded.subjects, life_events = excluded.life_events,
      online_level = excluded.online_level, has_service = excluded.has_service, name_plain = excluded.name_plain, keywords_plain = excluded.keywords_plain, words = excluded.words, updated_at = excluded.updated_at`
  await tx`UPDATE catalogue.procedure p SET abolished_on = a.abolished_on FROM catalogue.abolition a WHERE a.code = p.code AND p.code = ANY(${[...codes]}) AND a.abolished_on <= ${today}`
}

export interface VersionRow { code: string; version: number; hash: string; origin: Origin; decisionNumber: string | null; decisionDate: string | null; validFrom: string; validTo: string | null; publishedAt: Date; baseVersion: number | null }

const columns = (db: Db) => db`code, version, content_hash AS hash, origin, decision_number AS "decisionNumber", decision_date AS "decisionDate", valid_from AS "validFrom", valid_to AS "validTo", published_at AS "publishedAt", base_version AS "baseVersion"`

/** Hashes of versions that are here, by 'code version'. */
export async function readHashes(db: Db, ids: readonly { code: string; version: number }[]): Promise<Map<string, string>> {
  const rows = await db<{ id: string; hash: string }[]>`
    SELECT v.code || ' ' || v.version AS id, v.content_hash AS hash FROM unnest(${ids.map((i) => i.code)}::text[], ${ids.map((i) => i.version)}::int[]) AS n (code, version) JOIN catalogue.procedure_version v ON v.code = n.code AND v.version = n.version`
  return new Map(rows.map((r) => [r.id, r.hash]))
}

export async function findVersionRow(db: Db, code: string, version: number): Promise<VersionRow | undefined> {
  const [row] = await db<VersionRow[]>`SELECT ${columns(db)} FROM catalogue.procedure_version WHERE code = ${code} AND version = ${version}`
  return row
}

export async function findCurrentRow(db: Db, code: string, day: string): Promise<VersionRow | undefined> {
  const [row] = await db<VersionRow[]>`
    SELECT ${columns(db)} FROM catalogue.procedure_version WHERE code = ${code} AND valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day}) ORDER BY version DESC LIMIT 1`
  return row
}

export async function listVersionRows(db: Db, code: string): Promise<VersionRow[]> {
  return await db<VersionRow[]>`SELECT ${columns(db)} FROM catalogue.procedure_version WHERE code = ${code} ORDER BY version DESC`
}

export async function readStoredContent(db: Db, code: string, version: number): Promise<ProcedureInput> {
  const [row] = await db<{ content: ProcedureInput }[]>`SELECT content FROM catalogue.procedure_version WHERE code = ${code} AND version = ${version}`
  return row!.content
}

/** Puts right a version that differs from the national one; used only for copies at local nodes. */
export async function replaceCopy(tx: Tx, v: NewVersion): Promise<void> {
  publicChanged(tx)
  await tx`
    UPDATE catalogue.procedure_version SET content = ${tx.json(v.content as never)}, content_hash = ${v.hash}, origin = ${v.origin}, decision_number = ${v.decisionNumber}, decision_date = ${v.decisionDate}, valid_from = ${v.validFrom},
      valid_to = greatest(valid_to, ${v.validFrom}::date), published_at = ${v.publishedAt}, base_version = ${v.baseVersion ?? null}
    WHERE code = ${v.code} AND version = ${v.version}`
}

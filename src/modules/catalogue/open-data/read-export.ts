import type { Db } from '../../../platform/db.ts'
import type { ProcedureInput } from '../content.ts'
import type { Origin } from '../procedure-version.ts'
import type { ExportedVersion, LifeEvents } from './cpsv-ap.ts'

export interface ExportRow extends ExportedVersion { origin: Origin; decisionDate: string | null; baseVersion: number | null }

interface Row { code: string; version: number; content: ProcedureInput; hash: string; origin: Origin; validFrom: string; validTo: string | null; decisionNumber: string | null; decisionDate: string | null; publishedAt: Date; baseVersion: number | null; signature: string | null; abolishedOn: string | null }

/** Few enough that writing them down holds up nobody who waits for a page. */
const pageSize = 25

const columns = (db: Db) => db`v.code, v.version, v.content, v.content_hash AS hash, v.origin, v.valid_from AS "validFrom", v.valid_to AS "validTo", v.decision_number AS "decisionNumber", v.decision_date AS "decisionDate", v.published_at AS "publishedAt", v.base_version AS "baseVersion",
  s.jws AS signature, p.abolished_on AS "abolishedOn"`
const sources = (db: Db) => db`catalogue.procedure_version v LEFT JOIN catalogue.version_signature s ON s.code = v.code AND s.version = v.version LEFT JOIN catalogue.procedure p ON p.code = v.code`

/** The catalogue page by page, by code and version: every version, or with `day` those that are in force then and not abolished. */
export async function* readExport(db: Db, today: string, which: 'all' | 'in-force'): AsyncGenerator<ExportRow[]> {
  for (let after = { code: '', version: 0 }; ;) {
    const rows = await db<Row[]>`
      SELECT ${columns(db)} FROM ${sources(db)} WHERE (v.code, v.version) > (${after.code}, ${after.version})
        ${which === 'in-force' ? db`AND v.valid_from <= ${today} AND (v.valid_to IS NULL OR v.valid_to > ${today}) AND (p.abolished_on IS NULL OR p.abolished_on > ${today})` : db``}
      ORDER BY v.code, v.version LIMIT ${pageSize}`
    if (rows.length > 0) yield rows.map((row) => withStatus(row, today))
    const last = rows.at(-1)
    if (!last || rows.length < pageSize) return
    after = last
  }
}

/** One version for export, or undefined. */
export async function readExportedVersion(db: Db, code: string, version: number, today: string): Promise<ExportRow | undefined> {
  const [row] = await db<Row[]>`SELECT ${columns(db)} FROM ${sources(db)} WHERE v.code = ${code} AND v.version = ${version}`
  return row && withStatus(row, today)
}

function withStatus({ abolishedOn, ...row }: Row, today: string): ExportRow {
  const status = abolishedOn !== null && abolishedOn <= today ? 'abolished' : row.validFrom > today ? 'future' : row.validTo !== null && row.validTo <= today ? 'superseded' : 'in-force'
  return { ...row, status }
}

/** Names of the life events, by code. */
export async function readLifeEvents(db: Db): Promise<LifeEvents> {
  const rows = await db<{ code: string; audience: 'person' | 'business'; vi: string; en: string }[]>`SELECT code, audience, name_vi AS vi, name_en AS en FROM catalogue.life_event`
  return new Map(rows.map((r) => [r.code, r]))
}

/** Digest of what the catalogue is on a day: it changes when a version is published, comes into force or is abolished. */
export async function catalogueState(db: Db, today: string): Promise<string> {
  const [row] = await db<{ state: string }[]>`
    SELECT md5(coalesce(string_agg(concat_ws(' ', v.code, v.version, v.content_hash, v.valid_from, v.valid_to, v.decision_number, v.valid_from <= ${today}, p.abolished_on <= ${today}), ',' ORDER BY v.code, v.version), '')) AS state
    FROM catalogue.procedure_version v LEFT JOIN catalogue.procedure p ON p.code = v.code`
  return row!.state
}

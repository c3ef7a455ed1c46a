import type { Db, Tx } from '../../../platform/db.ts'

/** Who is warned, the lowest first. */
export const levels = ['officer', 'head', 'leader'] as const
export type Level = (typeof levels)[number]

/** How many working hours before the date of a dossier who is warned ("cảnh báo trước hạn"), as it holds in a period; null: nobody of that level. */
export interface WarningRule {
  code: string
  validFrom: string
  /** First day on which it no longer holds; null for the last. */
  validTo: string | null
  /** The instrument that says so. */
  title: string
  hours: Record<Level, number | null>
}

export async function listWarningRules(db: Db): Promise<WarningRule[]> {
  return await db<WarningRule[]>`
    SELECT code, valid_from::text AS "validFrom", valid_to::text AS "validTo", title, jsonb_build_object('officer', officer_hours, 'head', head_hours, 'leader', leader_hours) AS hours FROM dossiers.warning_rule ORDER BY valid_from`
}

/** The rule of a day; undefined where none holds. */
export const ruleOn = (rules: readonly WarningRule[], day: string): WarningRule | undefined => rules.findLast((rule) => rule.validFrom <= day && (rule.validTo === null || day < rule.validTo))

/** Closes the one before on the first day of this one. False where another begins on this day or later, or has the code. */
export async function insertWarningRule(tx: Tx, { code, validFrom, title, hours }: Omit<WarningRule, 'validTo'>): Promise<boolean> {
  await tx`LOCK TABLE dossiers.warning_rule IN SHARE ROW EXCLUSIVE MODE`
  const [taken] = await tx`SELECT 1 FROM dossiers.warning_rule WHERE code = ${code} OR valid_from >= ${validFrom}`
  if (taken) return false
  await tx`UPDATE dossiers.warning_rule SET valid_to = ${validFrom} WHERE valid_to IS NULL`
  await tx`INSERT INTO dossiers.warning_rule (code, valid_from, title, officer_hours, head_hours, leader_hours) VALUES (${code}, ${validFrom}, ${title}, ${hours.officer}, ${hours.head}, ${hours.leader})`
  return true
}

/** Takes back a rule whose first day has not come; the one before goes on. Its first day, or undefined where there is none such. */
export async function deleteWarningRule(tx: Tx, code: string, today: string): Promise<string | undefined> {
  const [gone] = await tx<{ validFrom: string }[]>`DELETE FROM dossiers.warning_rule WHERE code = ${code} AND valid_from > ${today} AND valid_to IS NULL RETURNING valid_from::text AS "validFrom"`
  if (gone) await tx`UPDATE dossiers.warning_rule SET valid_to = NULL WHERE valid_to = ${gone.validFrom}`
  return gone?.validFrom
}

export interface Nearing { id: string; agencyCode: string; dueAt: Date; warned: Level[] }

/** Dossiers of this node whose clock runs to a date up to `until`, and who was warned of it already. */
export async function listNearing(db: Db, nodeCode: string, now: Date, until: Date, limit: number): Promise<Nearing[]> {
  return await db<Nearing[]>`
    SELECT d.id, d.agency_code AS "agencyCode", d.due_at AS "dueAt", ARRAY(SELECT w.level FROM dossiers.warning w WHERE w.dossier_id = d.id AND w.due_at = d.due_at) AS warned
    FROM dossiers.dossier d WHERE d.node_code = ${nodeCode} AND d.state IN ('received', 'in-progress') AND d.state <> 'returned' AND d.paused_at IS NULL AND d.due_at > ${now} AND d.due_at <= ${until}
      AND (SELECT count(*) FROM dossiers.warning w WHERE w.dossier_id = d.id AND w.due_at = d.due_at) < ${levels.length}
    ORDER BY d.due_at LIMIT ${limit}`
}

/** True for the first that warns this level of this date. */
export async function insertWarning(tx: Tx, w: { dossierId: string; level: Level; dueAt: Date; rule: string; at: Date }): Promise<boolean> {
  return (await tx`INSERT INTO dossiers.warning (dossier_id, level, due_at, rule, at) VALUES (${w.dossierId}, ${w.level}, ${w.dueAt}, ${w.rule}, ${w.at}) ON CONFLICT DO NOTHING RETURNING level`).length > 0
}

/** The highest level that was warned of the date that each of these dossiers has now. */
export async function warnedLevels(db: Db, dossierIds: readonly string[]): Promise<Map<string, Level>> {
  const rows = dossierIds.length === 0 ? [] : await db<{ id: string; level: Level }[]>`
    SELECT w.dossier_id AS id, w.level FROM dossiers.warning w JOIN dossiers.dossier d ON d.id = w.dossier_id AND d.due_at = w.due_at WHERE w.dossier_id = ANY(${[...dossierIds]}) ORDER BY array_position(${[...levels]}::text[], w.level)`
  return new Map(rows.map((row) => [row.id, row.level]))
}

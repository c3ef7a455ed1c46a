import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Db } from '../../../platform/db.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../catalogue.errors.ts'
import { mayIssueFor } from './decision.ts'
import { ownerOfCode, type LocalPart } from './local-part.ts'

/** A province's copy as it stands last. */
export interface Copy {
  code: string
  version: number
  baseCode: string
  baseVersion: number
  /** Version of the original that the province has looked at last. */
  reviewedVersion: number
  part: LocalPart
  nameVi: string
  nameEn: string
  validFrom: string
  isAbolished: boolean
  /** The original got a version that the province has not looked at. */
  hasChanged: boolean
}

const last = (db: Db) => db`
  SELECT DISTINCT ON (l.code) l.code, l.version, l.base_code AS "baseCode", l.base_version AS "baseVersion", l.reviewed_version AS "reviewedVersion", l.part, p.name_vi AS "nameVi", p.name_en AS "nameEn",
    v.valid_from AS "validFrom", a.code IS NOT NULL AS "isAbolished", l.reviewed_version < l.base_version AND a.code IS NULL AS "hasChanged"
  FROM catalogue.local_part l JOIN catalogue.procedure_version v ON v.code = l.code AND v.version = l.version JOIN catalogue.procedure p ON p.code = l.base_code LEFT JOIN catalogue.abolition a ON a.code = l.code`

export async function findCopy(db: Db, code: string): Promise<Copy | undefined> {
  const [row] = await db<Copy[]>`${last(db)} WHERE l.code = ${code} ORDER BY l.code, l.version DESC`
  return row
}

const pageSize = 25

/** Copies of a province (of all where none is given), those whose original has changed first. */
export async function listCopies(db: Db, filter: { issuer?: string | undefined; changedOnly?: boolean; q?: string | undefined }, page: number): Promise<{ rows: Copy[]; total: number; changed: number; page: number; pages: number }> {
  const q = filter.q ? `%${filter.q.replace(/[\\%_]/g, '\\$&')}%` : undefined
  const all = db`(${last(db)} ${filter.issuer ? db`WHERE right(l.code, 3) = ${filter.issuer}` : db``} ORDER BY l.code, l.version DESC) c WHERE TRUE ${filter.changedOnly ? db`AND c."hasChanged"` : db``} ${q ? db`AND (c.code LIKE ${q} OR c."nameVi" ILIKE ${q})` : db``}`
  const [count] = await db<{ n: number; changed: number }[]>`SELECT count(*)::int AS n, count(*) FILTER (WHERE c."hasChanged")::int AS changed FROM ${all}`
  const pages = Math.max(1, Math.ceil(count!.n / pageSize))
  const at = Math.min(Math.max(page, 1), pages)
  const rows = await db<Copy[]>`SELECT c.* FROM ${all} ORDER BY c."hasChanged" DESC, c.code LIMIT ${pageSize} OFFSET ${(at - 1) * pageSize}`
  return { rows, total: count!.n, changed: count!.changed, page: at, pages }
}

export interface CopyLink { code: string; issuer: string }

/** The provinces that have a copy of an original in force or to come. */
export async function copiesOf(db: Db, baseCode: string): Promise<CopyLink[]> {
  return await db<CopyLink[]>`
    SELECT DISTINCT v.code, right(v.code, 3) AS issuer FROM catalogue.procedure_version v
    WHERE left(v.code, 8) = ${baseCode} AND v.base_version IS NOT NULL AND v.valid_to IS NULL ORDER BY v.code`
}

/**
 * The province has looked at the changed original and keeps its own part. `baseVersion` is the version it looked at: of one that came
 * since, it has seen nothing. @throws NOT_AUTHOR, PROCEDURE_NOT_FOUND, NOT_ISSUER
 */
export async function confirmCopy(ctx: Ctx, input: { code: string; baseVersion: number }): Promise<void> {
  if (ctx.node.config.kind !== 'national') throw errors.NOT_AUTHOR()
  await transact(ctx, async (tx) => {
    const copy = await findCopy(tx, input.code)
    if (!copy) throw errors.PROCEDURE_NOT_FOUND({ code: input.code })
    const issuer = ownerOfCode(copy.code)!
    if (!mayIssueFor(ctx.actor, issuer)) throw errors.NOT_ISSUER({ issuer })
    const seen = Math.min(input.baseVersion, copy.baseVersion)
    const moved = await tx`UPDATE catalogue.local_part SET reviewed_version = ${seen} WHERE code = ${copy.code} AND version = ${copy.version} AND reviewed_version < ${seen}`
    if (moved.count > 0) await appendEvent(tx, ctx, { type: 'catalogue.copy_reviewed', subject: copy.code, data: { code: copy.code, baseVersion: seen } })
  })
}

import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { civilDate } from '../../platform/i18n.ts'
import { enqueue } from '../../platform/jobs.ts'
import { insertVersions, project, type NewVersion } from './procedure.store.ts'

export const projectQueue = 'catalogue.project'

/** Writes the versions, draws the search rows, and plans to draw them again on the day when a later version comes into force. */
export async function keepVersions(tx: Tx, ctx: Ctx, versions: readonly NewVersion[]): Promise<void> {
  if (versions.length === 0) return
  const today = civilDate(ctx.now)
  await insertVersions(tx, versions)
  await project(tx, versions.map((v) => v.code), today, ctx.now)
  // A copy has no search row.
  for (const v of versions.filter((later) => later.validFrom > today && !later.baseVersion)) await planProjection(tx, v.code, v.validFrom, String(v.version))
}

/** Draws the search row anew at the beginning of a day. */
export async function planProjection(tx: Tx, code: string, day: string, what: string): Promise<void> {
  await enqueue(tx, { queue: projectQueue, payload: { code }, runAt: beginningOf(day), key: `${code} ${what}` })
}

/** First moment of a civil day in Vietnam. */
export const beginningOf = (day: string): Date => new Date(`${day}T00:00:00+07:00`)

/** The event by which the feed carries a version down. */
export const publishedEvent = (v: NewVersion) => ({ type: 'catalogue.procedure_published', subject: v.code, data: { code: v.code, version: v.version, hash: v.hash, validFrom: v.validFrom } })

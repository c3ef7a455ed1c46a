import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { isId } from '../../../platform/ids.ts'
import { appendEvent } from '../../ledger/index.ts'
import { mendable } from '../messages/check-message.ts'
import { errors } from '../national-portal.errors.ts'

/** Tells a dossier again that became a dead letter, and what waits behind it. @throws NOT_DEAD */
export async function redriveDossier(ctx: Ctx, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    await revive(tx, ctx, id)
    await appendEvent(tx, ctx, { type: 'national-portal.redriven', subject: id, data: {} })
  })
  ctx.node.nudge('national-portal')
}

/** The same with all of them, where the reason was not theirs: an account or a code list that is right now. @returns how many */
export async function redriveAll(ctx: Ctx): Promise<number> {
  const count = await transact(ctx, async (tx) => {
    const rows = await tx`UPDATE national_portal.dossier SET dead_at = NULL, dead_answer = NULL, dead_problems = NULL, failures = 0, retry_at = NULL, waiting_since = coalesce(waiting_since, ${ctx.now}) WHERE dead_at IS NOT NULL AND set_aside_at IS NULL RETURNING dossier_id`
    if (rows.length > 0) await appendEvent(tx, ctx, { type: 'national-portal.all_redriven', subject: ctx.node.config.code, data: { count: rows.length } })
    return rows.length
  })
  ctx.node.nudge('national-portal')
  return count
}

/** Gives a dead letter up: the portal is told nothing more of this dossier until somebody tells it again. @throws NOT_DEAD */
export async function setDossierAside(ctx: Ctx, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const rows = isId(id) ? await tx`UPDATE national_portal.dossier SET set_aside_at = ${ctx.now} WHERE dossier_id = ${id} AND dead_at IS NOT NULL AND set_aside_at IS NULL RETURNING dossier_id` : []
    if (rows.length === 0) throw errors.NOT_DEAD()
    await appendEvent(tx, ctx, { type: 'national-portal.set_aside', subject: id, data: {} })
  })
}

/**
 * Puts fields of a dead letter right for the messages and tells it again; the dossier itself stays as it is. An empty value takes back what was put right before. States and times are
 * facts and cannot be written here. Returns the mistakes, or nothing when it is on its way. @throws NOT_DEAD
 */
export async function mendDossier(ctx: Ctx, id: string, values: Readonly<Record<string, string>>): Promise<FieldError[]> {
  const given = Object.entries(values).map(([field, value]) => [field, value.trim()] as const)
  const mistakes = given.flatMap(([field, value]): FieldError[] => {
    const max = (mendable as Readonly<Record<string, number>>)[field]
    if (max === undefined) return [{ field, key: 'national-portal.mend.notMendable' }]
    return value.length > max ? [{ field, key: 'national-portal.mend.tooLong', params: { max } }] : []
  })
  if (mistakes.length > 0) return mistakes
  await transact(ctx, async (tx) => {
    const mended = await revive(tx, ctx, id)
    const next = Object.fromEntries(Object.entries({ ...mended, ...Object.fromEntries(given) }).filter(([, value]) => value !== ''))
    await tx`UPDATE national_portal.dossier SET mended = ${tx.json(next)} WHERE dossier_id = ${id}`
    // Which fields, not what stands in them: names and numbers of people are among them.
    await appendEvent(tx, ctx, { type: 'national-portal.mended', subject: id, data: { fields: given.map(([field]) => field) } })
  })
  ctx.node.nudge('national-portal')
  return []
}

async function revive(tx: Tx, ctx: Ctx, id: string): Promise<Record<string, string>> {
  const [row] = isId(id) ? await tx<{ mended: Record<string, string> }[]>`
    UPDATE national_portal.dossier SET dead_at = NULL, dead_answer = NULL, dead_problems = NULL, set_aside_at = NULL, failures = 0, retry_at = NULL, waiting_since = coalesce(waiting_since, ${ctx.now})
    WHERE dossier_id = ${id} AND dead_at IS NOT NULL RETURNING mended` : []
  if (!row) throw errors.NOT_DEAD()
  return row.mended
}

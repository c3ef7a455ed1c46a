import { actorKey, isPermitted, type Actor } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { dueAt, loadCalendar } from '../../calendar/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../catalogue.errors.ts'

/** Time that an agency has to correct or answer (S4 art. 24). */
export const correctionLimit = { value: 10, unit: 'working-day' } as const
const longest = 4000

const checkText = (field: string, text: string): FieldError[] => (text === '' ? [{ field, key: 'catalogue.review.required' }] : text.length > longest ? [{ field, key: 'catalogue.review.tooLong', params: { longest } }] : [])

/** Asks the owner of a procedure to correct what is open; the clock runs from now. Gives how many findings it covers, or what is wrong. @throws NOTHING_TO_ASK */
export async function requestCorrection(ctx: Ctx, code: string, text: string): Promise<{ asked: number; due: Date } | FieldError[]> {
  const wrong = text === '' ? [] : checkText('request', text)
  if (wrong.length > 0) return wrong
  const { due } = dueAt(await loadCalendar(ctx.db), ctx.now, correctionLimit)
  return transact(ctx, async (tx) => {
    const rows = await tx<{ rule: string }[]>`
      UPDATE catalogue.finding SET state = 'asked', asked_at = ${ctx.now}, asked_by = ${actorKey(ctx.actor)}, request = ${text}, due_at = ${due}, answer = NULL, answered_at = NULL, answered_by = NULL
      WHERE procedure_code = ${code} AND state IN ('open', 'answered') RETURNING rule`
    if (rows.length === 0) throw errors.NOTHING_TO_ASK()
    await appendEvent(tx, ctx, { type: 'catalogue.correction_requested', subject: code, data: { code, rules: rows.map((r) => r.rule), due: due.toISOString() } })
    return { asked: rows.length, due }
  })
}

/** The owner answers what it was asked: done on such a day, or why not. The reviewer takes the answer or asks again. @throws NOTHING_TO_ANSWER, NOT_OWNER */
export async function answerCorrection(ctx: Ctx, code: string, text: string): Promise<number | FieldError[]> {
  const wrong = checkText('answer', text)
  if (wrong.length > 0) return wrong
  return transact(ctx, async (tx) => {
    const known = await tx<{ owner: string | null }[]>`SELECT owner_code AS owner FROM catalogue.finding WHERE procedure_code = ${code} AND state = 'asked' FOR UPDATE`
    if (known.length === 0) throw errors.NOTHING_TO_ANSWER()
    if (!answersFor(ctx.actor, known[0]!.owner)) throw errors.NOT_OWNER()
    await tx`UPDATE catalogue.finding SET state = 'answered', answer = ${text}, answered_at = ${ctx.now}, answered_by = ${actorKey(ctx.actor)} WHERE procedure_code = ${code} AND state = 'asked'`
    await appendEvent(tx, ctx, { type: 'catalogue.correction_answered', subject: code, data: { code, findings: known.length } })
    return known.length
  })
}

/** The reviewer takes the answer: the findings are closed though the check would find them again. @throws NOTHING_TO_CLOSE */
export async function closeFindings(ctx: Ctx, code: string): Promise<number> {
  return transact(ctx, async (tx) => {
    const rows = await tx`UPDATE catalogue.finding SET state = 'closed', closed_at = ${ctx.now}, closed_how = 'accepted' WHERE procedure_code = ${code} AND state = 'answered' RETURNING id`
    if (rows.length === 0) throw errors.NOTHING_TO_CLOSE()
    await appendEvent(tx, ctx, { type: 'catalogue.findings_closed', subject: code, data: { code, findings: rows.length } })
    return rows.length
  })
}

/** What no rule sees and a reviewer does. @throws PROCEDURE_NOT_FOUND */
export async function addFinding(ctx: Ctx, code: string, text: string): Promise<FieldError[]> {
  const wrong = checkText('finding', text)
  if (wrong.length > 0) return wrong
  await transact(ctx, async (tx) => {
    const rows = await tx`
      INSERT INTO catalogue.finding (id, procedure_code, version, rule, severity, owner_code, owner_name, params, found_at)
      SELECT ${newId()}, code, version, 'manual', 'warning', owner_code, owner_name, ${tx.json({ text })}, ${ctx.now} FROM catalogue.procedure WHERE code = ${code} RETURNING id`
    if (rows.length === 0) throw errors.PROCEDURE_NOT_FOUND({ code: code.slice(0, 40) })
    await appendEvent(tx, ctx, { type: 'catalogue.finding_added', subject: code, data: { code } })
  })
  return []
}

/** Officers of the owner and of what stands above it; who reviews may answer where a procedure has no owner. */
export function answersFor(actor: Actor, owner: string | null): boolean {
  if (actor.kind !== 'officer') return false
  return owner === null ? isPermitted(actor, 'catalogue.review') : owner === actor.agencyCode || owner.startsWith(`${actor.agencyCode}.`) || actor.agencyCode.startsWith(`${owner}.`)
}

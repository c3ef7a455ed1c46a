import { actorKey } from '../../../../platform/actor.ts'
import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { Tx } from '../../../../platform/db.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { newId } from '../../../../platform/ids.ts'
import { enqueue } from '../../../../platform/jobs.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { errors } from '../../identity.errors.ts'
import { limitEnds } from '../life-rules.ts'
import { readContact, tell } from '../tell.ts'
import { keepMessage, lockProblem, openStatement, outcomes, type Outcome, type Problem } from './problem.ts'
import { longestWords } from './report-problem.ts'
import { problemClockQueue } from './watch-problems.ts'

/** Formal handling begins: the result is due 48 hours from now (Decision 31/2021, art. 13.1). @throws PROBLEM_TAKEN */
export async function takeProblem(ctx: Ctx, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const problem = await lockProblem(tx, id)
    if (problem.takenAt) throw errors.PROBLEM_TAKEN()
    await begin(tx, ctx, problem)
  })
}

async function begin(tx: Tx, ctx: Ctx, problem: Problem): Promise<void> {
  const resultBy = await limitEnds(tx, 'problem-result', ctx.now)
  await tx`UPDATE identity.account_problem SET state = 'taken', taken_at = ${ctx.now}, taken_by = ${actorKey(ctx.actor)}, result_by = ${resultBy} WHERE id = ${problem.id}`
  await appendEvent(tx, ctx, { type: 'identity.problem_taken', subject: problem.id, data: { resultBy: resultBy.toISOString() } })
  await enqueue(tx, { queue: problemClockQueue, payload: { id: problem.id, clock: 'result' }, runAt: resultBy, key: `${problem.id} result` })
  await tellReporter(tx, ctx, problem, 'taken', 'taken')
}

/** Says who was told, which ends the first clock. Formal handling begins with it at the latest, so that the second cannot be put off. */
export async function informParties(ctx: Ctx, id: string, words: string): Promise<FieldError[]> {
  const wrong = checkWords('parties', words)
  if (wrong.length > 0) return wrong
  await transact(ctx, async (tx) => {
    const problem = await lockProblem(tx, id)
    if (!problem.takenAt) await begin(tx, ctx, problem)
    const messageId = newId(ctx.now.getTime())
    await keepMessage(tx, ctx, { id: messageId, problemId: id, kind: 'informed', by: actorKey(ctx.actor), words })
    await tx`UPDATE identity.account_problem SET informed_at = coalesce(informed_at, ${ctx.now}) WHERE id = ${id}`
    await appendEvent(tx, ctx, { type: 'identity.problem_parties_informed', subject: id, data: { messageId } })
    await tellReporter(tx, ctx, problem, 'informed', messageId)
  })
  return []
}

/** A word to who reported it while the work goes on: the words go by mail, or stand on the page of the logged-in owner. */
export async function answerProblem(ctx: Ctx, id: string, words: string): Promise<FieldError[]> {
  const wrong = checkWords('message', words)
  if (wrong.length > 0) return wrong
  await transact(ctx, async (tx) => {
    const problem = await lockProblem(tx, id)
    const messageId = newId(ctx.now.getTime())
    await keepMessage(tx, ctx, { id: messageId, problemId: id, kind: 'message', by: actorKey(ctx.actor), words })
    await appendEvent(tx, ctx, { type: 'identity.problem_answered', subject: id, data: { messageId } })
    await tellReporter(tx, ctx, problem, 'message', messageId, words)
  })
  return []
}

/** The result. @throws PROBLEM_NOT_TAKEN, PROBLEM_CLOSED */
export async function closeProblem(ctx: Ctx, id: string, input: { outcome: string; words: string }): Promise<FieldError[]> {
  const wrong = checkWords('answer', input.words)
  if (!outcomes.includes(input.outcome as Outcome)) wrong.unshift({ field: 'outcome', key: 'identity.life.problem.outcome.missing' })
  if (wrong.length > 0) return wrong
  await transact(ctx, async (tx) => {
    const problem = await lockProblem(tx, id)
    if (!problem.takenAt) throw errors.PROBLEM_NOT_TAKEN()
    const messageId = newId(ctx.now.getTime())
    await keepMessage(tx, ctx, { id: messageId, problemId: id, kind: 'result', by: actorKey(ctx.actor), words: input.words })
    await tx`UPDATE identity.account_problem SET state = 'closed', closed_at = ${ctx.now}, closed_by = ${actorKey(ctx.actor)}, outcome = ${input.outcome} WHERE id = ${id}`
    await appendEvent(tx, ctx, { type: 'identity.problem_closed', subject: id, data: { outcome: input.outcome } })
    await tellReporter(tx, ctx, problem, 'closed', messageId, input.words)
  })
  return []
}

async function tellReporter(tx: Tx, ctx: Ctx, problem: Problem, what: 'taken' | 'informed' | 'message' | 'closed', occasion: string, words = ''): Promise<void> {
  const contact = readContact(openStatement(ctx.node, problem)?.contact ?? '')
  if (contact) await tell(tx, ctx, contact, { base: `identity.life.problem.told.${what}.`, key: `identity.problem:${problem.id}:${occasion}`, lang: problem.lang, params: { reference: problem.reference, words } })
}

function checkWords(field: string, words: string): FieldError[] {
  if (words.length < 5) return [{ field, key: `identity.life.problem.${field}.missing` }]
  return words.length > longestWords ? [{ field, key: 'identity.life.problem.words.long', params: { longest: longestWords } }] : []
}

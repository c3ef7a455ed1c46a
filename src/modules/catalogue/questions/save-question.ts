import { actorKey, type Actor } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../catalogue.errors.ts'
import { procedureNames } from '../get-procedure.ts'
import type { Question, QuestionContent } from './question.ts'
import { insertQuestion, lockQuestion, updateQuestion } from './questions.store.ts'

export interface QuestionInput extends QuestionContent { /** Of the copy that the author saw; absent for a new question. */ id?: string; revision?: number }

const longestQuestion = 300
const longestAnswer = 8000

/** Saves the working copy; the public keep what was published. Gives the id, or what is wrong with the input. */
export async function saveQuestion(ctx: Ctx, input: QuestionInput): Promise<{ id: string } | FieldError[]> {
  const wrong = await checkDraft(ctx, input)
  if (wrong.length > 0) return wrong
  const by = actorKey(ctx.actor)
  return transact(ctx, async (tx) => {
    if (!input.id) {
      const id = newId()
      await insertQuestion(tx, id, ctx.actor.kind === 'officer' ? ctx.actor.agencyCode : null, input, by, ctx.now)
      await appendEvent(tx, ctx, { type: 'catalogue.question_drafted', subject: id, data: { procedures: input.procedures } })
      return { id }
    }
    const known = await lockQuestion(tx, input.id)
    if (!known) throw errors.QUESTION_NOT_FOUND()
    requireEditor(ctx.actor, known)
    if (known.revision !== input.revision) return [{ field: 'questionVi', key: 'catalogue.questions.changedMeanwhile' }]
    await updateQuestion(tx, input.id, input, by, ctx.now)
    await appendEvent(tx, ctx, { type: 'catalogue.question_drafted', subject: input.id, data: { procedures: input.procedures } })
    return { id: input.id }
  })
}

/** An agency edits its own questions and those of the agencies below it; what the program ships may be edited by any author. */
export function requireEditor(actor: Actor, question: Pick<Question, 'agency'>): void {
  if (!mayEdit(actor, question)) throw errors.QUESTION_OF_OTHERS()
}

export function mayEdit(actor: Actor, { agency }: Pick<Question, 'agency'>): boolean {
  if (actor.kind === 'system') return true
  return actor.kind === 'officer' && (agency === null || agency === actor.agencyCode || agency.startsWith(`${actor.agencyCode}.`))
}

async function checkDraft(ctx: Ctx, { question, answer, procedures }: QuestionContent): Promise<FieldError[]> {
  const wrong: FieldError[] = []
  if (question.vi === '') wrong.push({ field: 'questionVi', key: 'catalogue.questions.required' })
  for (const [field, value, longest] of [['questionVi', question.vi, longestQuestion], ['questionEn', question.en, longestQuestion], ['answerVi', answer.vi, longestAnswer], ['answerEn', answer.en, longestAnswer]] as const) {
    if (value.length > longest) wrong.push({ field, key: 'catalogue.questions.tooLong', params: { longest } })
  }
  const known = await procedureNames(ctx.db, procedures, 'vi')
  const unknown = procedures.filter((code) => !known.has(code))
  if (unknown.length > 0) wrong.push({ field: 'procedures', key: 'catalogue.questions.unknownProcedures', params: { codes: unknown.join(', ').slice(0, 200) } })
  return wrong
}

/** What a question still lacks before the public may read it. */
export function missingForPublication({ question, answer, sector, lifeEvents, procedures }: QuestionContent): FieldError[] {
  const empty = [['questionVi', question.vi], ['questionEn', question.en], ['answerVi', answer.vi], ['answerEn', answer.en]].filter(([, value]) => value === '').map(([field]) => ({ field: field!, key: 'catalogue.questions.required' }))
  return sector === null && lifeEvents.length === 0 && procedures.length === 0 ? [...empty, { field: 'sector', key: 'catalogue.questions.needsPlace' }] : empty
}

import { actorKey } from '../../../platform/actor.ts'
import { systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Follower } from '../../../platform/module.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../catalogue.errors.ts'
import { flagQuestions, insertQuestionVersion, lockQuestion, withdrawPublished } from './questions.store.ts'
import { missingForPublication, requireEditor } from './save-question.ts'

/** What its author confirmed becomes public, as a new version. @throws QUESTION_NOT_FOUND, QUESTION_OF_OTHERS, QUESTION_INCOMPLETE, QUESTION_CHANGED */
export async function publishQuestion(ctx: Ctx, id: string, revision: number): Promise<number> {
  return transact(ctx, (tx) => publishQuestionIn(tx, ctx, id, revision))
}

/** As publishQuestion, in the caller's transaction. */
export async function publishQuestionIn(tx: Tx, ctx: Ctx, id: string, revision: number): Promise<number> {
  const question = await lockQuestion(tx, id)
  if (!question) throw errors.QUESTION_NOT_FOUND()
  requireEditor(ctx.actor, question)
  if (question.revision !== revision) throw errors.QUESTION_CHANGED()
  if (missingForPublication(question).length > 0) throw errors.QUESTION_INCOMPLETE()
  const version = await insertQuestionVersion(tx, question, actorKey(ctx.actor), ctx.now)
  await appendEvent(tx, ctx, { type: 'catalogue.question_published', subject: id, data: { version, procedures: question.procedures } })
  return version
}

/** The public no longer read it; its versions and the working copy stay. @throws QUESTION_NOT_FOUND, QUESTION_OF_OTHERS, QUESTION_CHANGED */
export async function withdrawQuestion(ctx: Ctx, id: string, revision: number): Promise<void> {
  await transact(ctx, async (tx) => {
    const question = await lockQuestion(tx, id)
    if (!question) throw errors.QUESTION_NOT_FOUND()
    requireEditor(ctx.actor, question)
    if (question.revision !== revision || question.publishedVersion === null) throw errors.QUESTION_CHANGED()
    await withdrawPublished(tx, id, actorKey(ctx.actor), ctx.now)
    await appendEvent(tx, ctx, { type: 'catalogue.question_withdrawn', subject: id, data: { version: question.publishedVersion } })
  })
}

/** A new version of a procedure calls the questions about it into review (S4 art. 22); the first version of a procedure changes no answer. */
export const questionFollower: Follower = {
  name: 'catalogue.questions',
  title: 'catalogue.questions.follower',
  types: ['catalogue.procedure_published', 'catalogue.procedure_applied'],
  patient: true,
  async handle(tx, events, node) {
    const ctx = systemCtx(node, 'catalogue.questions')
    for (const { data, at } of events) {
      const changed = { code: String(data.code), version: Number(data.version) }
      if (changed.version < 2) continue
      for (const id of await flagQuestions(tx, changed, at)) await appendEvent(tx, ctx, { type: 'catalogue.question_flagged', subject: id, data: changed })
    }
  },
}

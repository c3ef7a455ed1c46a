import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { publishQuestionIn } from './publish-question.ts'
import { findQuestion, insertQuestion } from './questions.store.ts'
import { shippedQuestions } from './shipped-questions.ts'

/** Publishes the shipped questions that are not there yet; what authors made of them stays. */
export async function seedQuestions(tx: Tx, ctx: Ctx): Promise<void> {
  for (const { id, ask, answer, events, procedures } of shippedQuestions) {
    if (await findQuestion(tx, id)) continue
    const [row] = await tx<{ sector: string | null }[]>`SELECT sector_code AS sector FROM catalogue.procedure WHERE code = ${procedures[0]!}`
    await insertQuestion(tx, id, null, { sector: row?.sector ?? null, lifeEvents: [...events], procedures: [...procedures], question: { vi: ask[0], en: ask[1] }, answer: { vi: answer[0], en: answer[1] } }, `system:${ctx.actor.kind === 'system' ? ctx.actor.id : ''}`, ctx.now)
    await publishQuestionIn(tx, ctx, id, 1)
  }
}

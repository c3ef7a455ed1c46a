import type { Ctx } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import { checkSurroundings } from './check-surroundings.ts'
import { findDefinition, modelOf } from './definition.store.ts'
import { expandCalls } from './expand-calls.ts'
import type { Problem, ProcessModel } from './model.ts'
import { parseProcess } from './parse-process.ts'
import { checkSoundness } from './soundness.ts'

/**
 * What publishing a BPMN file at this node would say: the model with called processes in their places, and everything that keeps it from being published.
 * @param legalLimit working time ("P5D"); the file's own where absent
 */
export async function judgeProcess(db: Db, ctx: Ctx, bpmn: string, legalLimit?: string): Promise<{ model?: ProcessModel; problems: Problem[] }> {
  const parsed = await parseProcess(bpmn)
  if (!parsed.model) return { problems: parsed.problems }
  const { model, problems } = await expandCalls(parsed.model, async (key) => {
    const called = await findDefinition(db, key, ctx.now)
    return called && modelOf(db, called.id)
  })
  const found = [...problems, ...await checkSurroundings(db, ctx, model)]
  return { model, problems: found.length > 0 ? found : checkSoundness(model, legalLimit) }
}

import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { civilDate, formatDate } from '../../../platform/i18n.ts'
import type { Problem } from '../model.ts'
import { errors } from '../process.errors.ts'
import { publishProcess } from '../publish-process.ts'
import { deleteProcessDraft, listDefinitions } from './draft.store.ts'
import { openSeenDraft } from './open-draft.ts'

export interface Refused { mistakes: FieldError[]; problems: Problem[] }

/**
 * Makes a draft that was handed over the next version of its process, for dossiers received from the beginning of `firstDay` ('YYYY-MM-DD', Vietnam time) on. It is
 * judged once more. Four eyes: who changed the draft last does not publish it. What stands in the way comes back. @throws OWN_EDIT; as openSeenDraft
 */
export async function publishProcessDraft(ctx: Ctx, key: string, revision: number, firstDay: string | undefined): Promise<Refused> {
  return transact(ctx, async (tx) => {
    const draft = await openSeenDraft(tx, ctx, key, 'in-check', revision)
    if (draft.editedBy === actorKey(ctx.actor)) throw errors.OWN_EDIT()
    const [last] = await listDefinitions(tx, key)
    const mistakes = checkDay(firstDay, civilDate(ctx.now), last && civilDate(last.validFrom))
    if (firstDay === undefined || mistakes.length > 0) return { mistakes, problems: [] }
    const { problems } = await publishProcess(tx, ctx, { bpmn: draft.bpmn, validFrom: firstDay === civilDate(ctx.now) ? ctx.now : new Date(`${firstDay}T00:00:00+07:00`) })
    if (problems.length === 0) await deleteProcessDraft(tx, key)
    return { mistakes, problems }
  })
}

/** From today on, and not before the version that it follows: that one would never hold. */
function checkDay(day: string | undefined, today: string, last: string | undefined): FieldError[] {
  if (day === undefined) return [{ field: 'firstDay', key: 'process.designer.check.day' }]
  if (day < today) return [{ field: 'firstDay', key: 'process.designer.check.dayPast', params: { today: formatDate(today) } }]
  return last !== undefined && day < last ? [{ field: 'firstDay', key: 'process.designer.check.dayBefore', params: { last: formatDate(last) } }] : []
}

import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { civilDate, formatDate } from '../../../platform/i18n.ts'
import { errors } from '../decisions.errors.ts'
import { listTableVersions } from '../decisions.store.ts'
import { publishTable } from '../publish-table.ts'
import { deleteTableDraft } from './draft.store.ts'
import { nameOf, openSeenTableDraft } from './open-table-draft.ts'

/**
 * Makes a draft that was handed over the next version of its table, in force from `firstDay` ('YYYY-MM-DD') on. Its examples are run once more. Four eyes: who
 * changed the draft last does not publish it. The mistakes come back. @throws OWN_EDIT; as openSeenTableDraft
 */
export async function publishTableDraft(ctx: Ctx, key: string, revision: number, firstDay: string | undefined): Promise<FieldError[]> {
  return transact(ctx, async (tx) => {
    const draft = await openSeenTableDraft(tx, ctx, key, 'in-check', revision)
    if (draft.editedBy === actorKey(ctx.actor)) throw errors.OWN_EDIT()
    const [last] = await listTableVersions(tx, key)
    const wrongDay = checkDay(firstDay, civilDate(ctx.now), last?.validFrom)
    if (firstDay === undefined || wrongDay.length > 0) return wrongDay
    const mistakes = await publishTable(tx, ctx, {
      version: (last?.version ?? 0) + 1, owner: draft.owner, validFrom: firstDay, origin: 'authored', definition: draft.definition, examples: draft.examples,
      publishedBy: actorKey(ctx.actor), publishedName: nameOf(ctx.actor),
    })
    if (mistakes.length === 0) await deleteTableDraft(tx, key)
    return mistakes
  })
}

/** From today on, and not before the version that it follows: that one would never hold. */
function checkDay(day: string | undefined, today: string, last: string | undefined): FieldError[] {
  if (day === undefined) return [{ field: 'firstDay', key: 'decisions.check.day' }]
  if (day < today) return [{ field: 'firstDay', key: 'decisions.check.dayPast', params: { today: formatDate(today) } }]
  return last !== undefined && day < last ? [{ field: 'firstDay', key: 'decisions.check.dayBefore', params: { last: formatDate(last) } }] : []
}

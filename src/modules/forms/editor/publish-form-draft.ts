import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { civilDate, formatDate } from '../../../platform/i18n.ts'
import { errors } from '../forms.errors.ts'
import { listFormVersions } from '../forms.store.ts'
import { publishForm } from '../publish-form.ts'
import type { DefinitionProblem } from '../read-definition.ts'
import { checkDraft } from './check-draft.ts'
import { deleteFormDraft } from './draft.store.ts'
import { requireOwnForm } from './form-owner.ts'
import { nameOf, openSeenDraft } from './open-draft.ts'

export type PublishedDraft = { version: number } | { errors: FieldError[] } | { problems: DefinitionProblem[] }

/**
 * Makes a draft that was handed over the next version of its form, offered from `firstDay` on ('YYYY-MM-DD'). Dossiers and drafts of dossiers
 * begun before keep their version. Four eyes: who changed the draft last does not publish it.
 * @throws OWN_EDIT; as openSeenDraft
 */
export async function publishFormDraft(ctx: Ctx, key: string, revision: number, firstDay: string | undefined): Promise<PublishedDraft> {
  return transact(ctx, async (tx): Promise<PublishedDraft> => {
    const draft = await openSeenDraft(tx, ctx, key, 'in-check', revision)
    if (draft.editedBy === actorKey(ctx.actor)) throw errors.OWN_EDIT()
    const [last] = await listFormVersions(tx, key)
    const mistakes = checkDay(firstDay, civilDate(ctx.now), last?.validFrom)
    if (mistakes.length > 0) return { errors: mistakes }
    const problems = await checkDraft(tx, draft.definition, await requireOwnForm(tx, ctx, key), civilDate(ctx.now))
    if (problems.length > 0) return { problems }
    const version = (last?.version ?? 0) + 1
    const published = await publishForm(tx, ctx, { ...draft.definition, key, version, validFrom: firstDay }, { origin: 'authored', publishedBy: actorKey(ctx.actor), publishedName: nameOf(ctx.actor) })
    if (!published.ok) return { problems: published.problems }
    await deleteFormDraft(tx, key)
    return { version }
  })
}

/** From today on, and not before the version that it follows: that one would never be offered. */
function checkDay(day: string | undefined, today: string, last: string | undefined): FieldError[] {
  if (day === undefined) return [{ field: 'firstDay', key: 'forms.editor.publish.dayWrong' }]
  if (day < today) return [{ field: 'firstDay', key: 'forms.editor.publish.dayPast', params: { today: formatDate(today) } }]
  return last !== undefined && day < last ? [{ field: 'firstDay', key: 'forms.editor.publish.dayBefore', params: { last: formatDate(last) } }] : []
}

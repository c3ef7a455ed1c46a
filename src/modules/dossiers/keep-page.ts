import { isDeepStrictEqual } from 'node:util'
import { transact, type Ctx } from '../../platform/ctx.ts'
import type { FieldError } from '../../platform/errors.ts'
import type { FormBody } from '../../platform/http/route.ts'
import { answerPage, loadUnits, pathOf, valueAt, type Form, type Page } from '../forms/index.ts'
import { errors } from './dossiers.errors.ts'
import { saveDraft, type Draft } from './drafts.store.ts'

/** The page in the address, where the answers so far lead to it; a page that is not asked is not there. @throws NOT_FOUND */
export function pageAt(form: Form, draft: Draft, path: string): Page {
  const found = pathOf(form, draft.answers).find((p) => p.path === path)
  if (!found) throw errors.NOT_FOUND()
  return found
}

export interface KeptPage {
  draft: Draft
  mistakes: FieldError[]
  /** Show the page again at this element: one of its own buttons was pressed. */
  stay: { at: string } | undefined
  /** The next page that is not answered yet; undefined where only the check is left. */
  next: Page | undefined
}

/** Keeps one posted page of a draft; whatever is typed is kept, with mistakes too. */
export async function keepPage(ctx: Ctx, draft: Draft, form: Form, current: Page, body: FormBody): Promise<KeptPage> {
  const units = await loadUnits(ctx.db, ctx.now, form)
  const answered = await answerPage(form, current, body, draft.answers, { now: ctx.now, units, files: ctx.node.files })
  const isGood = answered.errors.length === 0 && !answered.stay
  const visited = isGood ? [...new Set([...draft.visited, current.id])] : draft.visited.filter((id) => id !== current.id)
  // What the person changed is his own word from then on.
  const filled = draft.filled.filter(({ field }) => isDeepStrictEqual(valueAt(draft.answers, field), valueAt(answered.answers, field)))
  await transact(ctx, (tx) => saveDraft(tx, draft.id, { answers: answered.answers, filled, visited, at: ctx.now }))
  const now = { ...draft, answers: answered.answers, filled, visited }
  const pages = pathOf(form, now.answers)
  const rest = pages.slice(pages.findIndex((p) => p.id === current.id) + 1)
  return { draft: now, mistakes: answered.errors, stay: answered.stay, next: rest.find((p) => !visited.includes(p.id)) }
}

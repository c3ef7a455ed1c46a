import type { Ctx } from '../../../platform/ctx.ts'
import { findForm, loadUnits, summaryOf } from '../../forms/index.ts'
import type { Content } from '../dossiers.store.ts'

export interface StoredSection { page: string; rows: { question: string; answer: string }[] }

/** Questions and answers as they stood at submission; for a filing by API, made from its form version and answers. */
export async function storedSummary(ctx: Ctx, content: Content): Promise<StoredSection[]> {
  const stored = content.summary as Partial<Record<'vi' | 'en', StoredSection[]>> | null
  if (stored?.[ctx.lang]) return stored[ctx.lang]!
  const form = await findForm(ctx.db, content.formKey, content.formVersion)
  return form ? summaryOf(form, content.answers, ctx.lang, { units: await loadUnits(ctx.db, ctx.now, form) }) : []
}

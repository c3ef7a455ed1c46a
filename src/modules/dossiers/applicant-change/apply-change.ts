import type { Ctx } from '../../../platform/ctx.ts'
import type { Db, Tx } from '../../../platform/db.ts'
import { getForm, loadUnits, summaryOf } from '../../forms/index.ts'
import { applicantOf } from '../answers-of.ts'
import type { Applicant, Dossier } from '../dossier.ts'
import { findContent, findResultDraft } from '../dossiers.store.ts'
import { draftResult } from '../papers/build-result.ts'
import type { FactChange } from './applicant-facts.ts'
import { withFacts } from './applicant-facts.ts'
import { saveApplicant, saveDraftData } from './applicant-change.store.ts'

/** The declaration as it will stand, and the draft where there is one. */
export interface Prepared { content: { answers: Record<string, unknown>; summary: unknown; applicant: Applicant }; draft: Record<string, unknown> | undefined }

/** Reads and writes nothing but in the memory; undefined where the node keeps no declaration. */
export async function prepareContent(ctx: Ctx, dossier: Dossier, changes: readonly FactChange[], db: Db = ctx.db): Promise<Prepared | undefined> {
  const content = await findContent(db, dossier.id)
  if (!content) return undefined
  const form = await getForm(db, content.formKey, content.formVersion)
  const units = await loadUnits(db, ctx.now, form)
  const answers = withFacts(form, content.answers, changes)
  // An organisation stays the owner, whoever stands there for it.
  const { name, idNumber, organisation } = content.applicant
  const applicant = { ...content.applicant, ...applicantOf(form, answers, units, name), ...(organisation ? { name, idNumber } : {}) }
  const summary = { vi: summaryOf(form, answers, 'vi', { units }), en: summaryOf(form, answers, 'en', { units }) }
  return { content: { answers, summary, applicant }, draft: await redraft(ctx, dossier, content.answers, answers, db) }
}

/** What the draft says because of the changed facts, said anew; what the specialist corrected stays. */
async function redraft(ctx: Ctx, dossier: Dossier, before: Record<string, unknown>, after: Record<string, unknown>, db: Db): Promise<Record<string, unknown> | undefined> {
  const draft = await findResultDraft(db, dossier.id)
  if (!draft) return undefined
  const [old, fresh] = [(await draftResult(ctx, dossier, {}, before)).data, (await draftResult(ctx, dossier, {}, after)).data]
  const changed = Object.entries(fresh).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(old[key]))
  return { ...draft.data, ...Object.fromEntries(changed) }
}

export async function applyContent(tx: Tx, dossierId: string, { content, draft }: Prepared): Promise<void> {
  await saveApplicant(tx, dossierId, content)
  if (draft) await saveDraftData(tx, dossierId, draft)
}

import type { Ctx } from '../../../platform/ctx.ts'
import { findForm } from '../../forms/index.ts'
import { listAttachments } from '../dossiers.store.ts'
import { papersOfCase } from './case-papers.ts'
import type { PaperBase } from './paper-base.ts'

/** A line of the list of papers: originals, certified copies, plain copies, files; for papers to be certified their pages and the copies asked for. */
export interface PaperCount { name: string; originals: number; certified: number; copies: number; electronic: number; pages?: number; paperCopies?: number; electronicCopies?: number }

const nothing = { originals: 0, certified: 0, copies: 0, electronic: 0 }

/**
 * What came with the dossier, by the published names of the case; then the files that no component names, such as those of a supplement. What the agency
 * fetches itself was not handed in.
 */
export async function paperCounts(ctx: Ctx, { dossier, content, procedure }: PaperBase): Promise<PaperCount[]> {
  const [form, files] = await Promise.all([findForm(ctx.db, content.formKey, content.formVersion), listAttachments(ctx.db, dossier.id)])
  const published = new Map(procedure.content.components.map((c) => [c.name.vi, c]))
  const papers = (await papersOfCase(ctx, { form, answers: content.answers, procedure, at: dossier.submittedAt })).filter(({ by, files: own }) => by !== 'office' && !(by === 'file' && own.length === 0))
  const listed = papers.map(({ name, by, files: own }): PaperCount => {
    const component = published.get(name.vi)
    return { ...nothing, name: name.vi, ...(by === 'desk' ? { originals: component?.originals ?? 0, copies: component?.copies ?? 0 } : { electronic: by === 'form' ? 1 : own.length }) }
  })
  const named = new Set(papers.flatMap((paper) => paper.files))
  const others = files.filter((f) => !named.has(f.fileName)).map((f): PaperCount => ({ ...nothing, name: f.fileName, electronic: 1 }))
  const declaration: PaperCount[] = papers.some(({ by }) => by === 'form') ? [] : [{ ...nothing, name: 'Tờ khai điện tử', electronic: 1 }]
  return [...declaration, ...listed, ...toCertify(content.answers), ...others]
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Papers of which certified copies are asked for: one original each, to be shown. */
function toCertify({ papers, kind }: Readonly<Record<string, unknown>>): PaperCount[] {
  if (!Array.isArray(papers)) return []
  return papers.filter(isRecord).flatMap((p) => (typeof p.title === 'string' && typeof p.pages === 'number' && typeof p.copies === 'number'
    ? [{ ...nothing, name: p.title, originals: 1, pages: p.pages, ...(kind === 'electronic' ? {} : { paperCopies: p.copies }), ...(kind === 'paper' ? {} : { electronicCopies: p.copies }) }] : []))
}

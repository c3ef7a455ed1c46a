import type { Ctx } from '../../../platform/ctx.ts'
import type { OfficialForm, TemplateData } from '../../documents/index.ts'
import type { Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { filedWords } from '../pages/filed-words.ts'
import { headOf, limitInWords, markOf, ownerOf, readPaperBase } from './paper-base.ts'

/** One slip for many dossiers of one person, received by this officer. @throws NOT_FOUND where one is not received; NOT_ONE_OWNER */
export async function batchSlip(ctx: Ctx, dossiers: readonly Dossier[], officerName: string, form: OfficialForm): Promise<TemplateData<'batch-slip'>> {
  const bases = await Promise.all(dossiers.map((dossier) => readPaperBase(ctx, dossier)))
  const first = bases[0]
  if (!first || dossiers.some((d) => !d.receivedAt)) throw errors.NOT_FOUND()
  const { applicant } = first.content
  if (bases.some((base) => base.content.applicant.idNumber !== applicant.idNumber)) throw errors.NOT_ONE_OWNER()
  return {
    form, head: headOf(first, ctx.now), mark: markOf(ctx, first.dossier), owner: ownerOf(applicant), submitter: applicant.submittedBy ? filedWords(ctx.t, applicant.submittedBy) : applicant.name,
    receivingUnit: `Bộ phận một cửa – ${first.agency.nameVi}`, signature: { position: 'Người tiếp nhận hồ sơ', name: officerName },
    dossiers: bases.map(({ dossier: d, procedure, agency, content }) => ({ code: d.code ?? d.reference, request: procedure.content.name.vi, unit: agency.nameVi, receivedAt: d.receivedAt!, dueAt: d.dueAt, timeLimit: limitInWords(d), sets: 1, ownerName: content.applicant.name })),
  }
}

import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import type { TemplateData, TemplateName } from '../../documents/index.ts'
import { getForm, loadUnits, type Answers } from '../../forms/index.ts'
import type { Agency } from '../../organisations/index.ts'
import type { Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { findResultDraft, type ResultDraft } from '../dossiers.store.ts'
import { findingsRow } from '../insured/findings-row.ts'
import { draftFieldNames } from './draft-fields.ts'
import { headOf, markOf, readPaperBase, type PaperBase } from './paper-base.ts'
import { isResultTemplate, resultMappings, type ResultTemplate } from './result-mappings.ts'
import { answerReader } from './result-parts.ts'

/** The result as the specialist drafts it: from the answers as filed unless told, with the corrections that the form of the step allows. */
export async function draftResult(ctx: Ctx, dossier: Dossier, typed: Readonly<Record<string, string | string[]>>, answers?: Answers): Promise<{ template: string; data: Record<string, unknown> }> {
  const base = await readPaperBase(ctx, dossier)
  const template = templateOf(base)
  const form = await getForm(ctx.db, base.content.formKey, base.content.formVersion)
  const reader = answerReader(form, answers ?? base.content.answers, await loadUnits(ctx.db, ctx.now, form))
  const corrections = Object.fromEntries(draftFieldNames.map((name) => [name, String(typed[name] ?? '')]))
  const facts = { today: civilDate(ctx.now), agency: base.agency.nameVi, dossierCode: dossier.code ?? dossier.reference, procedure: base.procedure.content.name.vi, result: base.procedure.content.results[0]?.name.vi ?? base.procedure.content.name.vi }
  const data = resultMappings[template](reader, facts, corrections)
  const found = await findingsRow(ctx.db, dossier.id)
  return { template, data: found && Array.isArray(data.rows) ? { ...data, rows: [...data.rows, found] } : data }
}

function templateOf(base: PaperBase): ResultTemplate {
  const name = base.procedure.content.service?.resultTemplate ?? ''
  if (!isResultTemplate(name)) throw errors.RESULT_MISSING()
  return name
}

/** Signs of result numbers by kind ("12/2026", "3/QĐ-…"). */
const numberOf: Readonly<Record<ResultTemplate, (n: number, year: string) => string>> = {
  'driving-licence-decision': (n) => `${n}/QĐ-CSGT`,
  'birth-certificate': (n, year) => `${n}/${year}`,
  'household-business-certificate': (n, year) => `${n}/${year}/ĐKHKD`,
  'death-extract': (n, year) => `${n}/${year}/TLKT`,
  'marriage-certificate': (n, year) => `${n}/${year}`,
  'marital-status-confirmation': (n) => `${n}/UBND-XNTTHN`,
  'residence-notice': (n) => `${n}/TB`,
  'enterprise-certificate': (n, year) => `${n}/${year}/ĐKDN`,
  'building-permit': (n) => `${n}/GPXD`,
  'certified-copy': (n) => String(n),
  'health-insurance-card': (n) => `${n}/TBHYT`,
  'case-decision': (n) => `${n}/QĐ`,
}

export interface FinalResult { template: TemplateName; data: TemplateData<TemplateName>; title: string; shownNumber: string; agency: Agency }

/** The result as it is signed: number, date, signature block, `inPlace` by a substitute. Dates of issue are the day of signing. */
export async function finalResult(tx: Tx, ctx: Ctx, dossier: Dossier, draft: Pick<ResultDraft, 'template' | 'data'>, number: number, inPlace = false): Promise<FinalResult> {
  const base = await readPaperBase(ctx, dossier, tx)
  if (!isResultTemplate(draft.template)) throw errors.RESULT_MISSING()
  const shownNumber = numberOf[draft.template](number, civilDate(ctx.now).slice(0, 4))
  const signer = ctx.actor.kind === 'officer' ? ctx.actor.name : ''
  return { template: draft.template, data: complete(ctx, base, draft, shownNumber, { name: signer, signedAt: ctx.now, inPlace }), title: base.procedure.content.results[0]?.name.vi ?? base.procedure.content.name.vi, shownNumber, agency: base.agency }
}

/** The draft typeset without number and signature, for whoever reviews it. */
export async function previewResult(ctx: Ctx, dossier: Dossier): Promise<{ template: TemplateName; data: TemplateData<TemplateName> }> {
  const kept = await findResultDraft(ctx.db, dossier.id)
  const draft = kept ?? (await draftResult(ctx, dossier, {}))
  const base = await readPaperBase(ctx, dossier)
  return { template: draft.template as TemplateName, data: complete(ctx, base, draft, '…', { name: '………………', signedAt: null }) }
}

/** Certificates that a family keeps carry their number of the register below the title. */
const numbersItself: ReadonlySet<string> = new Set(['birth-certificate', 'marriage-certificate'])

/** Who signs for an agency: a committee through its chairperson, any other office through its head. */
function signerOf({ kind, level }: Agency, inPlace: boolean): { capacity: string | null; position: string } {
  const committee = kind === 'peoples-committee'
  const head = committee ? 'Chủ tịch' : kind === 'police' && level === 'commune' ? 'Trưởng Công an' : kind === 'department' || kind === 'social-insurance' ? 'Giám đốc' : 'Thủ trưởng'
  if (inPlace) return { capacity: `TUQ. ${head.toLocaleUpperCase('vi')}`, position: 'Người được ủy quyền' }
  return { capacity: committee ? 'TM. ỦY BAN NHÂN DÂN' : null, position: head }
}

function complete(ctx: Ctx, base: PaperBase, draft: Pick<ResultDraft, 'template' | 'data'>, number: string, signer: { name: string; signedAt: Date | null; inPlace?: boolean }): TemplateData<TemplateName> {
  const common = {
    head: headOf(base, ctx.now, numbersItself.has(draft.template) ? null : number), mark: markOf(ctx, base.dossier),
    // Decree 30/2020, appendix I, part II: who signs by delegation puts TUQ. before the title of who delegates.
    signature: { ...signerOf(base.agency, signer.inPlace ?? false), name: signer.name, organisation: base.agency.nameVi, signedAt: signer.signedAt },
  }
  return { ...draft.data, ...common, ...(numbersItself.has(draft.template) ? { number } : {}) } as unknown as TemplateData<TemplateName>
}

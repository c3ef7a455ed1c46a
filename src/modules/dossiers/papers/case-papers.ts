import type { Ctx } from '../../../platform/ctx.ts'
import type { ProcedureContent, ProcedureVersion } from '../../catalogue/index.ts'
import { componentsByTable, type DecisionInputs } from '../../decisions/index.ts'
import { componentsOfCase, visibleAnswers, type Answers, type ComponentWay, type Form } from '../../forms/index.ts'

/** A component of the dossier ("thành phần hồ sơ") that this case asks for, by its published names. */
export interface CasePaper { name: { vi: string; en: string }; by: ComponentWay; files: string[] }

/**
 * The papers of a case: what its decision table (`decided`) or else the form asks for with these answers, and only what the published version of the procedure names.
 * Nobody can add one. A form that says nothing about components leaves all that are published.
 */
export function casePapers(form: Form | undefined, answers: Answers, procedure: Pick<ProcedureContent, 'components'>, decided?: readonly string[]): CasePaper[] {
  const published = procedure.components.map((c) => c.name)
  const ofForm = form?.definition.components ? componentsOfCase(form, answers) : undefined
  const names = decided ?? ofForm?.map(({ name }) => name) ?? published.map((name) => name.vi)
  return names.flatMap((vi) => {
    const name = published.find((p) => p.vi === vi)
    const { by, files }: Omit<CasePaper, 'name'> = ofForm?.find((one) => one.name === vi) ?? { by: 'desk', files: [] }
    return name ? [{ name, by, files }] : []
  })
}

/** The same with the decision table in force at `at`, the day of filing. */
export async function papersOfCase(ctx: Ctx, { form, answers, procedure, at }: { form: Form | undefined; answers: Answers; procedure: Pick<ProcedureVersion, 'code' | 'content'>; at: Date }): Promise<CasePaper[]> {
  const by = form && (await componentsByTable(ctx.db, ctx, { procedure: procedure.code, answers: visibleAnswers(form, answers) as DecisionInputs, at }))
  return casePapers(form, answers, procedure.content, by?.answer)
}

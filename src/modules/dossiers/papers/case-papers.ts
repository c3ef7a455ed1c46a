import type { ProcedureContent } from '../../catalogue/index.ts'
import { componentsOfCase, type Answers, type ComponentWay, type Form } from '../../forms/index.ts'

/** A component of the dossier ("thành phần hồ sơ") that this case asks for, by its published names. */
export interface CasePaper { name: { vi: string; en: string }; by: ComponentWay; files: string[] }

/**
 * The papers of a case: what the form asks for with these answers, and only what the published version of the procedure names. Nobody can add one.
 * A form that says nothing about components leaves all that are published.
 */
export function casePapers(form: Form | undefined, answers: Answers, procedure: Pick<ProcedureContent, 'components'>): CasePaper[] {
  const published = procedure.components.map((c) => c.name)
  if (!form?.definition.components) return published.map((name) => ({ name, by: 'desk', files: [] }))
  return componentsOfCase(form, answers).flatMap(({ name, by, files }) => {
    const known = published.find((p) => p.vi === name)
    return known ? [{ name: known, by, files }] : []
  })
}

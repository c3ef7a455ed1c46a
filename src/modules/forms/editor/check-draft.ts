import type { FormUse } from '../../catalogue/index.ts'
import { compileForm } from '../compile-form.ts'
import { compareComponents } from '../components-of-case.ts'
import { isGroup, type FormDefinition } from '../definition.ts'
import { readDefinition, type DefinitionProblem } from '../read-definition.ts'

/**
 * What keeps a draft from being published: mistakes of the definition, and components of the dossier that the published procedure does not list:
 * nothing else may be asked for (S4 art. 25.2).
 */
export function checkDraft(definition: FormDefinition, uses: readonly FormUse[]): DefinitionProblem[] {
  const empty = emptyParts(definition)
  // What is still empty hides no other mistake.
  const read = readDefinition(withoutEmpty(definition))
  if (!read.ok) return [...empty, ...read.problems]
  if (empty.length > 0) return empty
  const form = compileForm(read.definition)
  return uses.flatMap(({ code, components }) => compareComponents(form, components).unpublished.map((name): DefinitionProblem => ({ place: { property: 'components' }, key: 'forms.problem.unpublishedComponent', params: { name, code } })))
}

/** The definition without the pages and groups that have no field yet. */
export function withoutEmpty(definition: FormDefinition): FormDefinition {
  const pages = definition.pages.map((page) => ({ ...page, fields: page.fields.filter((f) => !isGroup(f) || f.fields.length > 0) })).filter((page) => page.fields.length > 0)
  return { ...definition, pages }
}

function emptyParts({ pages }: FormDefinition): DefinitionProblem[] {
  return pages.flatMap((page, i): DefinitionProblem[] => {
    const at = { page: { number: i + 1, title: page.title }, params: {} }
    if (page.fields.length === 0) return [{ ...at, place: { page: page.id }, key: 'forms.problem.emptyPage' }]
    return page.fields.filter((f) => isGroup(f) && f.fields.length === 0).map((f) => ({ ...at, field: f.label, place: { page: page.id, field: f.id }, key: 'forms.problem.emptyGroup' }))
  })
}

/** Components that a procedure lists and the draft does not ask for: told, since a procedure may have been published ahead of its form. */
export function leftOut(definition: FormDefinition, uses: readonly FormUse[]): { code: string; name: string }[] {
  const form = compileForm(definition)
  return uses.flatMap(({ code, components }) => compareComponents(form, components).leftOut.map((name) => ({ code, name })))
}

import type { Db } from '../../../platform/db.ts'
import type { FormUse } from '../../catalogue/index.ts'
import { loadEntries } from '../catalogue-entries.ts'
import { compileForm } from '../compile-form.ts'
import { compareComponents } from '../components-of-case.ts'
import { isGroup, type FormDefinition } from '../definition.ts'
import { optionsOf } from '../fields/choices.ts'
import { readDefinition, type DefinitionProblem } from '../read-definition.ts'

/**
 * What keeps a draft from being published: mistakes of the definition, choices from a catalogue that on this day ('YYYY-MM-DD') has too many or no
 * entries, and components of the dossier that the published procedure does not list:
 * nothing else may be asked for (S4 art. 25.2).
 */
export async function checkDraft(db: Db, definition: FormDefinition, uses: readonly FormUse[], day: string): Promise<DefinitionProblem[]> {
  const empty = emptyParts(definition)
  // What is still empty hides no other mistake.
  const read = readDefinition(withoutEmpty(definition))
  if (!read.ok) return [...empty, ...read.problems]
  if (empty.length > 0) return empty
  const form = compileForm(read.definition)
  return [...await longChoices(db, read.definition, day), ...uses.flatMap(({ code, components }) => compareComponents(form, components).unpublished.map((name): DefinitionProblem => ({ place: { property: 'components' }, key: 'forms.problem.unpublishedComponent', params: { name, code } })))]
}

/** As many as a list in a page can show. */
const mostEntries = 300

async function longChoices(db: Db, definition: FormDefinition, day: string): Promise<DefinitionProblem[]> {
  const form = compileForm(definition)
  const entries = await loadEntries(db, form.catalogues, day)
  return definition.pages.flatMap((page, i) => page.fields.flatMap((field) => [{ field, name: field.id }, ...(isGroup(field) ? field.fields.map((inner) => ({ field: inner, name: `${field.id}.${inner.id}` })) : [])]).flatMap(({ field, name }): DefinitionProblem[] => {
    const count = field.type === 'choice' && field.catalogue !== undefined ? optionsOf(field, { entries }).length : 1
    return count > 0 && count <= mostEntries ? [] : [{ page: { number: i + 1, title: page.title }, field: field.label, place: { page: page.id, field: name, property: 'startsWith' }, key: 'forms.problem.entries', params: { count, max: mostEntries } }]
  }))
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

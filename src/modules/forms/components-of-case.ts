import { isRecord, type Answers } from './answers.ts'
import type { CompiledField, Form } from './compile-form.ts'
import { compileCondition } from './condition.ts'
import { isGroup, type FieldOf } from './definition.ts'
import { walk } from './path-of.ts'

/** How a component comes: as a file, as this declaration itself, fetched by the agency, shown at the desk. */
export type ComponentWay = 'file' | 'form' | 'office' | 'desk'

/** A component of the dossier ("thành phần hồ sơ") in one case. */
export interface CaseComponent {
  /** Its Vietnamese name in the published procedure. */
  name: string
  by: ComponentWay
  /** Names of the files that are attached for it. */
  files: string[]
}

/**
 * Which components this case asks for, by the answers, in the order of the form. A component that several file fields stand for is named once.
 * Nothing else can be asked for: the list comes from the definition, whose names are checked against the published procedure.
 */
export function componentsOfCase(form: Form, answers: Answers): CaseComponent[] {
  const { pages, kept } = walk(form, answers)
  const found = new Map<string, CaseComponent>()
  for (const { name, by, when } of form.definition.components ?? []) if (compileCondition(when)(kept, kept)) found.set(name, { name, by, files: [] })
  for (const { field, from } of pages.flatMap((page) => page.fields).flatMap((compiled) => filesOf(compiled, kept, kept))) {
    const files = namesOf(from[field.id])
    if (field.component === undefined) continue
    const known = found.get(field.component)
    // A file that may be attached beside what the agency fetches changes the way only when it is there.
    if (!known) found.set(field.component, { name: field.component, by: 'file', files })
    else if (files.length > 0 || known.by === 'file') found.set(field.component, { ...known, by: 'file', files: [...known.files, ...files] })
  }
  return [...found.values()]
}

/** The file fields that are asked for, each with the answers in which it stands: the form's, or those of every entry of a group. */
function filesOf(compiled: CompiledField, from: Answers, root: Answers): { field: FieldOf<'file'>; from: Answers }[] {
  const { field, entry } = compiled
  if (compiled.visible && !compiled.visible(from, root)) return []
  if (field.type === 'file') return [{ field, from }]
  const entries = isGroup(field) && Array.isArray(from[field.id]) ? (from[field.id] as unknown[]) : []
  return entries.filter(isRecord).flatMap((one) => entry.flatMap((inner) => filesOf(inner, one, root)))
}

const namesOf = (value: unknown): string[] => (Array.isArray(value) ? value.flatMap((file: unknown) => (isRecord(file) && typeof file.name === 'string' ? [file.name] : [])) : [])

/** Every component that the form can ask for, in whatever case. */
export function componentsOfForm(form: Form): string[] {
  const files = form.definition.pages.flatMap((page) => page.fields.flatMap((field) => (isGroup(field) ? field.fields : [field]))).flatMap((field) => (field.type === 'file' && field.component !== undefined ? [field.component] : []))
  return [...new Set([...(form.definition.components ?? []).map((c) => c.name), ...files])]
}

/** What keeps a form from serving a procedure: components that it asks for and the publication does not name, and those that it leaves out. */
export function compareComponents(form: Form, published: readonly string[]): { unpublished: string[]; leftOut: string[] } {
  const own = componentsOfForm(form)
  return { unpublished: own.filter((name) => !published.includes(name)), leftOut: published.filter((name) => !own.includes(name)) }
}

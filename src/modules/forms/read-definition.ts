import { translator, type Lang } from '../../platform/i18n.ts'
import { checkDefinition } from './check-definition.ts'
import { formDefinition, type Bilingual, type FormDefinition } from './definition.ts'

/** A mistake in a definition, at its place, for the officer who writes it. */
export interface DefinitionProblem {
  /** Ids of the page and the field (of a group `group.field`), the rule by its place from 0, and the property; of the form itself when there is no page. */
  place?: { page?: string; field?: string; rule?: number; property?: string }
  page?: { number: number; title: Bilingual | undefined }
  field?: Bilingual
  key: string
  params: Record<string, string | number>
}

export type ReadDefinition = { ok: true; definition: FormDefinition } | { ok: false; problems: DefinitionProblem[] }

/** Reads a definition written by people: first its shape, then its sense. Nothing that passes can fail first at a citizen's screen. */
export function readDefinition(input: unknown): ReadDefinition {
  const parsed = formDefinition.safeParse(input)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue): DefinitionProblem => ({ ...positionOf(input, issue.path), key: 'forms.problem.shape', params: { path: issue.path.join('.') || '.', detail: issue.message } }))
    return { ok: false, problems }
  }
  const problems = checkDefinition(parsed.data)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, definition: parsed.data }
}

const asBilingual = (value: unknown): Bilingual | undefined =>
  typeof value === 'object' && value !== null && typeof (value as Bilingual).vi === 'string' && typeof (value as Bilingual).en === 'string' ? (value as Bilingual) : undefined

function at(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined
}

const idOf = (value: unknown): string | undefined => {
  const id = at(value, 'id')
  return typeof id === 'string' ? id : undefined
}

function positionOf(input: unknown, path: readonly PropertyKey[]): Pick<DefinitionProblem, 'page' | 'field' | 'place'> {
  const index = path[1]
  if (path[0] !== 'pages' || typeof index !== 'number') return { place: { property: path.slice(0, 2).join('-') } }
  const page = at(at(input, 'pages'), index)
  const [field, id, property] = fieldAt(page, path.slice(2))
  const label = asBilingual(at(field, 'label')) ?? (id === undefined ? undefined : { vi: id, en: id })
  const place = { ...(idOf(page) !== undefined && { page: idOf(page)! }), ...(id !== undefined && { field: id }), ...(property !== undefined && { property }) }
  return { page: { number: index + 1, title: asBilingual(at(page, 'title')) }, ...(label && { field: label }), place }
}

/** The field that the rest of a path leads to, also inside a group, its id and the property in it. */
function fieldAt(page: unknown, path: readonly PropertyKey[]): [field: unknown, id: string | undefined, property: string | undefined] {
  if (path[0] !== 'fields' || typeof path[1] !== 'number') return [undefined, undefined, path[0] === undefined ? undefined : String(path[0])]
  const field = at(at(page, 'fields'), path[1])
  if (path[2] !== 'fields' || typeof path[3] !== 'number') return [field, idOf(field), path[2] === undefined ? undefined : String(path[2])]
  const inner = at(at(field, 'fields'), path[3])
  return [inner, idOf(field) === undefined || idOf(inner) === undefined ? undefined : `${idOf(field)}.${idOf(inner)}`, path[4] === undefined ? undefined : String(path[4])]
}

/** `Trang 3 “Con”, trường “Ngày sinh”: giới hạn dưới …` */
export function problemText(problem: DefinitionProblem, lang: Lang): string {
  const t = translator(lang)
  const { page, field } = problem
  const where = !page ? t('forms.problem.form') : page.title ? t('forms.problem.page', { number: page.number, title: page.title[lang] }) : t('forms.problem.pageOnly', { number: page.number })
  const position = field ? t('forms.problem.field', { page: where, field: field[lang] }) : where
  return t('forms.problem.at', { position, message: t(problem.key, problem.params) })
}

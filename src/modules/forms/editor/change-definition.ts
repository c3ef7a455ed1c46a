import type { FieldError } from '../../../platform/errors.ts'
import { isGroup, type Field, type FormDefinition, type Page, type PageRule, type SimpleField } from '../definition.ts'

/** Changes of a definition, each a copy with one thing different. Fields are named as everywhere: 'phone', in a group 'rooms.area'. */

export const findPage = (definition: FormDefinition, id: string): Page | undefined => definition.pages.find((p) => p.id === id)

export function findField(page: Page, name: string): Field | undefined {
  const [id, inner] = name.split('.')
  const field = page.fields.find((f) => f.id === id)
  if (inner === undefined) return field
  return field && isGroup(field) ? field.fields.find((f) => f.id === inner) : undefined
}

export type Step = 'up' | 'down'

function moved<T>(list: readonly T[], at: number, step: Step): T[] {
  const to = step === 'up' ? at - 1 : at + 1
  const copy = [...list]
  if (at < 0 || to < 0 || to >= list.length) return copy
  const [one] = copy.splice(at, 1)
  copy.splice(to, 0, one!)
  return copy
}

export const withPage = (definition: FormDefinition, id: string, change: (page: Page) => Page): FormDefinition => ({ ...definition, pages: definition.pages.map((p) => (p.id === id ? change(p) : p)) })

/** The rules of a page or of one of its groups, changed; none are not there at all. */
export function withRules(definition: FormDefinition, pageId: string, group: string | undefined, change: (rules: readonly PageRule[]) => PageRule[]): FormDefinition {
  const ruled = <T extends { rules?: PageRule[] | undefined }>({ rules = [], ...owner }: T) => {
    const made = change(rules)
    return (made.length > 0 ? { ...owner, rules: made } : owner) as T
  }
  return withPage(definition, pageId, (page) => (group === undefined ? ruled(page) : { ...page, fields: page.fields.map((f) => (isGroup(f) && f.id === group ? ruled(f) : f)) }))
}

export function addPage(definition: FormDefinition, page: Page): FormDefinition | FieldError[] {
  const taken = [...(['id', 'path'] as const).filter((name) => definition.pages.some((p) => p.id === page[name] || p.path === page[name]))]
  return taken.length > 0 ? taken.map((name) => ({ field: name, key: 'forms.editor.wrong.taken' })) : { ...definition, pages: [...definition.pages, page] }
}

export const movePage = (definition: FormDefinition, id: string, step: Step): FormDefinition => ({ ...definition, pages: moved(definition.pages, definition.pages.findIndex((p) => p.id === id), step) })
export const removePage = (definition: FormDefinition, id: string): FormDefinition => ({ ...definition, pages: definition.pages.filter((p) => p.id !== id) })

/** The list in which a field stands, changed: that of the page, or of the group. */
function withFields(definition: FormDefinition, pageId: string, group: string | undefined, change: (fields: readonly Field[]) => Field[]): FormDefinition {
  return withPage(definition, pageId, (page) => (group === undefined
    ? { ...page, fields: change(page.fields) }
    : { ...page, fields: page.fields.map((f) => (isGroup(f) && f.id === group ? { ...f, fields: change(f.fields) as SimpleField[] } : f)) }))
}

const groupOf = (name: string): string | undefined => (name.includes('.') ? name.split('.')[0] : undefined)
const idOf = (name: string): string => name.split('.').at(-1)!

/** Puts a field at the end of its page or group. Ids are once only in the whole form, in a group once in the group. */
export function addField(definition: FormDefinition, pageId: string, name: string, field: Field): FormDefinition | FieldError[] {
  const group = groupOf(name)
  const siblings = group === undefined ? definition.pages.flatMap((p) => p.fields) : definition.pages.flatMap((p) => p.fields).flatMap((f): readonly Field[] => (f.id === group && isGroup(f) ? f.fields : []))
  if (siblings.some((f) => f.id === field.id)) return [{ field: 'id', key: 'forms.editor.wrong.taken' }]
  return withFields(definition, pageId, group, (fields) => [...fields, field])
}

export const setField = (definition: FormDefinition, pageId: string, name: string, field: Field): FormDefinition => withFields(definition, pageId, groupOf(name), (fields) => fields.map((f) => (f.id === idOf(name) ? field : f)))
export const moveField = (definition: FormDefinition, pageId: string, name: string, step: Step): FormDefinition => withFields(definition, pageId, groupOf(name), (fields) => moved(fields, fields.findIndex((f) => f.id === idOf(name)), step))
export const removeField = (definition: FormDefinition, pageId: string, name: string): FormDefinition => withFields(definition, pageId, groupOf(name), (fields) => fields.filter((f) => f.id !== idOf(name)))

import { isEmpty, isRecord, type Answers } from './answers.ts'
import type { CompiledField, Form } from './compile-form.ts'
import { isComposed, isGroup, type Field, type Page, type SimpleField } from './definition.ts'
import type { Posted } from './fields/field-kind.ts'
import type { Upload } from './fields/file.ts'
import { kindOf } from './fields/kinds.ts'
import { walk, withCalculations } from './path-of.ts'

/** A posted page: the platform's form body fits. */
export interface PostedPage extends Posted { readonly files?: readonly (Upload & { readonly field: string })[] }

export interface ParsedPage {
  /** All answers of the draft with this page's answers replaced, as typed where they could not be read. */
  answers: Answers
  /** Files that came, by field; judge and store them with `storeUploads`. */
  files: { field: string; upload: Upload }[]
  /**
   * Set when a button of the page itself was pressed (add an entry, choose the province): keep the answers and show the page again at this
   * element, without checking. Absent: the person wants to go on.
   */
  stay?: { at: string }
}

/** Name of the submit buttons that change the page instead of leaving it. */
export const actionName = '_do'

type Action = { do: 'continue' } | { do: 'add' | 'units'; field: string } | { do: 'remove' | 'drop'; field: string; index: number }

function readAction(value: string | undefined): Action {
  const [verb, field = '', index] = (value ?? '').split(':')
  if (verb === 'add' || verb === 'units') return { do: verb, field }
  if (verb === 'remove' || verb === 'drop') return { do: verb, field, index: Number(index) }
  return { do: 'continue' }
}

/** Reads one posted page into the answers. Takes only what this page asks; everything else in the body is ignored. */
export function parsePage(form: Form, page: Page, body: PostedPage, before: Answers): ParsedPage {
  const { kept } = walk(form, before)
  const action = readAction(body.get(actionName))
  const answers: Answers = { ...before }
  const compiled = form.pages.find((p) => p.page.id === page.id)?.fields ?? []
  const asked = compiled.filter((f) => !f.visible || f.visible(kept, kept))
  for (const field of asked) put(answers, field.field.id, readField(field, body, before, kept, action))
  if (action.do === 'drop') dropFile(answers, action)
  const ids = new Set(asked.filter((f) => f.field.type === 'file').map((f) => f.field.id))
  const files = (body.files ?? []).filter((f) => ids.has(f.field)).map(({ field, ...upload }) => ({ field, upload }))
  const read = withCalculations(form, answers)
  return action.do === 'continue' ? { answers: read, files } : { answers: read, files, stay: { at: focusOf(action, read) } }
}

function readField(compiled: CompiledField, body: PostedPage, before: Answers, root: Answers, action: Action): unknown {
  const { field, entry } = compiled
  const previous = before[field.id]
  if (isGroup(field)) return readEntries(field, entry, body, before, root, action)
  if (!isComposed(field)) return kindOf<SimpleField>(field).read(field, body, field.id, previous)
  const whole = readEntry(entry, body, field.id, isRecord(previous) ? previous : {}, root)
  return isEmpty(whole) ? undefined : whole
}

function put(answers: Answers, id: string, value: unknown): void {
  if (value === undefined) delete answers[id]
  else answers[id] = value
}

function readEntries(group: Extract<Field, { type: 'group' }>, fields: readonly CompiledField[], body: PostedPage, before: Answers, root: Answers, action: Action): unknown[] | undefined {
  const old = Array.isArray(before[group.id]) ? (before[group.id] as unknown[]) : []
  const count = Math.min(Number.parseInt(body.get(`${group.id}-count`) ?? '', 10) || 0, group.max)
  const entries = Array.from({ length: count }, (_, i) => readEntry(fields, body, `${group.id}-${i}`, isRecord(old[i]) ? old[i] : {}, root))
  if (action.do === 'remove' && action.field === group.id) entries.splice(action.index, 1)
  if (action.do === 'add' && action.field === group.id && entries.length < group.max) entries.push({})
  // Boxes offered for one more entry and left empty are not an entry; of those that are demanded, each empty box gets its message.
  const filled = action.do === 'continue' ? entries.filter((entry, i) => i < group.min || !isEmpty(entry)) : entries
  return filled.length === 0 ? undefined : filled
}

function readEntry(fields: readonly CompiledField[], body: PostedPage, prefix: string, old: Answers, root: Answers): Answers {
  const entry: Answers = {}
  for (const { field, visible } of fields) {
    if (visible && !visible(entry, root)) continue
    put(entry, field.id, kindOf<SimpleField>(field as SimpleField).read(field as SimpleField, body, `${prefix}-${field.id}`, old[field.id]))
  }
  return entry
}

function dropFile(answers: Answers, { field, index }: { field: string; index: number }): void {
  const files = answers[field]
  if (!Array.isArray(files)) return
  const left = files.filter((_, i) => i !== index)
  put(answers, field, left.length === 0 ? undefined : left)
}

function focusOf(action: Exclude<Action, { do: 'continue' }>, answers: Answers): string {
  if (action.do === 'units') return `${action.field}-commune`
  const entries = answers[action.field]
  if (action.do === 'add' && Array.isArray(entries)) return `${action.field}-${entries.length - 1}`
  return action.do === 'drop' ? action.field : `${action.field}-add`
}

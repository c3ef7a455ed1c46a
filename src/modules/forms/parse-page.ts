import { isEmpty, isRecord, type Answers } from './answers.ts'
import type { CompiledField, Form } from './compile-form.ts'
import { isComposed, isGroup, type Field, type Page, type SimpleField } from './definition.ts'
import type { Posted } from './fields/field-kind.ts'
import type { Upload } from './fields/file.ts'
import { kindOf } from './fields/kinds.ts'
import { walk, withCalculations } from './path-of.ts'
import { setValue, valueOf } from './place-of-value.ts'

/** A posted page: the platform's form body fits. */
export interface PostedPage extends Posted { readonly files?: readonly (Upload & { readonly field: string })[] }

export interface ParsedPage {
  /** All answers of the draft with this page's answers replaced, as typed where they could not be read. */
  answers: Answers
  /** Files that came, by the place of their field: 'noticeFile', in a group 'papers.0.picture'; judge and store them with `storeUploads`. */
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
  const places = new Map<string, string>()
  for (const field of asked) put(answers, field.field.id, readField(field, body, before, kept, action, places))
  if (action.do === 'drop') dropFile(answers, action)
  const files = (body.files ?? []).flatMap(({ field, ...upload }) => (places.has(field) ? [{ field: places.get(field)!, upload }] : []))
  const read = withCalculations(form, answers)
  return action.do === 'continue' ? { answers: read, files } : { answers: read, files, stay: { at: focusOf(action, read) } }
}

/** @param places gets where in the answers the files of each box belong: an entry may have another number than its boxes had. */
function readField(compiled: CompiledField, body: PostedPage, before: Answers, root: Answers, action: Action, places: Map<string, string>): unknown {
  const { field, entry } = compiled
  const previous = before[field.id]
  if (isGroup(field)) return readEntries(compiled, body, before, root, action, places)
  if (field.type === 'file') places.set(field.id, field.id)
  if (!isComposed(field)) return kindOf<SimpleField>(field).read(field, body, field.id, previous)
  const whole = readEntry(entry, body, field.id, isRecord(previous) ? previous : {}, root)
  return isEmpty(whole) ? undefined : whole
}

function put(answers: Answers, id: string, value: unknown): void {
  if (value === undefined) delete answers[id]
  else answers[id] = value
}

function readEntries(compiled: CompiledField, body: PostedPage, before: Answers, root: Answers, action: Action, places: Map<string, string>): unknown[] | undefined {
  const group = compiled.field as Extract<Field, { type: 'group' }>
  const old = Array.isArray(before[group.id]) ? (before[group.id] as unknown[]) : []
  const count = Math.min(Number.parseInt(body.get(`${group.id}-count`) ?? '', 10) || 0, group.max)
  const boxesOf = (i: number): string[] => compiled.entry.filter((f) => f.field.type === 'file').map((f) => `${group.id}-${i}-${f.field.id}`)
  const brings = (i: number): boolean => boxesOf(i).some((name) => body.files?.some((file) => file.field === name && (file.bytes.length > 0 || file.fileName !== '')))
  let entries = Array.from({ length: count }, (_, i) => ({ i, entry: readEntry(compiled.entry, body, `${group.id}-${i}`, isRecord(old[i]) ? old[i] : {}, root) }))
  if (action.do === 'remove' && action.field === group.id) entries.splice(action.index, 1)
  // Boxes offered for one more entry and left empty are not an entry; of those that are demanded, each empty box gets its message.
  if (action.do === 'continue') entries = entries.filter(({ entry, i }, at) => at < group.min || !isEmpty(entry) || brings(i))
  entries.forEach(({ i }, at) => { for (const name of boxesOf(i)) places.set(name, `${group.id}.${at}.${name.split('-')[2]!}`) })
  const read = entries.map(({ entry }) => entry)
  if (action.do === 'add' && action.field === group.id && read.length < group.max) read.push({})
  return read.length === 0 ? undefined : read
}

function readEntry(fields: readonly CompiledField[], body: PostedPage, prefix: string, old: Answers, root: Answers): Answers {
  const entry: Answers = {}
  for (const { field, visible } of fields) {
    if (visible && !visible(entry, root)) continue
    put(entry, field.id, kindOf<SimpleField>(field as SimpleField).read(field as SimpleField, body, `${prefix}-${field.id}`, old[field.id]))
  }
  return entry
}

/** Takes one of the files of a box away: 'noticeFile', in a group 'papers-0-picture'. */
function dropFile(answers: Answers, { field, index }: { field: string; index: number }): void {
  const path = field.replaceAll('-', '.')
  const files = valueOf(answers, path)
  if (!Array.isArray(files)) return
  const left = files.filter((_, i) => i !== index)
  setValue(answers, path, left.length === 0 ? undefined : left)
}

function focusOf(action: Exclude<Action, { do: 'continue' }>, answers: Answers): string {
  if (action.do === 'units') return `${action.field}-commune`
  const entries = answers[action.field]
  if (action.do === 'add' && Array.isArray(entries)) return `${action.field}-${entries.length - 1}`
  return action.do === 'drop' ? action.field : `${action.field}-add`
}

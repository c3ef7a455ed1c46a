import type { FieldError } from '../../../platform/errors.ts'
import type { FormBody } from '../../../platform/http/route.ts'
import type { Translate } from '../../../platform/i18n.ts'
import { isRecord } from '../answers.ts'
import { fieldShape, isGroup, type Bound, type Condition, type Field, type FixedDay, type FormDefinition, type Formula, type Option } from '../definition.ts'
import { blankField, boxesOf, trueUnlessTold, type Box } from './field-boxes.ts'
import { readBound, readCondition, readFixedDay, readFormula, type Read } from './expression/read-expression.ts'
import { writeBound, writeCondition, writeFixedDay, writeFormula } from './expression/write-expression.ts'

/** Boxes of the editor begin with a sign that no field of a form begins with: the preview stands on the same page. */
export const boxName = (name: string): string => `_${name}`

/** What stands in the boxes: by the name of the box, several for boxes to tick. */
export type Typed = Readonly<Record<string, string | readonly string[]>>

export const typedIn = (form: FormBody): Typed => form.fields

/** What the boxes of a field show. */
export function typedOfField(field: Field): Typed {
  return typedOf(boxesOf(field.type), Object.fromEntries(Object.entries(field)))
}

/** The same for anything that has such boxes. */
export function typedOf(boxes: readonly Box[], values: Readonly<Record<string, unknown>>): Typed {
  return Object.fromEntries(boxes.flatMap((box) => shown(box, values[box.name])))
}

function shown({ name, kind }: Box, value: unknown): [string, string | string[]][] {
  const key = boxName(name)
  if (kind === 'flag') return (value ?? trueUnlessTold.has(name)) === true ? [[key, 'yes']] : []
  if (kind === 'pair' || kind === 'long-pair') return (['vi', 'en'] as const).map((lang) => [`${key}-${lang}`, isRecord(value) ? String(value[lang] ?? '') : ''])
  if (value === undefined) return [[key, '']]
  switch (kind) {
    case 'several': return [[key, value as string[]]]
    case 'condition': return [[key, writeCondition(value as Condition)]]
    case 'formula': return [[key, writeFormula(value as Formula)]]
    case 'bound': return [[key, writeBound(value as Bound)]]
    case 'day': return [[key, writeFixedDay(value as FixedDay)]]
    case 'options': return [[key, (value as Option[]).map(optionLine).join('\n')]]
    case 'names': return [[key, (value as string[]).join(' ')]]
    case 'components': return [[key, (value as Components).map(componentLine).join('\n')]]
    default: return [[key, String(value)]]
  }
}

/** `married | Đã đăng ký kết hôn | Married`, then the hint in both languages where there is one. */
const optionLine = ({ value, label, hint }: Option): string => [value, label.vi, label.en, ...(hint ? [hint.vi, hint.en] : [])].join(' | ')

type Components = NonNullable<FormDefinition['components']>

/** `office | Giấy chứng sinh | evidence = electronic`: how it comes, its name, and when it is asked for. */
const componentLine = ({ name, by, when }: Components[number]): string => [by, name, ...(when ? [writeCondition(when)] : [])].join(' | ')

export type ReadForm<T> = { ok: true; value: T } | { ok: false; errors: FieldError[] }

/** Reads the boxes into the field; what they do not ask for, such as the fields of a group, stays. */
export function readFieldForm(form: FormBody, field: Field, t: Translate): ReadForm<Field> {
  const boxes = boxesOf(field.type)
  const read = readBoxes(form, boxes, Object.fromEntries(Object.entries(field)), t)
  if (!read.ok) return read
  const made = { id: field.id, type: field.type, ...(isGroup(field) && { fields: field.fields, ...(field.rules && { rules: field.rules }) }), ...read.value }
  // A group that is still empty is judged when the draft is handed over.
  const filler = isGroup(field) && field.fields.length === 0 ? { ...made, fields: [blankField('filler', 'text', field.label)] } : made
  const parsed = fieldShape.safeParse(filler)
  if (!parsed.success) return { ok: false, errors: parsed.error.issues.map((issue) => wrongBox(boxes, String(issue.path[0] ?? boxes[0]!.name), t)) }
  return { ok: true, value: isGroup(field) ? { ...parsed.data, fields: field.fields } as Field : parsed.data }
}

/** Reads boxes into properties; empty ones are left out. */
export function readBoxes(form: FormBody, boxes: readonly Box[], before: Readonly<Record<string, unknown>>, t: Translate): ReadForm<Record<string, unknown>> {
  const errors: FieldError[] = []
  const value = Object.fromEntries(boxes.flatMap((box) => {
    const read = readBox(form, box, before[box.name])
    if (!read.ok) errors.push('at' in read ? { field: boxName(box.name), key: 'forms.editor.wrong.expression', params: { name: boxLabel(box, t), at: read.at, found: read.found || '…' } } : wrongBox(boxes, box.name, t))
    return !read.ok || read.value === undefined ? [] : [[box.name, read.value]]
  }))
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value }
}

export const boxLabel = ({ name }: Box, t: Translate): string => t(`forms.editor.box.${name}`)

/** The mistake of a box that has no better sentence, at the control that carries its id. */
export function wrongBox(boxes: readonly Box[], name: string, t: Translate): FieldError {
  const box = boxes.find((b) => b.name === name) ?? boxes[0]!
  const isPair = box.kind === 'pair' || box.kind === 'long-pair'
  return { field: isPair ? `${boxName(box.name)}-vi` : boxName(box.name), key: `forms.editor.wrong.${isPair ? 'pair' : box.kind === 'number' || box.kind === 'options' || box.kind === 'components' ? box.kind : 'value'}`, params: { name: boxLabel(box, t) } }
}

const longestExpression = 2000

function readBox(form: FormBody, box: Box, before: unknown): Read<unknown> | { ok: false } {
  const key = boxName(box.name)
  const text = form.get(key)
  switch (box.kind) {
    case 'flag': return good(form.get(key) === 'yes' ? (trueUnlessTold.has(box.name) ? undefined : true) : trueUnlessTold.has(box.name) ? false : undefined)
    case 'pair': case 'long-pair': return readPair(form.get(`${key}-vi`), form.get(`${key}-en`))
    case 'number': return text === '' ? good(undefined) : /^-?\d+([.,]\d+)?$/.test(text) ? good(Number(text.replace(',', '.'))) : { ok: false }
    case 'several': return good(inOrder(form.all(key), box.values ?? [], Array.isArray(before) ? before.map(String) : []))
    case 'options': return text === '' ? good(undefined) : readOptions(text)
    case 'names': return good(text === '' ? undefined : text.split(/[\s,]+/))
    case 'components': return text === '' ? good(undefined) : readComponents(text)
    case 'text': case 'select': return good(text === '' ? undefined : text)
    default: return text === '' ? good(undefined) : text.length > longestExpression ? { ok: false } : readers[box.kind](text)
  }
}

const readers = { condition: readCondition, formula: readFormula, bound: readBound, day: readFixedDay } as const
const good = (value: unknown): Read<unknown> => ({ ok: true, value })

function readPair(vi: string, en: string): Read<unknown> | { ok: false } {
  return vi === '' && en === '' ? good(undefined) : vi === '' || en === '' ? { ok: false } : good({ vi, en })
}

/** What was chosen before keeps its order, what is new comes after it; none is nothing. */
function inOrder(chosen: readonly string[], values: readonly string[], before: readonly string[]): string[] | undefined {
  const kept = before.filter((value) => chosen.includes(value))
  const fresh = values.filter((value) => chosen.includes(value) && !kept.includes(value))
  return kept.length + fresh.length === 0 ? undefined : [...kept, ...fresh]
}

const rowsOf = (text: string): string[][] => text.split(/\r?\n/).map((line) => line.split('|').map((cell) => cell.trim())).filter((cells) => cells.some(Boolean))

function readComponents(text: string): Read<unknown> | { ok: false } {
  const components: unknown[] = []
  for (const [by, name, when] of rowsOf(text)) {
    const condition = when === undefined || when.length > longestExpression ? undefined : readCondition(when)
    if (!name || (when !== undefined && !condition?.ok)) return { ok: false }
    components.push({ by, name, ...(condition?.ok && { when: condition.value }) })
  }
  return good(components)
}

function readOptions(text: string): Read<unknown> | { ok: false } {
  const rows = rowsOf(text)
  if (rows.some((cells) => (cells.length !== 3 && cells.length !== 5) || cells.includes(''))) return { ok: false }
  return good(rows.map(([value, vi, en, hintVi, hintEn]) => ({ value, label: { vi, en }, ...(hintVi !== undefined && { hint: { vi: hintVi, en: hintEn } }) })))
}

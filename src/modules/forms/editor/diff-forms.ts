import { isGroup, type Bilingual, type Field, type FormDefinition, type Page } from '../definition.ts'
import { boxesOf, headBoxes, pageBoxes, type Box } from './field-boxes.ts'
import { typedOfField, type Typed } from './field-form.ts'
import { typedOfHead, typedOfPage, typedOfRule } from './part-form.ts'

/** One difference between two definitions: a page, field or rule that came, went or moved, or a property that changed. */
export interface FormChange {
  kind: 'added' | 'removed' | 'moved' | 'changed'
  /** The page and the field; neither for the head of the form. */
  page?: Bilingual
  field?: Bilingual
  /** The box of the property, for `changed`. */
  property?: string
  before?: string
  after?: string
}

/** Every difference, field by field, in the order of the later definition; fields are known by their ids, also on another page. */
export function diffForms(before: FormDefinition, after: FormDefinition): FormChange[] {
  const head = compareBoxes(headBoxes, typedOfHead(before), typedOfHead(after), {})
  const pages = pair(before.pages, after.pages).flatMap(({ old, now, isMoved }): FormChange[] => {
    const page = (now ?? old)!
    if (!old || !now) return [{ kind: now ? 'added' : 'removed', page: page.title }]
    return [...(isMoved ? [{ kind: 'moved' as const, page: page.title }] : []), ...compareBoxes(pageBoxes, typedOfPage(old), typedOfPage(now), { page: now.title }), ...compareRules(old, now, { page: now.title })]
  })
  return [...head, ...pages, ...compareFields(before, after)]
}

interface Placed { id: string; field: Field; page: Page; place: string }

/** All fields, those of groups after their group. */
function placed(definition: FormDefinition): Placed[] {
  return definition.pages.flatMap((page) => page.fields.flatMap((field): Placed[] => [
    { id: field.id, field, page, place: page.id },
    ...(isGroup(field) ? field.fields.map((inner): Placed => ({ id: `${field.id}.${inner.id}`, field: inner, page, place: field.id })) : []),
  ]))
}

function compareFields(before: FormDefinition, after: FormDefinition): FormChange[] {
  return pair(placed(before), placed(after)).flatMap(({ old, now, isMoved }): FormChange[] => {
    const { field, page } = (now ?? old)!
    const at = { page: page.title, field: field.label }
    if (!old || !now) return [{ kind: now ? 'added' : 'removed', ...at }]
    const move: FormChange[] = isMoved || old.place !== now.place ? [{ kind: 'moved', ...at }] : []
    if (old.field.type !== now.field.type) return [...move, { kind: 'changed', ...at, property: 'type', before: old.field.type, after: now.field.type }]
    const rules = isGroup(old.field) && isGroup(now.field) ? compareRules(old.field, now.field, at) : []
    return [...move, ...compareBoxes(boxesOf(field.type), typedOfField(old.field), typedOfField(now.field), at), ...rules]
  })
}

/** What stands in both lists by its id; moved is what is out of the order of the others that stayed. */
function pair<T extends { id: string }>(before: readonly T[], after: readonly T[]): { old?: T; now?: T; isMoved: boolean }[] {
  const old = new Map(before.map((one) => [one.id, one]))
  const stayed = new Set(inOrder(before.map((o) => o.id), after.map((o) => o.id)))
  const left = before.filter((one) => !after.some((other) => other.id === one.id)).map((one) => ({ old: one, isMoved: false }))
  return [...after.map((now) => ({ ...(old.has(now.id) && { old: old.get(now.id)! }), now, isMoved: old.has(now.id) && !stayed.has(now.id) })), ...left]
}

/** The longest run of ids that stand in the same order in both: the rest has moved. */
function inOrder(before: readonly string[], after: readonly string[]): string[] {
  const places = after.map((id) => before.indexOf(id)).filter((at) => at >= 0)
  const best: { length: number; previous: number }[] = []
  for (const [i, at] of places.entries()) {
    let found = { length: 1, previous: -1 }
    for (let j = 0; j < i; j++) if (places[j]! < at && best[j]!.length + 1 > found.length) found = { length: best[j]!.length + 1, previous: j }
    best.push(found)
  }
  const run: string[] = []
  for (let i = best.reduce((top, one, at) => (one.length > (best[top]?.length ?? 0) ? at : top), 0); best[i]; i = best[i]!.previous) run.unshift(before[places[i]!]!)
  return run
}

function compareBoxes(boxes: readonly Box[], before: Typed, after: Typed, at: Pick<FormChange, 'page' | 'field'>): FormChange[] {
  return boxes.flatMap((box): FormChange[] => {
    const [old, now] = [wordsOf(box, before), wordsOf(box, after)]
    return old === now ? [] : [{ kind: 'changed', ...at, property: box.name, before: old, after: now }]
  })
}

/** What stands in a box, as one text. */
function wordsOf({ name, kind }: Box, typed: Typed): string {
  const text = (key: string): string => [typed[`_${key}`] ?? []].flat().join(', ')
  return kind === 'pair' || kind === 'long-pair' ? [text(`${name}-vi`), text(`${name}-en`)].filter(Boolean).join('\n') : text(name)
}

/** Rules have no ids: those that are in both as they are stay, the others came or went. */
function compareRules(before: Pick<Page, 'rules'>, after: Pick<Page, 'rules'>, at: Pick<FormChange, 'page' | 'field'>): FormChange[] {
  const words = ({ rules = [] }: Pick<Page, 'rules'>): string[] => rules.map((rule) => [rule.rule, ...Object.values(typedOfRule(rule)).flat().filter(Boolean)].join(' · '))
  const [old, now] = [words(before), words(after)]
  return [
    ...now.filter((rule) => !old.includes(rule)).map((rule): FormChange => ({ kind: 'changed', ...at, property: 'rule', before: '', after: rule })),
    ...old.filter((rule) => !now.includes(rule)).map((rule): FormChange => ({ kind: 'changed', ...at, property: 'rule', before: rule, after: '' })),
  ]
}

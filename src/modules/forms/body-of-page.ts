import { isRecord, type Answers } from './answers.ts'
import type { CompiledField, Form } from './compile-form.ts'
import { isComposed, isGroup, type GroupField, type Page, type SimpleField } from './definition.ts'
import { kindOf } from './fields/kinds.ts'
import { walk } from './path-of.ts'

/** What a browser would post for a page with these answers (files aside): for tests, journeys and the bench. */
export function bodyOfPage(form: Form, page: Page, answers: Answers): [name: string, value: string][] {
  const { kept } = walk(form, answers)
  const compiled = form.pages.find((p) => p.page.id === page.id)?.fields ?? []
  return compiled.filter((f) => !f.visible || f.visible(kept, kept)).flatMap((f) => (isGroup(f.field) ? entriesOf(f, answers) : isComposed(f.field) ? partsOf(f, answers[f.field.id], f.field.id) : valueOf(f, answers, f.field.id)))
}

function valueOf({ field }: CompiledField, from: Answers, name: string): [string, string][] {
  return kindOf<SimpleField>(field as SimpleField).write(field as SimpleField, from[field.id], name)
}

const partsOf = ({ entry }: Pick<CompiledField, 'entry'>, value: unknown, name: string): [string, string][] =>
  entry.flatMap((inner) => valueOf(inner, isRecord(value) ? value : {}, `${name}-${inner.field.id}`))

function entriesOf({ field, entry }: CompiledField, answers: Answers): [string, string][] {
  const group = field as GroupField
  const entries = Array.isArray(answers[group.id]) ? (answers[group.id] as unknown[]) : []
  const boxes = entries.flatMap((value, i) => partsOf({ entry }, value, `${group.id}-${i}`))
  return [[`${group.id}-count`, String(entries.length)], ...boxes]
}

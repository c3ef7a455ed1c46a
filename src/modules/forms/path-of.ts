import { isEmpty, isRecord, type Answers } from './answers.ts'
import type { CompiledField, CompiledPage, Form } from './compile-form.ts'
import { isComposed, type Page } from './definition.ts'

/** The pages that a person with these answers goes through, in order. */
export function pathOf(form: Form, answers: Answers): Page[] {
  const { pages } = walk(form, answers)
  return pages.map((p) => p.page)
}

/**
 * The answers without what the path no longer asks. A draft keeps such leftovers (the person may change the deciding answer back);
 * a submission must not hold them.
 */
export function visibleAnswers(form: Form, answers: Answers): Answers {
  return walk(form, answers).kept
}

/** One pass in the order of the form: a condition sees only answers that are themselves still asked. */
export function walk(form: Form, answers: Answers): { pages: CompiledPage[]; kept: Answers } {
  const kept: Answers = {}
  const pages = form.pages.filter((page) => {
    if (page.visible && !page.visible(kept, kept)) return false
    const asked = page.fields.filter((f) => !f.visible || f.visible(kept, kept))
    for (const field of asked) keep(field, answers, kept, kept)
    return asked.length > 0
  })
  return { pages, kept }
}

function keep(compiled: CompiledField, from: Answers, into: Answers, root: Answers): void {
  const { id } = compiled.field
  if (compiled.calculation) {
    const made = compiled.calculation(into, root)
    if (made !== undefined) into[id] = made
    return
  }
  const value = from[id]
  if (isEmpty(value)) return
  if (compiled.check) into[id] = value
  else if (isComposed(compiled.field)) into[id] = keepEntry(compiled, value, root)
  else into[id] = Array.isArray(value) ? value.map((entry: unknown) => keepEntry(compiled, entry, root)) : value
}

/** The answers with every calculated value as it is now: what the page shows and what is filed. Without calculations the answers themselves. */
export function withCalculations(form: Form, answers: Answers): Answers {
  if (!form.calculates) return answers
  const { kept } = walk(form, answers)
  const made: Answers = { ...answers }
  for (const compiled of form.pages.flatMap((page) => page.fields)) {
    const { id } = compiled.field
    if (compiled.calculation) {
      delete made[id]
      if (id in kept) made[id] = kept[id]
    } else if (id in kept && compiled.entry.some((field) => field.calculation)) made[id] = kept[id]
  }
  return made
}

function keepEntry(group: CompiledField, entry: unknown, root: Answers): unknown {
  if (!isRecord(entry)) return entry
  const kept: Answers = {}
  for (const field of group.entry) if (!field.visible || field.visible(kept, root)) keep(field, entry, kept, root)
  return kept
}

import type { FieldError } from '../../platform/errors.ts'
import { isEmpty, isRecord, type Answers, type Env } from './answers.ts'
import type { CompiledField, CompiledPage, Form } from './compile-form.ts'
import { isComposed, type GroupField, type Page } from './definition.ts'
import type { Scope } from './fields/field-kind.ts'
import { walk, withCalculations } from './path-of.ts'
import { ruleKey, type Finding } from './rules.ts'

const zoneShift = 7 * 3_600_000

/** The civil date in Vietnam (UTC+7, no summer time), without the cost of a calendar library: this runs at every filing. */
const today = (now: Date): string => new Date(now.getTime() + zoneShift).toISOString().slice(0, 10)

/**
 * Checks the answers of a whole form as they would be filed, also that nothing came which was not asked: unknown fields, and fields that the
 * conditions hide. Returns all mistakes, in the order of the form; an empty list means valid.
 */
export function validateAnswers(form: Form, answers: Answers, env: Env): FieldError[] {
  const errors: FieldError[] = []
  const root = withCalculations(form, answers)
  const scope: Scope = { item: root, root, env, today: today(env.now) }
  for (const page of form.pages) {
    const isAsked = !page.visible || page.visible(root, root)
    for (const field of page.fields) checkField(field, answers[field.field.id], field.field.id, isAsked, scope, errors)
    if (isAsked) checkRules(page, root, errors)
  }
  for (const key of Object.keys(answers)) if (!form.fields.has(key)) add(errors, key.slice(0, 60), { rule: 'unknown' })
  return errors
}

/** Checks one page of a draft; answers of other pages serve its conditions and comparisons. */
export function validatePage(form: Form, page: Page, answers: Answers, env: Env): FieldError[] {
  const { kept, pages } = walk(form, answers)
  const errors: FieldError[] = []
  const scope: Scope = { item: kept, root: kept, env, today: today(env.now) }
  const compiled = pageOf(pages, page)
  for (const field of compiled?.fields ?? []) {
    if (!field.visible || field.visible(kept, kept)) checkField(field, kept[field.field.id], field.field.id, true, scope, errors)
  }
  if (compiled) checkRules(compiled, kept, errors)
  return errors
}

const pageOf = (pages: readonly CompiledPage[], page: Page): CompiledPage | undefined => pages.find((p) => p.page.id === page.id)

function add(errors: FieldError[], path: string, { rule, params, part }: Finding): void {
  errors.push({ field: part === undefined ? path : `${path}.${part}`, key: ruleKey(rule), ...(params && { params }) })
}

function checkField(compiled: CompiledField, value: unknown, path: string, isAsked: boolean, scope: Scope, errors: FieldError[]): void {
  if (isEmpty(value)) {
    if (!compiled.isRequired || !isAsked || (compiled.visible && !compiled.visible(scope.item, scope.root))) return
    if (isComposed(compiled.field)) checkParts(compiled, {}, path, scope, errors)
    else add(errors, path, compiled.whenEmpty)
    return
  }
  if (!isAsked || (compiled.visible && !compiled.visible(scope.item, scope.root))) return add(errors, path, { rule: 'hidden' })
  if (compiled.check === undefined) {
    if (!isComposed(compiled.field)) return checkGroup(compiled, value, path, scope, errors)
    return isRecord(value) ? checkParts(compiled, value, path, scope, errors) : add(errors, path, { rule: 'wrongType' })
  }
  if (compiled.calculation && value !== compiled.calculation(scope.item, scope.root)) return add(errors, path, { rule: 'calculated.differs' })
  const found = compiled.check(value, scope)
  if (found === undefined) return
  if (Array.isArray(found)) for (const finding of found as readonly Finding[]) add(errors, path, finding)
  else add(errors, path, found as Finding)
}

function checkGroup(group: CompiledField, value: unknown, path: string, scope: Scope, errors: FieldError[]): void {
  if (!Array.isArray(value)) return add(errors, path, { rule: 'wrongType' })
  const { min, max, id } = group.field as GroupField
  if (value.length > max) return add(errors, path, { rule: 'group.tooMany', params: { max, entry: id } })
  if (value.length < min) add(errors, path, group.whenEmpty)
  value.forEach((entry: unknown, i) => {
    const at = `${path}.${i}`
    if (!isRecord(entry)) return add(errors, at, { rule: 'wrongType' })
    checkParts(group, entry, at, scope, errors)
    for (const rule of group.entryRules) {
      const broken = rule(madeEntry(scope.root, id, i) ?? entry, scope.root)
      if (broken) add(errors, group.entryIds.has(broken.at.split('.')[0]!) ? `${at}.${broken.at}` : broken.at, broken.finding)
    }
  })
}

/** An entry with its calculated values. */
function madeEntry(root: Answers, group: string, index: number): Answers | undefined {
  const entries = root[group]
  const entry: unknown = Array.isArray(entries) ? entries[index] : undefined
  return isRecord(entry) ? entry : undefined
}

/** The fields of an entry, or the parts of a composed field: each by itself, with its own siblings in sight. */
function checkParts(whole: CompiledField, given: Answers, path: string, scope: Scope, errors: FieldError[]): void {
  const inner: Scope = { ...scope, item: given }
  for (const field of whole.entry) checkField(field, given[field.field.id], `${path}.${field.field.id}`, true, inner, errors)
  for (const key of Object.keys(given)) if (!whole.entryIds.has(key)) add(errors, `${path}.${key.slice(0, 60)}`, { rule: 'unknown' })
}

function checkRules(page: CompiledPage, answers: Answers, errors: FieldError[]): void {
  for (const rule of page.rules) {
    const broken = rule(answers, answers)
    if (broken) add(errors, broken.at, broken.finding)
  }
}

import { sha256 } from '../../platform/ids.ts'
import { compileCalculation, type Calculation } from './calculate.ts'
import { compileCondition, type Predicate } from './condition.ts'
import { isComposed, isGroup, isRequired, type Field, type FormDefinition, type Page, type SimpleField } from './definition.ts'
import { partsOf } from './fields/composed.ts'
import type { Check } from './fields/field-kind.ts'
import { kindOf } from './fields/kinds.ts'
import { compileRules, type CompiledRule } from './page-rules.ts'
import type { Finding } from './rules.ts'

/** A field made ready to check answers. */
export interface CompiledField {
  readonly field: Field
  /** Absent: always asked (where its page is). */
  readonly visible: Predicate | undefined
  readonly isRequired: boolean
  readonly whenEmpty: Finding
  /** Absent for a composed field and a repeated group. */
  readonly check: Check | undefined
  /** What makes the value, of a calculated field. */
  readonly calculation: Calculation | undefined
  /** Fields of one entry, of a repeated group; parts of a composed field. */
  readonly entry: readonly CompiledField[]
  readonly entryIds: ReadonlySet<string>
  /** Rules of each entry, of a repeated group. */
  readonly entryRules: readonly CompiledRule[]
}

export interface CompiledPage {
  readonly page: Page
  readonly number: number
  readonly visible: Predicate | undefined
  readonly fields: readonly CompiledField[]
  readonly rules: readonly CompiledRule[]
}

/** A definition made ready: everything the module's functions take. Immutable, so it can be kept for the life of the process. */
export interface Form {
  readonly definition: FormDefinition
  readonly hash: string
  readonly pages: readonly CompiledPage[]
  readonly fields: ReadonlyMap<string, { readonly field: Field; readonly page: Page }>
  /** Whether the server makes any of its values. */
  readonly calculates: boolean
  /** Whether it asks for places among the units of another day. */
  readonly asksPast: boolean
  /** Shared catalogues from which it offers choices. */
  readonly catalogues: readonly string[]
}

/** @param definition one that `readDefinition` accepted. */
export function compileForm(definition: FormDefinition): Form {
  const pages = definition.pages.map((page, i): CompiledPage => ({
    page,
    number: i + 1,
    visible: page.condition && compileCondition(page.condition),
    fields: page.fields.map(compileField),
    rules: compileRules(page),
  }))
  const fields = new Map(definition.pages.flatMap((page) => page.fields.map((field) => [field.id, { field, page }] as const)))
  return { definition, hash: definitionHash(definition), pages, fields, calculates: pages.some((page) => page.fields.some(isCalculated)), asksPast: pages.some((page) => page.fields.some(isOfPast)), catalogues: [...new Set(pages.flatMap((page) => page.fields.flatMap(cataloguesOf)))] }
}

function compileField(field: Field): CompiledField {
  const shared = { field, visible: field.condition && compileCondition(field.condition), isRequired: isGroup(field) ? field.min > 0 : isRequired(field) }
  if (isGroup(field)) {
    const entry = field.fields.map(compileField)
    return { ...shared, whenEmpty: { rule: 'required.group', params: { min: field.min, entry: field.id } }, check: undefined, calculation: undefined, entry, entryIds: new Set(field.fields.map((f) => f.id)), entryRules: compileRules(field) }
  }
  if (isComposed(field)) {
    const entry = partsOf(field).map(compileField)
    return { ...shared, whenEmpty: { rule: 'required' }, check: undefined, calculation: undefined, entry, entryIds: new Set(entry.map((part) => part.field.id)), entryRules: [] }
  }
  const kind = kindOf<SimpleField>(field)
  const calculation = field.type === 'calculated' ? compileCalculation(field.formula, field.decimals) : undefined
  return { ...shared, isRequired: shared.isRequired && !calculation, whenEmpty: kind.required(field), check: kind.check(field), calculation, entry: [], entryIds: noIds, entryRules: [] }
}

const isOfPast = ({ field, entry }: CompiledField): boolean => (field.type === 'address' && field.asOf !== undefined) || entry.some(isOfPast)
const cataloguesOf = ({ field, entry }: CompiledField): string[] => [...(field.type === 'choice' && field.catalogue !== undefined ? [field.catalogue] : []), ...entry.flatMap(cataloguesOf)]
const isCalculated = (compiled: CompiledField): boolean => compiled.calculation !== undefined || compiled.entry.some(isCalculated)

const noIds: ReadonlySet<string> = new Set()

/** Two definitions with the same content have the same hash, whatever the order of their keys (PostgreSQL's jsonb does not keep it). */
export function definitionHash(definition: FormDefinition): string {
  return sha256(JSON.stringify(sorted(definition))).toString('hex')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sorted(v)]))
}

import type { Form } from './compile-form.ts'
import { isComposed, isGroup, isRequired, type Field, type SimpleField } from './definition.ts'
import { partsOf } from './fields/composed.ts'
import type { JsonSchema } from './fields/field-kind.ts'
import { kindOf } from './fields/kinds.ts'

/**
 * JSON Schema (2020-12) of a form's answers, for the API's description. Conditions and comparisons between fields are more than a schema
 * can say well: a field under a condition is optional here, and the server's own check is the judge.
 */
export function jsonSchemaOf(form: Form): JsonSchema {
  const { definition } = form
  const fields = definition.pages.flatMap((page) => page.fields.map((field) => ({ field, always: !page.condition && !field.condition })))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: definition.title.en,
    type: 'object',
    properties: Object.fromEntries(fields.map(({ field }) => [field.id, schemaOf(field)])),
    required: fields.filter(({ field, always }) => always && (isGroup(field) ? field.min > 0 : mustBeSent(field))).map(({ field }) => field.id),
    additionalProperties: false,
  }
}

function schemaOf(field: Field): JsonSchema {
  const words = { title: field.label.en, description: field.label.vi }
  if (isComposed(field)) return { ...words, ...objectOf(partsOf(field)) }
  if (!isGroup(field)) return { ...words, ...kindOf<SimpleField>(field).schema(field) }
  return { ...words, type: 'array', minItems: field.min, maxItems: field.max, items: objectOf(field.fields) }
}

/** What the server makes itself need not be sent. */
const mustBeSent = (field: Field): boolean => isRequired(field) && field.type !== 'calculated'

const objectOf = (fields: readonly SimpleField[]): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(fields.map((f) => [f.id, schemaOf(f)])),
  required: fields.filter((f) => mustBeSent(f) && !f.condition).map((f) => f.id),
  additionalProperties: false,
})

import type { Expression, Model } from './dmn/model.ts'
import type { TableDefinition } from './table-definition.ts'
import { columnTypes } from './table-definition.ts'

/** A decision table as a model of DMN with one decision: to be read by other tools. */
export function modelOfTable({ key, title, table }: TableDefinition): Model {
  const plain = <T extends { typeRef: string; allowed?: string | undefined; label: string }>({ typeRef, allowed, label }: T) => ({ ...(typeRef === 'Any' ? {} : { typeRef }), ...(allowed ? { allowed } : {}), ...(label ? { label } : {}) })
  const inputs = table.inputs.map((input, i) => ({ id: `input-${i + 1}`, name: input.expression, ...(input.typeRef === 'Any' ? {} : { typeRef: input.typeRef }) }))
  const { aggregation, ...rest } = table
  return {
    name: title.vi, namespace: `urn:motcua:decision-table:${key}`, types: [], knowledge: [], services: [], imports: [], inputs,
    decisions: [{
      id: key, name: title.vi, requires: inputs.map((input) => input.id), knows: [],
      expression: { is: 'table', table: {
        ...rest, ...(aggregation ? { aggregation } : {}),
        inputs: table.inputs.map((input) => ({ expression: input.expression, ...plain(input) })),
        outputs: table.outputs.map((output) => ({ ...(output.name ? { name: output.name } : {}), ...plain(output), ...(output.otherwise ? { otherwise: output.otherwise } : {}) })),
      } },
    }],
  }
}

const typeOf = (typeRef: string | undefined): (typeof columnTypes)[number] => columnTypes.find((type) => type === typeRef?.replace(/^[\w-]+:(?=\S)/, '')) ?? 'Any'

/** The first decision table of a model, as officers edit it; undefined where there is none. Types of the model's own become any type. */
export function tableOfModel(model: Model): TableDefinition['table'] | undefined {
  const found = model.decisions.map(({ expression }) => expression).find((expression): expression is Extract<Expression, { is: 'table' }> => expression?.is === 'table')
  if (!found) return undefined
  const { hitPolicy, aggregation, inputs, outputs, rules } = found.table
  return {
    hitPolicy, ...(aggregation ? { aggregation } : {}),
    inputs: inputs.map(({ expression, typeRef, allowed, label }) => ({ expression, label: label ?? '', typeRef: typeOf(typeRef), ...(allowed ? { allowed } : {}) })),
    outputs: outputs.map(({ name, typeRef, allowed, otherwise, label }) => ({ name: name ?? '', label: label ?? '', typeRef: typeOf(typeRef), ...(allowed ? { allowed } : {}), ...(otherwise ? { otherwise } : {}) })),
    rules: rules.map((rule) => ({ inputs: inputs.map((_, i) => rule.inputs[i] ?? ''), outputs: outputs.map((_, i) => rule.outputs[i] ?? ''), notes: [rule.notes[0] ?? ''] })),
  }
}

import { z } from 'zod'
import { aggregations, hitPolicies } from './dmn/model.ts'

// Terminology: a *decision table* ("bảng quyết định") has *inputs* and *outputs* as columns and *rules* as rows; an *example* ("ví dụ kiểm thử") is a set of
// inputs with the outputs that the table must give. Cells are FEEL.

export const purposes = ['fee', 'routing', 'components', 'time-limit', 'other'] as const
/** Types that a column may have; the names are those of FEEL. */
export const columnTypes = ['string', 'number', 'boolean', 'date', 'time', 'date and time', 'days and time duration', 'years and months duration', 'Any'] as const
export const most = { columns: 20, rules: 500, examples: 200 } as const

const cell = z.string().max(2000)
const name = z.string().max(100)
const label = z.string().max(200)
const typeRef = z.enum(columnTypes)

/** `expression` is the name of an input, by which acts hand it over and cells call it. */
const decisionTable = z.strictObject({
  hitPolicy: z.enum(hitPolicies),
  aggregation: z.enum(aggregations).optional(),
  inputs: z.array(z.strictObject({ expression: name, label, typeRef, allowed: cell.optional() })).max(most.columns),
  outputs: z.array(z.strictObject({ name, label, typeRef, allowed: cell.optional(), otherwise: cell.optional() })).max(most.columns),
  rules: z.array(z.strictObject({ inputs: z.array(cell), outputs: z.array(cell), notes: z.array(cell).max(1) })).max(most.rules),
})

export const tableDefinition = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{1,59}$/),
  title: z.strictObject({ vi: z.string().max(200), en: z.string().max(200) }),
  /** Law and article on which the table rests. */
  ground: z.string().max(500),
  purpose: z.enum(purposes),
  /** The procedure whose fee, routing … it decides; any when empty. */
  procedure: z.string().max(40),
  table: decisionTable,
})
export const tableExamples = z.array(z.strictObject({ note: z.string().max(200), inputs: z.array(cell), outputs: z.array(cell) })).max(most.examples)

export type TableDefinition = z.infer<typeof tableDefinition>
export type TableExample = z.infer<typeof tableExamples>[number]
export type TableInput = TableDefinition['table']['inputs'][number]
export type TableOutput = TableDefinition['table']['outputs'][number]
export type TableRule = TableDefinition['table']['rules'][number]

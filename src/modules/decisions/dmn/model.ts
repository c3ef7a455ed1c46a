/**
 * A decision model ("mô hình quyết định", DMN 1.3, chapters 6 and 7) as it is read from and written to XML. Texts are FEEL, not yet parsed.
 *
 * Terminology: a *decision* has an expression and requires inputs, other decisions and knowledge; a *business knowledge model* is a function
 * that decisions use; a *decision service* is a part of the model that can be called as a whole.
 */
export interface Model {
  name: string
  namespace: string
  types: ItemDefinition[]
  inputs: InputData[]
  decisions: Decision[]
  knowledge: KnowledgeModel[]
  services: DecisionService[]
  imports: Import[]
}

/** Another model under a name; `model` is there once it was found among those that are known. */
export interface Import { name: string; namespace: string; model?: Model }

export interface ItemDefinition {
  name: string
  typeRef?: string
  collection: boolean
  /** Unary tests that each item passes. */
  allowed?: string
  /** Unary tests that the whole passes (DMN 1.5). */
  constraint?: string
  components: ItemDefinition[]
  function?: { parameters: { name: string; typeRef?: string }[]; result?: string }
}

export interface Variable { name: string; typeRef?: string }
export interface InputData extends Variable { id: string }
export interface Decision extends Variable { id: string; requires: string[]; knows: string[]; expression?: Expression }
export interface KnowledgeModel extends Variable { id: string; knows: string[]; logic?: Extract<Expression, { is: 'function' }> }
export interface DecisionService extends Variable { id: string; outputs: string[]; encapsulated: string[]; inputDecisions: string[]; inputData: string[] }

export const hitPolicies = ['UNIQUE', 'ANY', 'PRIORITY', 'FIRST', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT'] as const
export type HitPolicy = (typeof hitPolicies)[number]
export const aggregations = ['SUM', 'MIN', 'MAX', 'COUNT'] as const
export type Aggregation = (typeof aggregations)[number]

/** A decision table ("bảng quyết định"). */
export interface DecisionTable {
  hitPolicy: HitPolicy
  aggregation?: Aggregation
  inputs: { expression: string; typeRef?: string; allowed?: string; label?: string }[]
  outputs: { name?: string; typeRef?: string; allowed?: string; otherwise?: string; label?: string }[]
  rules: { inputs: string[]; outputs: string[]; notes: string[] }[]
}

export type Expression = { typeRef?: string } & (
  | { is: 'literal'; text: string }
  | { is: 'table'; table: DecisionTable }
  | { is: 'context'; entries: { name?: string; typeRef?: string; value: Expression }[] }
  | { is: 'invocation'; callee: Expression; bindings: { name: string; typeRef?: string; value: Expression }[] }
  | { is: 'function'; kind: string; parameters: Variable[]; body: Expression }
  | { is: 'relation'; columns: Variable[]; rows: Expression[][] }
  | { is: 'list'; items: Expression[] }
  | { is: 'conditional'; if: Expression; then: Expression; else: Expression }
  | { is: 'for' | 'some' | 'every'; variable: string; in: Expression; body: Expression }
  | { is: 'filter'; in: Expression; match: Expression }
  | { is: 'nothing' }
)

export { decisions } from './module.ts'
export { decide, inputsOf, tryDecision, type Decided, type DecisionInputs } from './decide.ts'
export { feeByTable, type DecidedFee } from './fee-by-table.ts'
export type { JsonValue } from './json-value.ts'

import type { Run, Scope } from './run.ts'
import type { Value } from './value.ts'

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='
export type Arithmetic = '+' | '-' | '*' | '/' | '**'

/** The tree of a FEEL expression. `at` is the place in the text. */
export type Node =
  | { is: 'literal'; value: Value; at: number }
  | { is: 'temporal'; text: string; at: number }
  | { is: 'name'; name: string; at: number }
  | { is: 'list'; items: Node[]; at: number }
  | { is: 'context'; entries: { key: string; value: Node }[]; at: number }
  | { is: 'range'; start: Node | null; end: Node | null; startIncluded: boolean; endIncluded: boolean; at: number }
  | { is: 'negation'; of: Node; at: number }
  | { is: 'arithmetic'; operator: Arithmetic; left: Node; right: Node; at: number }
  | { is: 'comparison'; operator: Comparison; left: Node; right: Node; at: number }
  | { is: 'and' | 'or'; left: Node; right: Node; at: number }
  | { is: 'between'; value: Node; low: Node; high: Node; at: number }
  | { is: 'in'; value: Node; tests: Test[]; at: number }
  | { is: 'instance of'; value: Node; type: TypeNode; at: number }
  | { is: 'path'; of: Node; name: string; at: number }
  | { is: 'filter'; of: Node; by: Node; at: number }
  | { is: 'call'; callee: Node; positional: Node[]; named: { name: string; value: Node }[] | null; at: number }
  | { is: 'if'; condition: Node; then: Node; else: Node; at: number }
  | { is: 'for'; iterations: Iteration[]; body: Node; partial: boolean; at: number }
  | { is: 'some' | 'every'; iterations: Iteration[]; body: Node; at: number }
  | { is: 'function'; parameters: { name: string; type: TypeNode | null }[]; body: Node; external: boolean; at: number }
  /** A boxed expression of DMN: what it is worth follows from its parts. */
  | { is: 'boxed'; evaluate(scope: Scope, run: Run): Value; at: number }

export interface Iteration { name: string; from: Node; to: Node | null }

/** One test of a cell: an operator with its operand, or an expression. */
export type Test = { is: 'comparison'; operator: Comparison; operand: Node } | { is: 'expression'; node: Node; asks: boolean }

/** The tests of a cell: `-` is any. */
export interface UnaryTests { isAny: boolean; not: boolean; tests: Test[] }

export type TypeNode =
  | { is: 'named'; name: string }
  | { is: 'list'; of: TypeNode }
  | { is: 'range'; of: TypeNode }
  | { is: 'context'; entries: { key: string; type: TypeNode }[] }
  | { is: 'function'; parameters: TypeNode[]; result: TypeNode }

import { most, type TableDefinition, type TableExample } from '../table-definition.ts'

/** What an editor holds: the table and its examples, whose cells go with the columns. */
export interface Sheet { definition: TableDefinition; examples: TableExample[] }

export type Act = { what: 'input' | 'output' | 'rule' | 'example'; how: 'add' | 'remove' | 'up' | 'down'; at: number }

/** Reads the value of a button: "rule-up-3", "input-add". Undefined for "save" and anything else. */
export function readAct(value: string): Act | undefined {
  const match = /^(input|output|rule|example)-(add|remove|up|down)(?:-(\d{1,3}))?$/.exec(value)
  return match ? { what: match[1] as Act['what'], how: match[2] as Act['how'], at: Number(match[3] ?? 0) } : undefined
}

/** Adds, removes or moves a column, a rule or an example. What cannot be done changes nothing. */
export function applyAct(sheet: Sheet, { what, how, at }: Act): Sheet {
  const { definition, examples } = sheet
  const { table } = definition
  const withTable = (changed: Partial<TableDefinition['table']>, more: TableExample[] = examples): Sheet => ({ definition: { ...definition, table: { ...table, ...changed } }, examples: more })
  const blanks = (list: readonly unknown[]): string[] => list.map(() => '')
  switch (what) {
    case 'rule': return withTable({ rules: edited(table.rules, how, at, { inputs: blanks(table.inputs), outputs: blanks(table.outputs), notes: [''] }, most.rules) })
    case 'example': return { definition, examples: edited(examples, how, at, { note: '', inputs: blanks(table.inputs), outputs: blanks(table.outputs) }, most.examples) }
    case 'input': return withTable({
      inputs: edited(table.inputs, how, at, { expression: '', label: '', typeRef: 'string' }, most.columns),
      rules: table.rules.map((rule) => ({ ...rule, inputs: edited(rule.inputs, how, at, '', most.columns) })),
    }, examples.map((example) => ({ ...example, inputs: edited(example.inputs, how, at, '', most.columns) })))
    case 'output': return withTable({
      outputs: edited(table.outputs, how, at, { name: '', label: '', typeRef: 'string' }, most.columns),
      rules: table.rules.map((rule) => ({ ...rule, outputs: edited(rule.outputs, how, at, '', most.columns) })),
    }, examples.map((example) => ({ ...example, outputs: edited(example.outputs, how, at, '', most.columns) })))
  }
}

function edited<T>(list: readonly T[], how: Act['how'], at: number, blank: T, longest: number): T[] {
  if (how === 'add') return list.length < longest ? [...list, blank] : [...list]
  if (how === 'remove') return list.filter((_, i) => i !== at)
  const to = how === 'up' ? at - 1 : at + 1
  if (at >= list.length || to < 0 || to >= list.length) return [...list]
  const moved = [...list]
  ;[moved[at], moved[to]] = [moved[to]!, moved[at]!]
  return moved
}

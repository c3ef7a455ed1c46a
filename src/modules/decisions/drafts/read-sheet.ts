import type { FormBody } from '../../../platform/http/route.ts'
import { most, tableDefinition, tableExamples } from '../table-definition.ts'
import type { Sheet } from './change-columns.ts'

/** Reads what the editor's form holds; undefined for what no editor sends. The key stays that of the draft. */
export function readSheet(form: FormBody, key: string): Sheet | undefined {
  const count = (name: string, longest: number): number => Math.min(longest, Math.max(0, Math.trunc(Number(form.get(name)) || 0)))
  const times = <T>(length: number, make: (i: number) => T): T[] => Array.from({ length }, (_, i) => make(i))
  const optional = (name: string, field: string): Record<string, string> => (form.get(field) === '' ? {} : { [name]: form.get(field) })
  const [inputs, outputs] = [count('inputs', most.columns), count('outputs', most.columns)]
  const cells = (row: string, side: 'in' | 'out'): string[] => times(side === 'in' ? inputs : outputs, (i) => form.get(`${row}-${side}-${i}`))
  const definition = tableDefinition.safeParse({
    key, title: { vi: form.get('title-vi'), en: form.get('title-en') }, ground: form.get('ground'), purpose: form.get('purpose'), procedure: form.get('procedure'),
    table: {
      hitPolicy: form.get('hitPolicy'), ...(form.get('hitPolicy') === 'COLLECT' ? optional('aggregation', 'aggregation') : {}),
      inputs: times(inputs, (i) => ({ expression: form.get(`in-${i}-name`), label: form.get(`in-${i}-label`), typeRef: form.get(`in-${i}-type`), ...optional('allowed', `in-${i}-allowed`) })),
      outputs: times(outputs, (i) => ({ name: form.get(`out-${i}-name`), label: form.get(`out-${i}-label`), typeRef: form.get(`out-${i}-type`), ...optional('allowed', `out-${i}-allowed`), ...optional('otherwise', `out-${i}-otherwise`) })),
      rules: times(count('rules', most.rules), (r) => ({ inputs: cells(`r-${r}`, 'in'), outputs: cells(`r-${r}`, 'out'), notes: [form.get(`r-${r}-note`)] })),
    },
  })
  const examples = tableExamples.safeParse(times(count('examples', most.examples), (x) => ({ note: form.get(`x-${x}-note`), inputs: cells(`x-${x}`, 'in'), outputs: cells(`x-${x}`, 'out') })))
  return definition.success && examples.success ? { definition: definition.data, examples: examples.data } : undefined
}

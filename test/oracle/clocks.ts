/**
 * `npm run oracle:clocks`: the legal clock against the oracle on random cases. Options: --cases N (100000), --seed S (by the day, so that every
 * day tries others), --mutants (tries the planted faults instead). Ends with 1 where they differ.
 */
import { parseArgs } from 'node:util'
import { compare } from './support/compare.ts'
import { inWords } from './support/program-dates.ts'
import { loadProgram, mutants } from './support/programs.ts'

const { values } = parseArgs({ options: { cases: { type: 'string', default: '100000' }, seed: { type: 'string', default: String(Math.floor(Date.now() / 86_400_000) * 1_000_000) }, mutants: { type: 'boolean', default: false } } })
const [cases, seed] = [Number(values.cases), Number(values.seed)]
const began = performance.now()
if (values.mutants) {
  let missed = 0
  for (const [n, { name }] of mutants.entries()) {
    const [found] = compare(await loadProgram(n), seed, cases, 1)
    if (!found) missed++
    console.log(found ? `✔ noticed after ${found.seed - seed + 1} cases: ${name}` : `✖ SURVIVED ${cases} cases: ${name}`)
  }
  process.exit(missed > 0 ? 1 : 0)
}
const differences = compare(await loadProgram(), seed, cases)
for (const d of differences) console.log(inWords(d))
console.log(`${cases.toLocaleString('en')} cases, seed ${seed}, ${differences.length === 10 ? 'at least 10' : differences.length} differences, ${((performance.now() - began) / 1000).toFixed(0)} s`)
process.exit(differences.length > 0 ? 1 : 0)

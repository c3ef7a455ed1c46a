/**
 * `npm run oracle:bpmn`: the process engine against the oracle on random sound processes and schedules. Options: --cases N (10000), --seed S (by the day, so that
 * every day tries others), --mutants (tries the planted faults instead). Ends with 1 where they differ.
 */
import { parseArgs } from 'node:util'
import { compare, inWords, loadEngine } from './support/process/compare.ts'
import { mutants } from './support/process/mutants.ts'

const { values } = parseArgs({ options: { cases: { type: 'string', default: '10000' }, seed: { type: 'string', default: String(Math.floor(Date.now() / 86_400_000) * 1_000_000) }, mutants: { type: 'boolean', default: false } } })
const [cases, seed] = [Number(values.cases), Number(values.seed)]
const began = performance.now()
if (values.mutants) {
  let missed = 0
  for (const mutant of mutants) {
    const [found] = await compare(await loadEngine(mutant), seed, cases, 1)
    if (!found) missed++
    console.log(found ? `✔ noticed after ${found.seed - seed + 1} cases: ${mutant.name}` : `✖ SURVIVED ${cases} cases: ${mutant.name}`)
  }
  process.exit(missed > 0 ? 1 : 0)
}
const differences = await compare(await loadEngine(), seed, cases)
for (const difference of differences) console.log(inWords(difference))
console.log(`${cases.toLocaleString('en')} cases, seed ${seed}, ${differences.length === 10 ? 'at least 10' : differences.length} differences, ${((performance.now() - began) / 1000).toFixed(0)} s`)
process.exit(differences.length > 0 ? 1 : 0)

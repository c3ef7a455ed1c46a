import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compare } from './support/compare.ts'
import { inWords } from './support/program-dates.ts'
import { loadProgram, mutants } from './support/programs.ts'

// `npm run oracle:clocks` does the same on 100,000 cases.
test('the legal clock agrees with the oracle on random lives of dossiers', async () => {
  const differences = compare(await loadProgram(), 1, 3000)
  assert.equal(differences.length, 0, differences.map(inWords).join('\n'))
})

for (const [n, mutant] of mutants.entries()) {
  test(`the oracle notices: ${mutant.name}`, async () => {
    assert.ok(compare(await loadProgram(n), 1, 3000, 1).length > 0)
  })
}

import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import type { Node } from '../../platform/node.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { catalogue } from '../catalogue/index.ts'
import { organisations } from '../organisations/index.ts'
import { compileForm, type Form } from './compile-form.ts'
import type { FormDefinition } from './definition.ts'
import { choiceKind } from './fields/choices.ts'
import { loadUnits } from './load-units.ts'
import { readDefinition } from './read-definition.ts'
import { sampleAnswers } from './samples.ts'
import { summaryOf } from './summary-of.ts'
import { everyKind } from './testing-form.ts'
import { validateAnswers } from './validate-answers.ts'

const field = { id: 'fee', type: 'choice', catalogue: 'revenue-types', startsWith: '28', look: 'select', label: { vi: 'Khoản thu', en: 'Revenue' } } as const
const definition: FormDefinition = { ...everyKind, key: 'fees', feeField: undefined, components: [], pages: [everyKind.pages[0]!, { id: 'fee', path: 'khoan-thu', title: { vi: 'Khoản thu', en: 'Revenue' }, fields: [field] }] }

suite('choices from a shared catalogue', () => {
let database: TestDatabase
let node: Node
let form: Form
const day = (date: string): Date => new Date(`${date}T03:00:00Z`)

before(async () => {
  database = await testDatabase()
  node = testNode(database.db, { code: 'VN', modules: [organisations, catalogue], now: () => day('2026-11-22') })
  await organisations.seed!(node)
  await catalogue.seed!(node)
  form = compileForm(definition)
  await database.owner`INSERT INTO catalogue.revenue_type (code, name_vi, name_en, valid_from, valid_to) VALUES ('2891', 'Khoản 2891', 'Revenue 2891', '2026-01-01', '2027-06-01'), ('2892', 'Khoản 2892', NULL, '2027-01-01', NULL)`
})

const mistakes = async (value: string, date: string): Promise<string[]> => {
  const units = await loadUnits(database.db, day(date), form)
  const answers = { ...sampleAnswers(form, 1, { now: day(date), units, fixed: { fee: value } }) }
  return validateAnswers(form, answers, { now: day(date), units }).map((e) => `${e.field} ${e.key}`)
}

test('an entry can be chosen while it is valid, on the day of the filing', async () => {
  const wrong = ['fee forms.rule.choice.unknown']
  assert.deepEqual(await mistakes('2891', '2026-11-22'), [])
  assert.deepEqual(await mistakes('2891', '2027-06-01'), wrong, 'it has ended')
  assert.deepEqual(await mistakes('2892', '2026-12-31'), wrong, 'it has not begun')
  assert.deepEqual(await mistakes('2892', '2027-01-01'), [])
  assert.deepEqual(await mistakes('1051', '2026-11-22'), wrong, 'it begins otherwise')
})

test('a change of the catalogue is seen, samples choose from it, and the summary has its name in both languages', async () => {
  const units = await loadUnits(database.db, day('2026-11-22'), form)
  assert.ok(units.entries!('revenue-types').some((o) => o.value === '2891'))
  await database.owner`INSERT INTO catalogue.revenue_type (code, name_vi, valid_from) VALUES ('2893', 'Khoản 2893', '2026-01-01')`
  // Another process changed it: seen within a second.
  for (const until = Date.now() + 5000; Date.now() < until; await new Promise((done) => setTimeout(done, 100))) if ((await loadUnits(database.db, day('2026-11-22'), form)).entries!('revenue-types').some((o) => o.value === '2893')) break
  assert.ok((await loadUnits(database.db, day('2026-11-22'), form)).entries!('revenue-types').some((o) => o.value === '2893'))
  const answers = sampleAnswers(form, 1, { now: day('2026-11-22'), units })
  assert.match(String(answers.fee), /^28/)
  const words = summaryOf(form, { ...answers, fee: '2891' }, 'en', { units }).flatMap((s) => s.rows).find((r) => r.fieldId === 'fee')
  assert.equal(words?.answer, 'Revenue 2891')
  assert.deepEqual(choiceKind.schema(field), { type: 'string', minLength: 1, maxLength: 100 })
})

test('a form without such choices loads none, and a catalogue that is not there is refused at publishing', async () => {
  const units = await loadUnits(database.db, day('2026-11-22'), { asksPast: false, catalogues: [] })
  assert.equal(units.entries, undefined)
  for (const [change, key] of [[{ catalogue: 'procedures' }, 'unknownList'], [{ list: 'countries' }, 'noOptions']] as const) {
    const read = readDefinition({ ...definition, pages: [definition.pages[0], { ...definition.pages[1], fields: [{ ...field, ...change }] }] })
    assert.deepEqual(!read.ok && read.problems.map((p) => p.key), [`forms.problem.${key}`])
  }
})
})

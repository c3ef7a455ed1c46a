import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../src/platform/root.ts'
import { shippedProcedures } from '../../src/modules/catalogue/seed/shipped-procedures.ts'
import { compareComponents, compileForm, sampleAnswers, shippedDefinitions, validateAnswers, type Form, type Units } from '../../src/modules/forms/index.ts'
import { testUnits } from '../../src/modules/forms/testing-units.ts'
import { parseProcess, type ProcessModel } from '../../src/modules/process/index.ts'
import { answersOfPart } from '../../src/modules/dossiers/linked/answers-of-part.ts'
import { shippedGroups } from '../../src/modules/dossiers/linked/definitions/index.ts'
import { readDefinition, type LinkedDefinition } from '../../src/modules/dossiers/linked/linked-definition.ts'
import { misfits } from '../../src/modules/dossiers/linked/publish-linked.ts'
import { readDrawing } from '../../src/modules/dossiers/linked/read-drawing.ts'

const now = new Date('2026-11-22T03:00:00Z')
const units: Units = testUnits
const contentOf = (code: string) => shippedProcedures.find((p) => p.content.code === code)!.content
const formOf = (key: string): Form => compileForm(shippedDefinitions.find((d) => d.key === key)!)
const bpmnOf = (key: string): string => readFileSync(join(root, 'src/modules/process/definitions', `${key}.bpmn`), 'utf8')
const modelOf = async (key: string): Promise<ProcessModel> => (await parseProcess(bpmnOf(key))).model!

/** What results of the demonstration give. */
const given = { birth: { number: '12/2026', day: '2026-11-22' }, death: { number: '3/2026/TLKT', day: '2026-11-22' }, confirmation: { number: '1/QĐ', day: '2026-11-22' }, decision: { number: '2/QĐ', day: '2026-11-22' } }

for (const definition of shippedGroups) {
  test(`${definition.code}: whatever is declared once answers every part’s own form, and no datum or paper is asked for twice`, () => {
    const merged = formOf(contentOf(definition.code).service!.formKey)
    assert.deepEqual(compareComponents(merged, contentOf(definition.code).components.map((c) => c.name.vi)).unpublished, [])
    for (let seed = 1; seed <= 60; seed++) {
      // A child under six, so that each part has its case.
      const answers = sampleAnswers(merged, seed, { now, ...(definition.code === '2.000986' ? { fixed: { childBirthDate: '2026-11-10' } } : {}) })
      for (const part of definition.parts) {
        const form = formOf(contentOf(part.procedure).service!.formKey)
        const own = answersOfPart(part, form, answers, given)
        assert.deepEqual(validateAnswers(form, own, { now, units }), [], `${part.key}, seed ${seed}`)
      }
    }
    const papers = merged.definition.pages.flatMap((p) => p.fields.flatMap((f) => (f.type === 'file' && f.component && !p.condition && !f.condition ? [f.component] : [])))
    assert.equal(new Set(papers).size, papers.length, 'a paper twice')
  })

  test(`${definition.code}: its parts are those of its drawing and of the catalogue; each has a pool, and messages go both ways`, async () => {
    const drawn = readDrawing(await modelOf(definition.processKey))
    assert.deepEqual(misfits(definition, drawn), [])
    const members = contentOf(definition.code).linked!.members
    assert.deepEqual(members.map((m) => m.code), definition.parts.map((p) => p.procedure))
    const codeOf = (key: string): string => definition.parts.find((p) => p.key === key)!.procedure
    for (const { key, after } of drawn) assert.deepEqual(members.find((m) => m.code === codeOf(key))!.after, after.map(codeOf))
    const bpmn = bpmnOf(definition.processKey)
    for (const { key } of definition.parts) {
      assert.match(bpmn, new RegExp(`<bpmn:participant id="pool_${key}"`))
      assert.match(bpmn, new RegExp(`sourceRef="${key}_send" targetRef="pool_${key}"`))
      assert.match(bpmn, new RegExp(`sourceRef="pool_${key}" targetRef="${key}_finished"`))
    }
  })
}

test('order and consequences are read from the drawing', async () => {
  const brief = async (key: string) => readDrawing(await modelOf(key)).map((d) => [d.key, d.after.join('+'), d.onRefusal, d.onWithdrawal, d.isUndone])
  assert.deepEqual(await brief('linked-birth'), [['birth', '', 'compensate', 'compensate', false], ['residence', 'birth', 'wait', 'continue', false], ['card', 'birth', 'continue', 'continue', false]])
  assert.deepEqual(await brief('linked-death'), [['death', '', 'compensate', 'compensate', false], ['removal', 'death', 'continue', 'continue', false], ['funeral', 'death', 'wait', 'continue', false]])
  assert.deepEqual(await brief('linked-wage-loan'), [['confirmation', '', 'compensate', 'compensate', true], ['appraisal', 'confirmation', 'compensate', 'compensate', false], ['decision', 'appraisal', 'compensate', 'compensate', true], ['loan', 'decision', 'compensate', 'compensate', false]])
})

test('what a definition asks of a drawing that does not give it is named', async () => {
  const [birth] = shippedGroups as [LinkedDefinition]
  const drawn = readDrawing(await modelOf('linked-birth'))
  const changed = (change: (d: LinkedDefinition) => void): string[] => {
    const copy = readDefinition(structuredClone(birth))
    change(copy)
    return misfits(copy, drawn)
  }
  assert.deepEqual(changed((d) => { d.parts[1]!.key = 'home' }), ['home is not drawn', 'residence is drawn and not defined', 'home is fed by birth, which need not be over before it'])
  assert.deepEqual(changed((d) => { d.parts[2]!.attach = ['residence'] }), ['card is fed by residence, which need not be over before it'])
  assert.deepEqual(changed((d) => { d.parts[0]!.set = { note: { given: 'card.number' } } }), ['birth is fed by card, which need not be over before it'])
  assert.throws(() => readDefinition({ ...birth, parts: [] }))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDecimal } from '../feel/decimal.ts'
import { textOf, type Value } from '../feel/value.ts'
import { Evaluation, prepare } from './evaluation.ts'
import type { DecisionTable, HitPolicy, Model } from './model.ts'
import { readModel } from './read-model.ts'
import { writeModel } from './write-model.ts'
import { readXml } from './xml.ts'

const xml = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="Phí" namespace="urn:phi">
  <itemDefinition name="tLoại"><typeRef>string</typeRef><allowedValues><text>"thường", "nhanh"</text></allowedValues></itemDefinition>
  <itemDefinition name="tHồ sơ"><itemComponent name="số bản"><typeRef>number</typeRef></itemComponent><itemComponent name="loại"><typeRef>tLoại</typeRef></itemComponent></itemDefinition>
  <inputData id="hs" name="Hồ sơ"><variable name="Hồ sơ" typeRef="tHồ sơ"/></inputData>
  <decision id="gia" name="Giá một bản"><variable name="Giá một bản" typeRef="number"/>
    <informationRequirement><requiredInput href="#hs"/></informationRequirement>
    <decisionTable hitPolicy="UNIQUE"><input><inputExpression><text>Hồ sơ.loại</text></inputExpression></input><output/>
      <rule><inputEntry><text>"thường"</text></inputEntry><outputEntry><text>2000</text></outputEntry></rule>
      <rule><inputEntry><text>"nhanh"</text></inputEntry><outputEntry><text>5000</text></outputEntry></rule></decisionTable></decision>
  <decision id="phi" name="Phí"><variable name="Phí" typeRef="number"/>
    <informationRequirement><requiredInput href="#hs"/></informationRequirement><informationRequirement><requiredDecision href="#gia"/></informationRequirement>
    <knowledgeRequirement><requiredKnowledge href="#tran"/></knowledgeRequirement>
    <invocation><literalExpression><text>Có trần</text></literalExpression><binding><parameter name="số tiền"/><literalExpression><text>Hồ sơ.số bản * Giá một bản</text></literalExpression></binding></invocation></decision>
  <businessKnowledgeModel id="tran" name="Có trần"><variable name="Có trần"/><encapsulatedLogic><formalParameter name="số tiền" typeRef="number"/><literalExpression><text>min(số tiền, 20000)</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
  <decisionService id="dv" name="Tính phí"><variable name="Tính phí"/><outputDecision href="#phi"/><encapsulatedDecision href="#gia"/><inputData href="#hs"/></decisionService>
</definitions>`

const file = (copies: string, kind: string): Map<string, Value> => new Map([['Hồ sơ', new Map<string, Value>([['số bản', parseDecimal(copies)], ['loại', kind]])]])
const decide = (model: Model, name: string, inputs: Map<string, Value>): string => textOf(new Evaluation(prepare(model), inputs).decide(name))

test('a model with a table, an invocation and knowledge decides with Vietnamese names', () => {
  const model = readModel(xml)
  assert.equal(decide(model, 'Phí', file('3', 'nhanh')), '15000')
  assert.equal(decide(model, 'Phí', file('100', 'thường')), '20000')
  assert.equal(textOf(new Evaluation(prepare(model), file('3', 'nhanh')).callByName('Tính phí')), '{Phí: 15000}')
})

test('an input whose part is not among the allowed values is null', () => {
  const evaluation = new Evaluation(prepare(readModel(xml)), file('3', 'chậm'))
  assert.equal(evaluation.decide('Phí'), null)
  assert.equal(evaluation.run.problems[0]?.reason, 'wrong-type')
})

test('what is written is what was read', () => {
  const model = readModel(xml)
  const written = writeModel(model)
  assert.deepEqual(readModel(written), model)
  assert.equal(writeModel(readModel(written)), written)
})

test('a text that is no DMN is refused, and entities of its own are not filled in', () => {
  assert.throws(() => readModel('<a/>'), /no DMN definitions/)
  assert.throws(() => readModel('<definitions><decision>'), Error)
  const bomb = readXml('<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;&amp;</a>')
  assert.equal(bomb.text, '&b;&')
})

const table = (hitPolicy: HitPolicy, more: Partial<DecisionTable> = {}): DecisionTable => ({
  hitPolicy,
  inputs: [{ expression: 'x', typeRef: 'number' }],
  outputs: [{ typeRef: 'number', allowed: '3, 2, 1' }],
  rules: [['> 0', '1'], ['> 10', '2'], ['> 20', '3'], ['> 30', '1']].map(([test, result]) => ({ inputs: [test!], outputs: [result!], notes: [] })),
  ...more,
})
const modelWith = (of: DecisionTable): Model => ({
  name: 't', namespace: 'urn:t', types: [], knowledge: [], services: [], imports: [],
  inputs: [{ id: 'x', name: 'x', typeRef: 'number' }],
  decisions: [{ id: 'd', name: 'd', requires: ['x'], knows: [], expression: { is: 'table', table: of } }],
})
const result = (of: DecisionTable, x: string): string => decide(modelWith(of), 'd', new Map([['x', parseDecimal(x)]]))

// Policy, then what comes of 5 (one rule fits), 25 (three fit, different), 35 (four fit) and -1 (none).
const byPolicy: [HitPolicy, DecisionTable['aggregation'] | undefined, string, string, string, string][] = [
  ['UNIQUE', undefined, '1', 'null', 'null', 'null'],
  ['ANY', undefined, '1', 'null', 'null', 'null'],
  ['FIRST', undefined, '1', '1', '1', 'null'],
  ['PRIORITY', undefined, '1', '3', '3', 'null'],
  ['RULE ORDER', undefined, '[1]', '[1, 2, 3]', '[1, 2, 3, 1]', 'null'],
  ['OUTPUT ORDER', undefined, '[1]', '[3, 2, 1]', '[3, 2, 1, 1]', 'null'],
  ['COLLECT', undefined, '[1]', '[1, 2, 3]', '[1, 2, 3, 1]', '[]'],
  ['COLLECT', 'SUM', '1', '6', '7', 'null'],
  ['COLLECT', 'MIN', '1', '1', '1', 'null'],
  ['COLLECT', 'MAX', '1', '3', '3', 'null'],
  ['COLLECT', 'COUNT', '1', '3', '4', '0'],
]

for (const [policy, aggregation, ...expected] of byPolicy) {
  test(`hit policy ${policy} ${aggregation ?? ''}`, () => {
    const of = table(policy, aggregation ? { aggregation } : {})
    assert.deepEqual(['5', '25', '35', '-1'].map((x) => result(of, x)), expected)
  })
}

test('the default output stands where no rule fits', () => {
  assert.equal(result(table('UNIQUE', { outputs: [{ typeRef: 'number', otherwise: '7' }] }), '-1'), '7')
})

test('a table of several outputs is worth a context', () => {
  const of = table('FIRST', { outputs: [{ name: 'phí' }, { name: 'bậc' }], rules: [{ inputs: ['-'], outputs: ['x * 2', '"cao"'], notes: [] }] })
  assert.equal(result(of, '4'), '{phí: 8, bậc: cao}'.replace('cao', '"cao"'))
})

test('decisions that need each other are null', () => {
  const model = modelWith(table('FIRST'))
  model.decisions = [{ id: 'a', name: 'a', requires: ['b'], knows: [], expression: { is: 'literal', text: 'b' } }, { id: 'b', name: 'b', requires: ['a'], knows: [], expression: { is: 'literal', text: 'a' } }]
  const evaluation = new Evaluation(prepare(model), new Map())
  assert.equal(evaluation.decide('a'), null)
  assert.deepEqual(evaluation.run.problems.map((p) => p.reason), ['circle'])
})

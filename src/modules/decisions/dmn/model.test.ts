import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDecimal } from '../feel/decimal.ts'
import { textOf, type Value } from '../feel/value.ts'
import { Evaluation, prepare } from './evaluation.ts'
import type { DecisionTable, HitPolicy, Model } from './model.ts'
import { linkImports } from './link-imports.ts'
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
  const signs = modelWith(table('PRIORITY', { outputs: [{ name: 'a & b', typeRef: 'number', allowed: '3, < 2', otherwise: '"<"', label: '"x"' }] }))
  assert.deepEqual(readModel(writeModel(signs)), signs)
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

const whole = (body: string, namespace = 'urn:a', imports = ''): Model => readModel(`<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="${namespace}" namespace="${namespace}">${imports}${body}</definitions>`)
const literal = (text: string): string => `<literalExpression><text>${text}</text></literalExpression>`
const decision = (name: string, expression: string, needs = ''): string => `<decision id="${name.replaceAll(' ', '-')}" name="${name}"><variable name="${name}"/>${needs}${expression}</decision>`
const needs = (id: string): string => `<informationRequirement><requiredDecision href="#${id}"/></informationRequirement>`
const knows = (id: string): string => `<knowledgeRequirement><requiredKnowledge href="#${id}"/></knowledgeRequirement>`

// Boxed expressions, and what they are worth.
const boxes: [string, string][] = [
  [`<relation><column name="tên gọi"/><column name="số"/><row>${literal('"a"')}${literal('1')}</row><row>${literal('"b"')}${literal('2')}</row></relation>`, '[{tên gọi: "a", số: 1}, {tên gọi: "b", số: 2}]'],
  [`<list>${literal('1')}${literal('1 + 1')}</list>`, '[1, 2]'],
  [`<context><contextEntry><variable name="số dư"/>${literal('5')}</contextEntry><contextEntry>${literal('số dư * 2')}</contextEntry></context>`, '10'],
  [`<for iteratorVariable="một số"><in>${literal('[1..3]')}</in><return>${literal('một số * 2')}</return></for>`, '[2, 4, 6]'],
  [`<for iteratorVariable="i"><in>${literal('[1, 2, 3]')}</in><return>${literal('i + count(partial)')}</return></for>`, '[1, 3, 5]'],
  [`<filter><in>${literal('[{a b: 1}, {a b: 2}]')}</in><match>${literal('item.a > 1')}</match></filter>`, '[]'],
  [`<filter><in>${literal('[1, 2, 3]')}</in><match>${literal('item > 1')}</match></filter>`, '[2, 3]'],
  [`<some iteratorVariable="x"><in>${literal('[1, 2]')}</in><satisfies>${literal('x > 1')}</satisfies></some>`, 'true'],
  [`<every iteratorVariable="x"><in>${literal('[1, 2]')}</in><satisfies>${literal('x > 1')}</satisfies></every>`, 'false'],
  [`<conditional><if>${literal('1 > 2')}</if><then>${literal('1')}</then><else>${literal('2')}</else></conditional>`, '2'],
  [`<conditional><if>${literal('"x"')}</if><then>${literal('1')}</then><else>${literal('2')}</else></conditional>`, 'null'],
]
for (const [box, expected] of boxes) test(`boxed ${box.slice(0, 40)}`, () => assert.equal(decide(whole(decision('d', box)), 'd', new Map()), expected))

test('knowledge may use itself, and a function may be handed over', () => {
  const bkm = `<businessKnowledgeModel id="gt" name="giai thừa"><variable name="giai thừa"/><encapsulatedLogic><formalParameter name="n" typeRef="number"/>${literal('if n = 0 then 1 else n * giai thừa(n - 1)')}</encapsulatedLogic></businessKnowledgeModel>`
  assert.equal(decide(whole(bkm + decision('d', literal('giai thừa(5)'), knows('gt'))), 'd', new Map()), '120')
  assert.equal(decide(whole(bkm + decision('d', literal('giai thừa("x")'), knows('gt'))), 'd', new Map()), 'null')
})

test('a service with several outputs is a context, and sees only what it is given', () => {
  const model = whole(`<decisionService id="s" name="dịch vụ"><variable name="dịch vụ"/><outputDecision href="#ra-1"/><outputDecision href="#ra-2"/><inputDecision href="#vào"/></decisionService>
    ${decision('vào', literal('100'))}${decision('ra 1', literal('vào + 1'), needs('vào'))}${decision('ra 2', literal('vào + 2'), needs('vào'))}${decision('d', literal('[dịch vụ(5).ra 1, dịch vụ(vào: 7).ra 2, vào]'), needs('vào') + knows('s'))}`)
  assert.equal(decide(model, 'd', new Map()), '[6, 9, 100]')
})

test('what another model defines is reached by the name of the import, also through a third', () => {
  const imported = (name: string, namespace: string): string => `<import name="${name}" namespace="${namespace}" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>`
  const c = whole(`<itemDefinition name="tTuổi"><typeRef>number</typeRef></itemDefinition><inputData id="tuoi" name="tuổi"><variable name="tuổi" typeRef="tTuổi"/></inputData>${decision('đủ tuổi', literal('tuổi >= 18'), '<informationRequirement><requiredInput href="#tuoi"/></informationRequirement>')}`, 'urn:c')
  const b = whole(decision('được phép', literal('gốc.đủ tuổi'), '<informationRequirement><requiredDecision href="urn:c#đủ-tuổi"/></informationRequirement>'), 'urn:b', imported('gốc', 'urn:c'))
  const a = whole(decision('d', literal('[luật.được phép, luật.được phép instance of boolean]'), '<informationRequirement><requiredDecision href="urn:b#được-phép"/></informationRequirement>'), 'urn:a', imported('luật', 'urn:b'))
  const linked = linkImports(a, [a, b, c])
  assert.equal(decide(linked, 'd', new Map([['tuổi', parseDecimal('20')]])), '[true, true]')
  assert.equal(decide(linked, 'd', new Map([['luật', new Map([['gốc', new Map([['tuổi', parseDecimal('17')!]])]])]])), '[false, true]')
})

test('a value that is not of the declared type is null, a list of one is its item and back', () => {
  const typed = (typeRef: string, text: string): string => decide(whole(`<decision id="d" name="d"><variable name="d" typeRef="${typeRef}"/>${literal(text)}</decision><itemDefinition name="tSố" isCollection="true"><typeRef>number</typeRef></itemDefinition>`), 'd', new Map())
  assert.deepEqual([typed('number', '"x"'), typed('number', '[5]'), typed('tSố', '5'), typed('date and time', '@"2026-11-27"'), typed('string', '[1]')], ['null', '5', '[5]', '2026-11-27T00:00:00Z', 'null'])
})

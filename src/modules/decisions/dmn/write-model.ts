import type { DecisionTable, Expression, ItemDefinition, Model, Variable } from './model.ts'
import { writeXml, type Element } from './xml.ts'

const dmn13 = 'https://www.omg.org/spec/DMN/20191111/MODEL/'

type Attributes = Record<string, string | undefined>

function element(name: string, attributes: Attributes = {}, children: (Element | undefined)[] = [], text = ''): Element {
  return { name, attributes: Object.fromEntries(Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined)), children: children.filter((child) => child !== undefined), text }
}

/** Texts that begin or end with blanks keep them only in our own files; FEEL does not see them. */
const text = (value: string): Element => element('text', {}, [], value)
const texted = (name: string, value: string | undefined, attributes: Attributes = {}): Element | undefined => (value === undefined ? undefined : element(name, attributes, [text(value)]))
const variable = ({ name, typeRef }: Variable, tag = 'variable'): Element => element(tag, { name, typeRef })
const hrefOf = (id: string): string => (id.includes('#') ? id : `#${id}`)

/** Writes a model as DMN 1.3 XML, without a diagram. What `readModel` reads from it is the same model. */
export function writeModel(model: Model): string {
  const id = (of: { id: string; name: string }): Attributes => ({ id: of.id, name: of.name })
  const knows = (ids: string[]): Element[] => ids.map((one) => element('knowledgeRequirement', {}, [element('requiredKnowledge', { href: hrefOf(one) })]))
  const isInput = (one: string): boolean => model.inputs.some((input) => input.id === one)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(element('definitions', { xmlns: dmn13, id: 'definitions', name: model.name, namespace: model.namespace }, [
    ...model.imports.map(({ name, namespace }) => element('import', { name, namespace, importType: dmn13 })),
    ...model.types.map((item) => itemElement(item, 'itemDefinition')),
    ...model.inputs.map((input) => element('inputData', id(input), [variable(input)])),
    ...model.decisions.map((decision) => element('decision', id(decision), [
      variable(decision),
      ...decision.requires.map((one) => element('informationRequirement', {}, [element(isInput(one) ? 'requiredInput' : 'requiredDecision', { href: hrefOf(one) })])),
      ...knows(decision.knows),
      decision.expression && expressionElement(decision.expression),
    ])),
    ...model.knowledge.map((one) => element('businessKnowledgeModel', id(one), [variable(one), one.logic && { ...expressionElement(one.logic), name: 'encapsulatedLogic' }, ...knows(one.knows)])),
    ...model.services.map((service) => element('decisionService', id(service), [
      variable(service),
      ...([['outputDecision', service.outputs], ['encapsulatedDecision', service.encapsulated], ['inputDecision', service.inputDecisions], ['inputData', service.inputData]] as const)
        .flatMap(([name, ids]) => ids.map((one) => element(name, { href: hrefOf(one) }))),
    ])),
  ]))}`
}

function itemElement(item: ItemDefinition, name: string): Element {
  return element(name, { name: item.name, isCollection: item.collection ? 'true' : undefined }, [
    item.typeRef === undefined ? undefined : element('typeRef', {}, [], item.typeRef),
    texted('allowedValues', item.allowed),
    texted('typeConstraint', item.constraint),
    ...item.components.map((component) => itemElement(component, 'itemComponent')),
    item.function && element('functionItem', { outputTypeRef: item.function.result }, item.function.parameters.map((parameter) => variable(parameter, 'parameters'))),
  ])
}

function expressionElement(expression: Expression): Element {
  const { typeRef } = expression
  switch (expression.is) {
    case 'literal': return element('literalExpression', { typeRef }, [text(expression.text)])
    case 'table': return tableElement(expression.table, typeRef)
    case 'context': return element('context', { typeRef }, expression.entries.map(({ name, typeRef: of, value }) => element('contextEntry', {}, [name === undefined ? undefined : variable({ name, ...(of === undefined ? {} : { typeRef: of }) }), expressionElement(value)])))
    case 'invocation': return element('invocation', { typeRef }, [expressionElement(expression.callee), ...expression.bindings.map((binding) => element('binding', {}, [variable(binding, 'parameter'), expressionElement(binding.value)]))])
    case 'function': return element('functionDefinition', { kind: expression.kind, typeRef }, [...expression.parameters.map((parameter) => variable(parameter, 'formalParameter')), expressionElement(expression.body)])
    case 'relation': return element('relation', { typeRef }, [...expression.columns.map((column) => variable(column, 'column')), ...expression.rows.map((row) => element('row', {}, row.map(expressionElement)))])
    case 'list': return element('list', { typeRef }, expression.items.map(expressionElement))
    case 'conditional': return element('conditional', { typeRef }, (['if', 'then', 'else'] as const).map((part) => element(part, {}, [expressionElement(expression[part])])))
    case 'filter': return element('filter', { typeRef }, (['in', 'match'] as const).map((part) => element(part, {}, [expressionElement(expression[part])])))
    case 'for': case 'some': case 'every': return element(expression.is, { iteratorVariable: expression.variable, typeRef }, [element('in', {}, [expressionElement(expression.in)]), element(expression.is === 'for' ? 'return' : 'satisfies', {}, [expressionElement(expression.body)])])
    case 'nothing': return element('literalExpression', { typeRef }, [text('')])
  }
}

function tableElement(table: DecisionTable, typeRef: string | undefined): Element {
  return element('decisionTable', { hitPolicy: table.hitPolicy, aggregation: table.aggregation, typeRef }, [
    ...table.inputs.map(({ expression, typeRef: of, allowed, label }) => element('input', { label }, [texted('inputExpression', expression, { typeRef: of }), texted('inputValues', allowed)])),
    ...table.outputs.map(({ name, typeRef: of, allowed, otherwise, label }) => element('output', { name, typeRef: of, label }, [texted('outputValues', allowed), texted('defaultOutputEntry', otherwise)])),
    ...table.rules.map((rule) => element('rule', {}, [...rule.inputs.map((entry) => texted('inputEntry', entry)), ...rule.outputs.map((entry) => texted('outputEntry', entry)), ...rule.notes.map((entry) => texted('annotationEntry', entry))])),
  ])
}

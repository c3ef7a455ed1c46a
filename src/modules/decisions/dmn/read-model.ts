import { hitPolicies, aggregations, type Decision, type DecisionTable, type Expression, type ItemDefinition, type Model, type Variable } from './model.ts'
import { childOf, childrenOf, readXml, textIn, type Element } from './xml.ts'

/**
 * Reads a DMN file of version 1.1 to 1.5. What it does not know it leaves out: diagrams, extensions, documentation.
 * @throws Error for a text that is no DMN
 */
export function readModel(xml: string): Model {
  const root = readXml(xml)
  if (root.name !== 'definitions') throw new Error('The document has no DMN definitions.')
  const { name = '', namespace = '' } = root.attributes
  const own = (href: string | undefined): string => (href ?? '').replace(`${namespace}#`, '').replace(/^#/, '')
  const refs = (element: Element, list: string, child: string): string[] => childrenOf(element, list).flatMap((one) => childrenOf(one, child)).map((one) => own(one.attributes.href))
  const hrefs = (element: Element, list: string): string[] => childrenOf(element, list).map((one) => own(one.attributes.href))
  return {
    name,
    namespace,
    types: childrenOf(root, 'itemDefinition').map(itemOf),
    inputs: childrenOf(root, 'inputData').map((element) => ({ id: element.attributes.id ?? '', ...variableOf(element) })),
    decisions: childrenOf(root, 'decision').map((element): Decision => ({
      id: element.attributes.id ?? '', ...variableOf(element),
      requires: [...refs(element, 'informationRequirement', 'requiredDecision'), ...refs(element, 'informationRequirement', 'requiredInput')],
      knows: refs(element, 'knowledgeRequirement', 'requiredKnowledge'),
      ...optional('expression', expressionIn(element)),
    })),
    knowledge: childrenOf(root, 'businessKnowledgeModel').map((element) => ({
      id: element.attributes.id ?? '', ...variableOf(element),
      knows: refs(element, 'knowledgeRequirement', 'requiredKnowledge'),
      ...optional('logic', childrenOf(element, 'encapsulatedLogic').map(functionOf)[0]),
    })),
    services: childrenOf(root, 'decisionService').map((element) => ({
      id: element.attributes.id ?? '', ...variableOf(element),
      outputs: hrefs(element, 'outputDecision'), encapsulated: hrefs(element, 'encapsulatedDecision'), inputDecisions: hrefs(element, 'inputDecision'), inputData: hrefs(element, 'inputData'),
    })),
    imports: childrenOf(root, 'import').map(({ attributes }) => ({ name: attributes.name ?? '', namespace: attributes.namespace ?? '' })),
  }
}

const optional = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } => (value === undefined ? {} : ({ [key]: value } as { [P in K]?: V }))
const typeOf = (element: Element | undefined): { typeRef?: string } => optional('typeRef', element?.attributes.typeRef ?? textIn(element, 'typeRef'))
const nameOf = (element: Element | undefined): string => element?.attributes.name ?? ''

function variableOf(element: Element): Variable {
  const variable = childOf(element, 'variable')
  return { name: nameOf(variable) || nameOf(element), ...typeOf(variable) }
}

function itemOf(element: Element): ItemDefinition {
  const item = childOf(element, 'functionItem')
  return {
    name: nameOf(element),
    ...typeOf(element),
    collection: element.attributes.isCollection === 'true',
    ...optional('allowed', textIn(childOf(element, 'allowedValues'), 'text')),
    ...optional('constraint', textIn(childOf(element, 'typeConstraint'), 'text')),
    components: childrenOf(element, 'itemComponent').map(itemOf),
    ...optional('function', item && { parameters: childrenOf(item, 'parameters').map((one) => ({ name: nameOf(one), ...typeOf(one) })), ...optional('result', item.attributes.outputTypeRef) }),
  }
}

const kinds = ['literalExpression', 'decisionTable', 'context', 'invocation', 'functionDefinition', 'relation', 'list', 'conditional', 'for', 'some', 'every', 'filter']

/** The first boxed expression below an element. */
function expressionIn(element: Element | undefined): Expression | undefined {
  const found = element?.children.find((child) => kinds.includes(child.name))
  return found && expressionOf(found)
}

const part = (element: Element, name: string): Expression => expressionIn(childOf(element, name)) ?? { is: 'nothing' }

function expressionOf(element: Element): Expression {
  const typed = typeOf(element)
  switch (element.name) {
    case 'literalExpression': return { is: 'literal', text: textIn(element, 'text') ?? '', ...typed }
    case 'decisionTable': return { is: 'table', table: tableOf(element), ...typed }
    case 'context': return { is: 'context', ...typed, entries: childrenOf(element, 'contextEntry').map((entry) => ({ ...optional('name', childOf(entry, 'variable')?.attributes.name), ...typeOf(childOf(entry, 'variable')), value: expressionIn(entry) ?? { is: 'nothing' } })) }
    case 'invocation': return { is: 'invocation', ...typed, callee: expressionIn(element) ?? { is: 'nothing' }, bindings: childrenOf(element, 'binding').map((binding) => ({ name: nameOf(childOf(binding, 'parameter')), ...typeOf(childOf(binding, 'parameter')), value: expressionIn(binding) ?? { is: 'nothing' } })) }
    case 'functionDefinition': return { ...functionOf(element), ...typed }
    case 'relation': return { is: 'relation', ...typed, columns: childrenOf(element, 'column').map((column) => ({ name: nameOf(column), ...typeOf(column) })), rows: childrenOf(element, 'row').map((row) => row.children.filter((child) => kinds.includes(child.name)).map(expressionOf)) }
    case 'list': return { is: 'list', ...typed, items: element.children.filter((child) => kinds.includes(child.name)).map(expressionOf) }
    case 'conditional': return { is: 'conditional', ...typed, if: part(element, 'if'), then: part(element, 'then'), else: part(element, 'else') }
    case 'filter': return { is: 'filter', ...typed, in: part(element, 'in'), match: part(element, 'match') }
    case 'for': case 'some': case 'every': return { is: element.name, ...typed, variable: element.attributes.iteratorVariable ?? '', in: part(element, 'in'), body: part(element, element.name === 'for' ? 'return' : 'satisfies') }
    default: return { is: 'nothing' }
  }
}

function functionOf(element: Element): Extract<Expression, { is: 'function' }> {
  return { is: 'function', kind: element.attributes.kind ?? 'FEEL', parameters: childrenOf(element, 'formalParameter').map((one) => ({ name: nameOf(one), ...typeOf(one) })), body: expressionIn(element) ?? { is: 'nothing' } }
}

function tableOf(element: Element): DecisionTable {
  const text = (of: Element): string => textIn(of, 'text') ?? ''
  const policy = hitPolicies.find((one) => one === (element.attributes.hitPolicy ?? 'UNIQUE'))
  if (!policy) throw new Error(`There is no hit policy ${element.attributes.hitPolicy}.`)
  return {
    hitPolicy: policy,
    ...optional('aggregation', aggregations.find((one) => one === element.attributes.aggregation)),
    inputs: childrenOf(element, 'input').map((input) => ({
      expression: textIn(childOf(input, 'inputExpression'), 'text') ?? '', ...typeOf(childOf(input, 'inputExpression')),
      ...optional('allowed', textIn(childOf(input, 'inputValues'), 'text')), ...optional('label', input.attributes.label),
    })),
    outputs: childrenOf(element, 'output').map((output) => ({
      ...optional('name', output.attributes.name), ...typeOf(output), ...optional('allowed', textIn(childOf(output, 'outputValues'), 'text')),
      ...optional('otherwise', textIn(childOf(output, 'defaultOutputEntry'), 'text')), ...optional('label', output.attributes.label),
    })),
    rules: childrenOf(element, 'rule').map((rule) => ({ inputs: childrenOf(rule, 'inputEntry').map(text), outputs: childrenOf(rule, 'outputEntry').map(text), notes: childrenOf(rule, 'annotationEntry').map(text) })),
  }
}

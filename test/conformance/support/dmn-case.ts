import { compareDecimals, isDecimal, parseDecimal, subtract } from '../../../src/modules/decisions/feel/decimal.ts'
import { parseDate, parseDateTime, parseDuration, parseTime } from '../../../src/modules/decisions/feel/temporal.ts'
import { equal, isContext, isSame, textOf, type Value } from '../../../src/modules/decisions/feel/value.ts'
import { childOf, childrenOf, readXml, type Element } from '../../../src/modules/decisions/dmn/xml.ts'

/** One test case of the TCK: what goes in, and what should come out of each decision. */
export interface DmnCase { id: string; invocable?: string; inputs: Map<string, Value>; expected: { name: string; value: Value }[] }
export interface DmnTest { model: string; cases: DmnCase[] }

/** A case by its place in its file: ids may come twice. */
export const keyOf = (file: string, index: number): string => `${file}#${index}`

/** Reads a file of test cases; undefined for any other document. */
export function readTest(xml: string): DmnTest | undefined {
  const root = readXml(xml)
  if (root.name !== 'testCases') return undefined
  return {
    model: childOf(root, 'modelName')?.text.trim() ?? '',
    cases: childrenOf(root, 'testCase').map((element) => ({
      id: element.attributes.id ?? '',
      ...(element.attributes.invocableName === undefined ? {} : { invocable: element.attributes.invocableName }),
      inputs: new Map(childrenOf(element, 'inputNode').map((node) => [node.attributes.name ?? '', valueOf(node)])),
      expected: childrenOf(element, 'resultNode').map((node) => ({ name: node.attributes.name ?? '', value: valueOf(childOf(node, 'expected')) })),
    })),
  }
}

/** As readTest; a file that is no XML counts as one case, which has no model and fails. */
export function casesOf(xml: string): DmnTest {
  try {
    return readTest(xml) ?? { model: '', cases: [] }
  } catch {
    return { model: '', cases: [{ id: 'the file cannot be read', inputs: new Map(), expected: [] }] }
  }
}

const isNil = (element: Element): boolean => Object.entries(element.attributes).some(([key, value]) => key.endsWith('nil') && value === 'true')

function valueOf(element: Element | undefined): Value {
  if (!element || isNil(element)) return null
  const [list, value, components] = [childOf(element, 'list'), childOf(element, 'value'), childrenOf(element, 'component')]
  if (list) return isNil(list) ? null : childrenOf(list, 'item').map(valueOf)
  if (components.length > 0) return new Map(components.map((component) => [component.attributes.name ?? '', valueOf(component)]))
  return value ? simpleValue(value) : null
}

function simpleValue(element: Element): Value {
  if (isNil(element)) return null
  const type = Object.entries(element.attributes).find(([key]) => key.endsWith('type'))?.[1].split(':').at(-1) ?? 'string'
  const text = type === 'string' ? element.text : element.text.trim()
  switch (type) {
    case 'boolean': return text === 'true' || text === '1'
    case 'decimal': case 'double': case 'integer': case 'int': case 'long': case 'float': return parseDecimal(text)
    case 'date': return parseDate(text)
    case 'time': return parseTime(text)
    case 'dateTime': return parseDateTime(text)
    case 'duration': case 'dayTimeDuration': case 'yearMonthDuration': return parseDuration(text)
    default: return text
  }
}

const close = parseDecimal('0.00000001')!

/** Whether a result is the expected one. Numbers may differ in the ninth place: the suite writes many of its results shortened. */
export function matches(expected: Value, actual: Value): boolean {
  if (isDecimal(expected) && isDecimal(actual)) {
    const difference = subtract(expected, actual)
    return difference !== null && compareDecimals({ ...difference, coefficient: difference.coefficient < 0n ? -difference.coefficient : difference.coefficient }, close) <= 0
  }
  if (Array.isArray(expected)) return Array.isArray(actual) && expected.length === actual.length && expected.every((item, i) => matches(item, actual[i]!))
  if (isContext(expected)) return isContext(actual) && expected.size === actual.size && [...expected].every(([key, item]) => actual.has(key) && matches(item, actual.get(key)!))
  return isSame(expected, actual) || equal(expected, actual) === true
}

export const shown = (value: Value): string => textOf(value, true).slice(0, 200)

import { parseDecimal } from './decimal.ts'
import { nameOf, Names } from './names.ts'
import type { Arithmetic, Comparison, Iteration, Node, Test, UnaryTests } from './syntax.ts'
import { parseType } from './parse-type.ts'
import { comparisons, FeelSyntaxError, keywords, stringOf, tokenise, type Token } from './tokens.ts'

const deepest = 200

/** Reads FEEL (DMN 1.3 to 1.5, chapter 10.3.1) from left to right; one method for each level of precedence. */
export class Parser {
  readonly tokens: Token[]
  readonly names: Names
  at = 0
  private depth = 0
  /** Whether "[" ends an interval here instead of beginning a filter. */
  private endsRange = false
  /** Whether the test being read asks for "?". */
  private asks = false
  private usesPartial = false

  constructor(text: string, names: Names) {
    this.tokens = tokenise(text)
    this.names = new Names([], names)
  }

  get next(): Token { return this.tokens[this.at]! }

  is(text: string): boolean {
    return this.next.text === text && this.next.kind !== 'string'
  }

  take(text: string): boolean {
    if (!this.is(text)) return false
    this.at++
    return true
  }

  expect(text: string): void {
    if (!this.take(text)) this.fail(this.next.kind === 'end' ? 'unfinished' : 'unexpected')
  }

  fail(reason: string): never {
    throw new FeelSyntaxError(reason, this.next.start, this.next.text)
  }

  whole<T>(read: () => T): T {
    const result = read()
    if (this.next.kind !== 'end') this.fail('unexpected')
    return result
  }

  unaryTests(): UnaryTests {
    if (this.is('-') && this.tokens[this.at + 1]!.kind === 'end') return this.at++, { isAny: true, not: false, tests: [] }
    if (this.is('not') && this.tokens[this.at + 1]!.text === '(') {
      const start = this.at
      this.at++
      const tests = this.attempt(() => this.testsInParentheses())
      if (tests && this.next.kind === 'end') return { isAny: false, not: true, tests }
      this.at = start
    }
    return { isAny: false, not: false, tests: this.separated(() => this.test()) }
  }

  private testsInParentheses(): Test[] {
    this.expect('(')
    const tests = this.unbounded(() => this.separated(() => this.test()))
    this.expect(')')
    return tests
  }

  private test(): Test {
    const operator = this.next.text
    if (this.next.kind === 'symbol' && comparisons.includes(operator)) {
      this.at++
      return { is: 'comparison', operator: operator as Comparison, operand: this.additive() }
    }
    const outer = this.asks
    this.asks = false
    const node = this.expression()
    const asks = this.asks
    this.asks = outer || asks
    return { is: 'expression', node, asks }
  }

  expression(): Node {
    if (++this.depth > deepest) this.fail('too-deep')
    const node = this.disjunction()
    this.depth--
    return node
  }

  private disjunction(): Node {
    let left = this.conjunction()
    for (let at = this.next.start; this.take('or'); at = this.next.start) left = { is: 'or', left, right: this.conjunction(), at }
    return left
  }

  private conjunction(): Node {
    let left = this.comparison()
    for (let at = this.next.start; this.take('and'); at = this.next.start) left = { is: 'and', left, right: this.comparison(), at }
    return left
  }

  private comparison(): Node {
    let left = this.additive()
    for (;;) {
      const at = this.next.start
      if (this.next.kind === 'symbol' && comparisons.includes(this.next.text)) {
        const operator = this.next.text as Comparison
        this.at++
        left = { is: 'comparison', operator, left, right: this.additive(), at }
      } else if (this.take('between')) {
        const low = this.additive()
        this.expect('and')
        left = { is: 'between', value: left, low, high: this.additive(), at }
      } else if (this.take('in')) left = { is: 'in', value: left, tests: this.testsOfIn(), at }
      else return left
    }
  }

  /** `x in (1, > 5)`, `x in (1..5)`, `x in list`. */
  private testsOfIn(): Test[] {
    const start = this.at
    if (this.is('(')) {
      const tests = this.attempt(() => this.testsInParentheses())
      if (tests && !this.is('.') && !this.is('[')) return tests
      this.at = start
    }
    const operator = this.next.text
    if (this.next.kind === 'symbol' && comparisons.includes(operator)) return [this.test()]
    return [{ is: 'expression', node: this.additive(), asks: false }]
  }

  private additive(): Node {
    return this.leftToRight(['+', '-'], () => this.multiplicative())
  }

  private multiplicative(): Node {
    return this.leftToRight(['*', '/'], () => this.power())
  }

  private power(): Node {
    return this.leftToRight(['**'], () => this.negation())
  }

  private leftToRight(operators: readonly string[], operand: () => Node): Node {
    let left = operand()
    while (this.next.kind === 'symbol' && operators.includes(this.next.text)) {
      const { text, start } = this.next
      this.at++
      left = { is: 'arithmetic', operator: text as Arithmetic, left, right: operand(), at: start }
    }
    return left
  }

  private negation(): Node {
    const at = this.next.start
    if (!this.take('-')) return this.instanceOf()
    if (++this.depth > deepest) this.fail('too-deep')
    const of = this.negation()
    this.depth--
    return { is: 'negation', of, at }
  }

  private instanceOf(): Node {
    let value = this.postfix()
    for (let at = this.next.start; this.is('instance') && this.tokens[this.at + 1]!.text === 'of'; at = this.next.start) {
      this.at += 2
      value = { is: 'instance of', value, type: parseType(this), at }
    }
    return value
  }

  private postfix(): Node {
    let node = this.primary()
    for (;;) {
      const at = this.next.start
      if (this.take('.')) node = { is: 'path', of: node, name: this.anyName(), at }
      else if (this.is('(') && this.next.kind === 'symbol') node = this.call(node)
      else if (this.is('[') && !this.endsRange) {
        this.at++
        const by = this.unbounded(() => this.expression())
        this.expect(']')
        node = { is: 'filter', of: node, by, at }
      } else return node
    }
  }

  private call(callee: Node): Node {
    const at = this.next.start
    this.expect('(')
    return this.unbounded(() => {
      if (this.take(')')) return { is: 'call', callee, positional: [], named: null, at }
      const first = this.namedLength()
      if (first > 0) {
        const named = this.separated(() => {
          const length = this.namedLength()
          if (length === 0) this.fail('name-expected')
          const name = nameOf(this.tokens.slice(this.at, this.at + length))
          this.at += length + 1
          return { name, value: this.expression() }
        })
        this.expect(')')
        return { is: 'call', callee, positional: [], named, at }
      }
      const positional = this.separated(() => this.expression())
      this.expect(')')
      return { is: 'call', callee, positional, named: null, at }
    })
  }

  /** How many tokens the name of a named parameter has here; 0 when there is none. */
  private namedLength(): number {
    if (this.next.kind !== 'name') return 0
    let end = this.at
    while (this.tokens[end]!.kind === 'name' || this.tokens[end]!.kind === 'number' || (this.tokens[end]!.kind === 'symbol' && "./-'+*".includes(this.tokens[end]!.text))) end++
    return this.tokens[end]!.kind === 'symbol' && this.tokens[end]!.text === ':' ? end - this.at : 0
  }

  separated<T>(read: () => T): T[] {
    const items = [read()]
    while (this.take(',')) items.push(read())
    return items
  }

  /** Inside of brackets "[" is a filter again. */
  private unbounded<T>(read: () => T): T {
    const before = this.endsRange
    this.endsRange = false
    const result = read()
    this.endsRange = before
    return result
  }

  private attempt<T>(read: () => T): T | null {
    const [at, depth, endsRange, asks] = [this.at, this.depth, this.endsRange, this.asks]
    try {
      return read()
    } catch (error) {
      if (!(error instanceof FeelSyntaxError)) throw error
      ;[this.at, this.depth, this.endsRange, this.asks] = [at, depth, endsRange, asks]
      return null
    }
  }

  private primary(): Node {
    const { kind, text, start: at } = this.next
    const known = kind === 'name' ? this.names.match(this.tokens, this.at) : null
    if (known) {
      this.at += known.length
      return { is: 'name', name: known.name, at }
    }
    if (kind === 'number') return this.at++, { is: 'literal', value: parseDecimal(text), at }
    if (kind === 'string') return this.at++, { is: 'literal', value: stringOf(text), at }
    if (kind === 'name') return this.word(text, at)
    if (text === '@' && this.tokens[this.at + 1]!.kind === 'string') return this.at += 2, { is: 'temporal', text: stringOf(this.tokens[this.at - 1]!.text), at }
    if (text === '[' || text === '(' || text === ']') return this.bracket(text, at)
    if (text === '{') return this.context(at)
    return this.fail(kind === 'end' ? 'unfinished' : 'unexpected')
  }

  private word(text: string, at: number): Node {
    switch (text) {
      case 'if': return this.conditional(at)
      case 'for': return this.loop(at)
      case 'some': case 'every': return this.quantified(text, at)
      case 'function': return this.definition(at)
      case 'true': case 'false': return this.at++, { is: 'literal', value: text === 'true', at }
      case 'null': return this.at++, { is: 'literal', value: null, at }
    }
    if (keywords.has(text)) this.fail('unexpected')
    if (text === '?') this.asks = true
    if (text === 'partial') this.usesPartial = true
    this.at++
    return { is: 'name', name: text, at }
  }

  /** A list, an expression in parentheses, or an interval. */
  private bracket(open: string, at: number): Node {
    this.at++
    if (open === '(' && this.next.kind === 'symbol' && comparisons.includes(this.next.text)) return this.openRange(at)
    if (open === '[' && this.take(']')) return { is: 'list', items: [], at }
    const first = this.unbounded(() => this.expression())
    if (this.take('..')) {
      const before = this.endsRange
      this.endsRange = true
      const end = this.additive()
      this.endsRange = before
      const close = this.next.text
      if (this.next.kind !== 'symbol' || !['[', ']', ')'].includes(close)) this.fail('unexpected')
      this.at++
      return { is: 'range', start: first, end, startIncluded: open === '[', endIncluded: close === ']', at }
    }
    if (open === '(') {
      this.expect(')')
      return first
    }
    if (open === ']') this.fail('unexpected')
    const items = [first]
    while (this.take(',')) items.push(this.unbounded(() => this.expression()))
    this.expect(']')
    return { is: 'list', items, at }
  }

  /** `(< 10)`: an interval with one end. */
  private openRange(at: number): Node {
    const operator = this.next.text
    this.at++
    const end = this.unbounded(() => this.additive())
    this.expect(')')
    if (operator === '=') return { is: 'range', start: end, end, startIncluded: true, endIncluded: true, at }
    if (operator === '!=') this.fail('unexpected')
    const included = operator.endsWith('=')
    return operator.startsWith('<') ? { is: 'range', start: null, end, startIncluded: false, endIncluded: included, at } : { is: 'range', start: end, end: null, startIncluded: included, endIncluded: false, at }
  }

  private context(at: number): Node {
    this.expect('{')
    const entries: { key: string; value: Node }[] = []
    if (this.take('}')) return { is: 'context', entries, at }
    this.unbounded(() => {
      do {
        const key = this.next.kind === 'string' ? stringOf(this.tokens[this.at++]!.text) : this.nameBefore(':')
        this.expect(':')
        if (entries.some((entry) => entry.key === key)) this.fail('key-twice')
        this.names.add(key)
        entries.push({ key, value: this.expression() })
      } while (this.take(','))
      this.expect('}')
    })
    return { is: 'context', entries, at }
  }

  /** A name that is being declared: everything up to a sign that cannot belong to it. */
  nameBefore(...ends: string[]): string {
    const start = this.at
    while (this.next.kind !== 'end' && !ends.includes(this.next.text)) {
      if (this.next.kind === 'string' || (this.next.kind === 'symbol' && !"./-'+*".includes(this.next.text))) this.fail('name-expected')
      this.at++
    }
    if (this.at === start) this.fail('name-expected')
    return nameOf(this.tokens.slice(start, this.at))
  }

  /** A name that is used: a known one of several parts, or one word. */
  anyName(): string {
    const known = this.names.match(this.tokens, this.at)
    if (!known && this.next.kind !== 'name') this.fail('name-expected')
    this.at += known?.length ?? 1
    return known?.name ?? this.tokens[this.at - 1]!.text
  }

  private conditional(at: number): Node {
    this.expect('if')
    const condition = this.expression()
    this.expect('then')
    const then = this.expression()
    this.expect('else')
    return { is: 'if', condition, then, else: this.expression(), at }
  }

  private loop(at: number): Node {
    this.expect('for')
    const iterations = this.iterations()
    this.expect('return')
    const body = this.expression()
    return { is: 'for', iterations, body, partial: this.usesPartial, at }
  }

  private quantified(is: 'some' | 'every', at: number): Node {
    this.expect(is)
    const iterations = this.iterations()
    this.expect('satisfies')
    return { is, iterations, body: this.expression(), at }
  }

  private iterations(): Iteration[] {
    return this.unbounded(() => this.separated(() => {
      const name = this.nameBefore('in')
      this.names.add(name)
      this.expect('in')
      const from = this.expression()
      return { name, from, to: this.take('..') ? this.expression() : null }
    }))
  }

  private definition(at: number): Node {
    this.expect('function')
    this.expect('(')
    const parameters = this.is(')') ? [] : this.separated(() => {
      const name = this.nameBefore(':', ',', ')')
      this.names.add(name)
      return { name, type: this.take(':') ? parseType(this) : null }
    })
    this.expect(')')
    const external = this.take('external')
    return { is: 'function', parameters, body: this.expression(), external, at }
  }
}

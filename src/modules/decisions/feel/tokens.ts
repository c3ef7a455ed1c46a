/** A piece of a FEEL text with its place: [start, end) in UTF-16 units. */
export interface Token { kind: 'name' | 'number' | 'string' | 'symbol' | 'end'; text: string; start: number; end: number }

export const keywords: ReadonlySet<string> = new Set(['if', 'then', 'else', 'for', 'in', 'return', 'some', 'every', 'satisfies', 'between', 'and', 'or', 'instance', 'of', 'function', 'true', 'false', 'null'])
export const comparisons: readonly string[] = ['=', '!=', '<', '<=', '>', '>=']

/** What is wrong with a FEEL text, and where. `reason` is a text key below decisions.feel. */
export class FeelSyntaxError extends Error {
  readonly reason: string
  readonly at: number
  readonly found: string
  constructor(reason: string, at: number, found: string) {
    super(`${reason} at ${at}: ${found}`)
    this.reason = reason
    this.at = at
    this.found = found
  }
}

// Letters and blanks as the grammar has them (DMN 1.3, 10.3.1.2, rules 26 to 33 and 61 to 63).
const letter = String.raw`?A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}`
const pattern = new RegExp([
  String.raw`(?<space>(?:[\s\u0085\u180E\u200B]|//[^\n]*|/\*[\s\S]*?\*/)+)`,
  String.raw`(?<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+\-]?\d+)?)`,
  String.raw`(?<string>"(?:[^"\\]|\\[\s\S])*")`,
  String.raw`(?<name>[${letter}][${letter}0-9\u00B7\u0300-\u036F\u203F\u2040]*)`,
  String.raw`(?<symbol>\*\*|\.\.|->|<=|>=|!=|[\-+*/=<>()[\]{},.:'@])`,
].join('|'), 'uy')

export function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  pattern.lastIndex = 0
  let at = 0
  while (at < text.length) {
    pattern.lastIndex = at
    const groups = pattern.exec(text)?.groups
    if (!groups) throw new FeelSyntaxError(text[at] === '"' ? 'unclosed-string' : 'unknown-character', at, text[at]!)
    const [kind, found] = Object.entries(groups).find(([, value]) => value !== undefined)!
    if (kind !== 'space') tokens.push({ kind: kind as Token['kind'], text: found!, start: at, end: at + found!.length })
    at += found!.length
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length })
  return tokens
}

const simple: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '\\': '\\' }

/** What a string literal says. An unknown escape stays as it is written: \d in a pattern needs no second backslash. */
export function stringOf(literal: string): string {
  return literal.slice(1, -1).replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|([\s\S]))/gu, (all, four?: string, six?: string, one?: string) => {
    const code = four ?? six
    return code ? String.fromCodePoint(Math.min(0x10ffff, parseInt(code, 16))) : simple[one!] ?? all
  })
}

/** A piece of an expression as typed, with its place from 0. */
export interface Token { kind: 'number' | 'text' | 'word' | 'day' | 'sign' | 'end'; text: string; at: number }

/** What could not be read, and where: `at` counts signs from 1, as people do. */
export class Unreadable extends Error {
  readonly at: number
  readonly found: string
  constructor(token: Token) {
    super(`Unexpected "${token.text}" at ${token.at + 1}`)
    this.at = token.at + 1
    this.found = token.text
  }
}

const pattern = /\s*(?:(?<day>\d{4}-\d{2}-\d{2})|(?<number>\d+(?:\.\d+)?)|"(?<text>(?:[^"\\]|\\.)*)"|(?<word>[A-Za-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*)|(?<sign><=|>=|!=|[<>=(),+*/-]))/uy

export function tokensOf(input: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < input.trimEnd().length; at = pattern.lastIndex) {
    pattern.lastIndex = at
    const found = pattern.exec(input)
    if (!found?.groups) throw new Unreadable({ kind: 'sign', text: input.slice(at).trim().slice(0, 20), at: at + /^\s*/.exec(input.slice(at))![0].length })
    const [kind, text] = Object.entries(found.groups).find(([, value]) => value !== undefined)! as [Token['kind'], string]
    tokens.push({ kind, text: kind === 'text' ? text.replace(/\\(.)/g, '$1') : text, at: pattern.lastIndex - found[0].trimStart().length })
  }
  return [...tokens, { kind: 'end', text: '', at: input.length }]
}

/** Goes through the tokens of an expression. */
export class Reader {
  private at = 0
  private readonly tokens: readonly Token[]
  constructor(input: string) {
    this.tokens = tokensOf(input)
  }

  get next(): Token {
    return this.tokens[this.at]!
  }

  take(): Token {
    const token = this.next
    if (token.kind !== 'end') this.at++
    return token
  }

  /** Whether the next is this sign or this word, in whatever letters; then it is taken. */
  skip(text: string): boolean {
    const { kind, text: found } = this.next
    const isIt = (kind === 'sign' && found === text) || (kind === 'word' && found.toLowerCase() === text)
    if (isIt) this.at++
    return isIt
  }

  expect(text: string): void {
    if (!this.skip(text)) throw new Unreadable(this.next)
  }

  word(): string {
    if (this.next.kind !== 'word') throw new Unreadable(this.next)
    return this.take().text
  }

  /** The name of a function with its opening bracket. */
  call(): string | undefined {
    const [name, bracket] = [this.tokens[this.at]!, this.tokens[this.at + 1]]
    if (name.kind !== 'word' || bracket?.text !== '(' || bracket.kind !== 'sign') return undefined
    this.at += 2
    return name.text.toLowerCase()
  }

  number(): number {
    const sign = this.skip('-') ? -1 : 1
    if (this.next.kind !== 'number') throw new Unreadable(this.next)
    return sign * Number(this.take().text)
  }

  end(): void {
    if (this.next.kind !== 'end') throw new Unreadable(this.next)
  }
}

import { tokenise, type Token } from './tokens.ts'

/**
 * The names that a FEEL text may use. A name may hold blanks and signs ("Loại hồ sơ", "fee-2"), so only a list of the names known tells where
 * one ends; the longest wins (DMN 1.3, 10.3.1.4).
 */
export class Names {
  private readonly byFirst = new Map<string, { parts: string[]; name: string }[]>()
  private readonly outer: Names | undefined

  /** What is added later is known here only, not in `outer`. */
  constructor(names: Iterable<string> = [], outer?: Names) {
    this.outer = outer
    for (const name of names) this.add(name)
  }

  add(name: string): void {
    const parts = partsOf(name)
    if (parts.length < 2) return
    const known = this.byFirst.get(parts[0]!) ?? []
    if (known.some((entry) => entry.parts.length === parts.length && entry.parts.every((part, i) => part === parts[i]))) return
    this.byFirst.set(parts[0]!, [...known, { parts, name }].sort((a, b) => b.parts.length - a.parts.length))
  }

  /** The longest name of several parts that stands at a token; null when there is none. */
  match(tokens: readonly Token[], at: number): { name: string; length: number } | null {
    const own = this.byFirst.get(tokens[at]!.text)?.find(({ parts }) => parts.every((part, i) => tokens[at + i]?.text === part))
    const outer = this.outer?.match(tokens, at) ?? null
    return own && own.parts.length >= (outer?.length ?? 0) ? { name: own.name, length: own.parts.length } : outer
  }
}

function partsOf(name: string): string[] {
  try {
    return tokenise(name).slice(0, -1).map((token) => token.text)
  } catch {
    // A name that no expression can write: it is reached by "get value" only.
    return []
  }
}

/** One spelling for a name however its parts were spaced: what a map of variables is asked for. */
export function nameOf(tokens: readonly Token[]): string {
  return tokens.map((token, i) => (i > 0 && tokens[i - 1]!.end < token.start ? ` ${token.text}` : token.text)).join('')
}

// Patterns of XPath (XQuery and XPath Functions 3.1, 5.6.1, on XML Schema 1.1, appendix G) in the words of JavaScript's flag v.

const classes: Record<string, string> = {
  d: '\\p{Nd}', D: '\\P{Nd}', s: ' \\t\\n\\r', S: '[^ \\t\\n\\r]', w: '[^\\p{P}\\p{Z}\\p{C}]', W: '\\p{P}\\p{Z}\\p{C}',
  i: '\\p{L}_\\:', I: '[^\\p{L}_\\:]', c: '\\p{L}\\p{N}\\-\\._\\:', C: '[^\\p{L}\\p{N}\\-\\._\\:]',
}
const blocks: Record<string, string> = {
  BasicLatin: '\\u0000-\\u007f', 'Latin-1Supplement': '\\u0080-\\u00ff', 'LatinExtended-A': '\\u0100-\\u017f', 'LatinExtended-B': '\\u0180-\\u024f',
  LatinExtendedAdditional: '\\u1e00-\\u1eff', CombiningDiacriticalMarks: '\\u0300-\\u036f', Greek: '\\u0370-\\u03ff', GreekandCoptic: '\\u0370-\\u03ff',
  Cyrillic: '\\u0400-\\u04ff', Hebrew: '\\u0590-\\u05ff', Arabic: '\\u0600-\\u06ff', GeneralPunctuation: '\\u2000-\\u206f', CurrencySymbols: '\\u20a0-\\u20cf', CJKUnifiedIdeographs: '\\u4e00-\\u9fff',
}
const single = /^[nrt\\|.?*+(){}[\]^$-]$/

class NoPattern extends Error {}

/** The pattern and flags for `new RegExp`; null where it is no pattern of XPath or has a flag that there is not. */
export function fromXPath(pattern: string, flags: string): { pattern: string; flags: string } | null {
  if (!/^[smixq]*$/.test(flags)) return null
  const reader = new PatternReader(flags.includes('x') && !flags.includes('q') ? withoutBlanks(pattern) : pattern)
  try {
    const found = { pattern: flags.includes('q') ? [...pattern].map(literal).join('') : reader.whole(), flags: `v${['s', 'm', 'i'].filter((flag) => flags.includes(flag)).join('')}` }
    new RegExp(found.pattern, found.flags)
    return found
  } catch (error) {
    // Not a pattern: the caller says so.
    if (error instanceof NoPattern || error instanceof SyntaxError) return null
    throw error
  }
}

/** Blanks mean nothing with the flag x, but inside of a class. */
function withoutBlanks(pattern: string): string {
  let [result, depth] = ['', 0]
  for (let i = 0; i < pattern.length; i++) {
    if (depth === 0 && /[ \t\n\r]/.test(pattern[i]!)) continue
    if (pattern[i] === '\\' && depth > 0) result += pattern[i++]!
    else if (pattern[i] === '[') depth++
    else if (pattern[i] === ']') depth = Math.max(0, depth - 1)
    result += pattern[i] ?? ''
  }
  return result
}

const literal = (sign: string): string => (/[\\^$.*+?()[\]{}|/]/.test(sign) ? `\\${sign}` : sign)
const inClass = (sign: string): string => (/[\^$.*+?()[\]{}|/\\&!#%,:;<=>@`~-]/.test(sign) ? `\\${sign}` : sign)

class PatternReader {
  private readonly signs: string[]
  private at = 0
  constructor(pattern: string) {
    this.signs = [...pattern]
  }

  whole(): string {
    let result = ''
    while (this.at < this.signs.length) {
      const sign = this.signs[this.at++]!
      if (sign === '\\') result += this.escape(false)
      else if (sign === '[') result += this.class()
      else if (sign === '(' && this.signs[this.at] === '?' && this.signs[this.at + 1] !== ':') throw new NoPattern()
      else if (sign === '.') result += '.'
      else result += sign === '/' ? '\\/' : sign
    }
    return result
  }

  private escape(within: boolean): string {
    const sign = this.signs[this.at++] ?? ''
    if (sign === 'p' || sign === 'P') return this.property(sign)
    if (classes[sign]) return within ? classes[sign] : `[${classes[sign]}]`
    if (/[nrt]/.test(sign)) return `\\${sign}`
    if (single.test(sign)) return within ? inClass(sign) : literal(sign)
    if (!within && /[1-9]/.test(sign)) return `(?:\\${sign})`
    throw new NoPattern()
  }

  private property(letter: string): string {
    const rest = this.signs.slice(this.at).join('')
    const name = /^\{([\w-]+)\}/.exec(rest)?.[1]
    if (name === undefined) throw new NoPattern()
    this.at += name.length + 2
    if (!name.startsWith('Is')) return `\\${letter}{${name}}`
    const block = blocks[name.slice(2)]
    if (!block) throw new NoPattern()
    return letter === 'p' ? `[${block}]` : `[^${block}]`
  }

  /** "[a-z-[aeiou]]" takes the second away from the first. */
  private class(): string {
    const not = this.signs[this.at] === '^'
    if (not) this.at++
    let [own, less] = ['', '']
    for (let first = true; ; first = false) {
      const sign = this.signs[this.at++]
      if (sign === undefined || (sign === ']' && first)) throw new NoPattern()
      if (sign === ']') break
      if (sign === '-' && this.signs[this.at] === '[') {
        this.at++
        less = this.class()
        if (this.signs[this.at++] !== ']') throw new NoPattern()
        break
      }
      if (sign === '[') throw new NoPattern()
      own += sign === '\\' ? this.escape(true) : sign === '-' && !first && this.signs[this.at] !== ']' ? '-' : inClass(sign)
    }
    const set = `[${not ? '^' : ''}${own}]`
    return less ? `[${set}--${less}]` : set
  }
}

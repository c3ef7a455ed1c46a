import { transform } from 'esbuild'
import type { SourceFile } from './source-files.ts'

/** A string or template literal of a source file. */
export interface Literal {
  readonly file: SourceFile
  /** Its text; each `${…}` of a template is one '\u0000'. */
  readonly text: string
  /** What stands before a template: 'db' of db`…`; empty for others. */
  readonly tag: string
  /** The code that comes before it, up to 200 characters, other literals left out. */
  readonly before: string
}

const memory = new Map<string, Promise<Literal[]>>()

/** All literals of the files. Comments and types are gone: esbuild takes them away first. */
export async function literalsOf(files: readonly SourceFile[]): Promise<Literal[]> {
  const all = await Promise.all(files.map((file) => {
    let found = memory.get(file.path)
    if (!found) memory.set(file.path, (found = readLiterals(file)))
    return found
  }))
  return all.flat()
}

async function readLiterals(file: SourceFile): Promise<Literal[]> {
  const loader = file.path.endsWith('.tsx') ? 'tsx' : 'ts'
  const { code } = await transform(file.text, { loader, jsx: 'automatic', jsxImportSource: 'preact', target: 'esnext', charset: 'utf8' })
  return scan(code).map((literal) => ({ ...literal, file }))
}

type Found = Omit<Literal, 'file'>

/** Walks over JavaScript, keeping only where literals begin and end. */
function scan(code: string): Found[] {
  const found: Found[] = []
  let before = ''
  let at = 0
  const templates: { text: string; tag: string; before: string; braces: number }[] = []
  let braces = 0
  const add = (piece: string): void => { before = (before + piece).slice(-200) }
  while (at < code.length) {
    const char = code[at]!
    const open = templates.at(-1)
    if (char === '}' && open && open.braces === braces) at = continueTemplate(at + 1)
    else if (char === '`') {
      templates.push({ text: '', tag: /([\w$]+)(?:<[^<>]*>)?$/.exec(before)?.[1] ?? '', before, braces: -1 })
      at = continueTemplate(at + 1)
    } else if (char === '"' || char === "'") {
      const end = endOfString(code, at)
      found.push({ text: unescape(code.slice(at + 1, end)), tag: '', before })
      add('""')
      at = end + 1
    } else if (char === '/' && (code[at + 1] === '/' || code[at + 1] === '*')) {
      const end = code[at + 1] === '/' ? code.indexOf('\n', at) : code.indexOf('*/', at) + 2
      at = end < at ? code.length : end
    } else if (char === '/' && /(^|[(,=:[!&|?{};\n]|=>|return|typeof|case)\s*$/.test(before)) {
      at = endOfRegex(code, at)
      add('/r/')
    } else {
      if (char === '{') braces++
      if (char === '}') braces--
      add(char)
      at++
    }
  }
  return found

  /** Reads the text part of the innermost template; stops at its end or at the next `${`. */
  function continueTemplate(from: number): number {
    const own = templates.at(-1)!
    for (let i = from; i < code.length; i++) {
      if (code[i] === '\\') own.text += code[i + 1] === 'n' ? (i++, '\n') : code[++i]!
      else if (code[i] === '`') {
        templates.pop()
        found.push({ text: own.text, tag: own.tag, before: own.before })
        before = `${own.before}""`.slice(-200)
        return i + 1
      } else if (code[i] === '$' && code[i + 1] === '{') {
        own.text += '\u0000'
        own.braces = braces
        before = `${own.before} (`.slice(-200)
        return i + 2
      } else own.text += code[i]
    }
    return code.length
  }
}

function endOfString(code: string, start: number): number {
  for (let i = start + 1; i < code.length; i++) {
    if (code[i] === '\\') i++
    else if (code[i] === code[start]) return i
  }
  return code.length
}

function endOfRegex(code: string, start: number): number {
  let inClass = false
  for (let i = start + 1; i < code.length; i++) {
    if (code[i] === '\\') i++
    else if (code[i] === '[') inClass = true
    else if (code[i] === ']') inClass = false
    else if (code[i] === '/' && !inClass) return i + 1
  }
  return code.length
}

const unescape = (text: string): string => text.replace(/\\(u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|.)/gi, (_whole, escape: string) =>
  escape.length > 1 ? String.fromCodePoint(Number.parseInt(escape.replace(/^[ux]\{?|\}$/g, ''), 16)) : ({ n: '\n', t: '\t', r: '\r' })[escape] ?? escape)

// Leaves out of a style sheet the rules for classes that no page uses.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Class names in the sources that begin with one of our two prefixes. A name that a template literal completes
 * (`govuk-button--${kind}`) counts as the beginning of all that follow.
 * @returns {{ names: Set<string>, beginnings: string[] }}
 */
export function usedClasses(folder) {
  const names = new Set()
  const beginnings = new Set()
  for (const file of readdirSync(folder, { recursive: true })) {
    if (!/\.tsx?$/.test(file) || /\.test\.tsx?$/.test(file)) continue
    for (const [, name, open] of readFileSync(join(folder, file), 'utf8').matchAll(/\b((?:govuk|mc)-[\w!-]*)(\$\{)?/g)) (open || name.endsWith('-') ? beginnings : names).add(name)
  }
  // Classes that are put together from a block and an ending.
  for (const block of ['govuk-radios', 'govuk-checkboxes']) if (names.has(block)) for (const ending of ['__', '--small', '--inline']) beginnings.add(`${block}${ending}`)
  return { names, beginnings: [...beginnings].filter((b) => b.length > 'govuk-'.length).sort() }
}

/** @param {string} css compressed CSS without comments */
export function purgeCss(css, { names, beginnings }) {
  const isUsed = (selector) => [...selector.matchAll(/\.((?:govuk|mc)-(?:\\.|[\w-])+)/g)].every(([, raw]) => {
    const name = raw.replaceAll('\\', '')
    return names.has(name) || beginnings.some((b) => name.startsWith(b))
  })
  return rules(css).map(({ head, body }) => {
    if (body === undefined) return head
    if (/^@(media|supports)/.test(head)) {
      const inside = purgeCss(body, { names, beginnings })
      return inside && `${head}{${inside}}`
    }
    if (head.startsWith('@')) return `${head}{${body}}`
    const kept = splitSelectors(head).filter(isUsed)
    return kept.length > 0 ? `${kept.join(',')}{${body}}` : ''
  }).join('')
}

/** One block of print rules at the end instead of many small ones; compresses better, and print overrides come last anyway. */
export function printLast(css) {
  const all = rules(css)
  const print = all.filter((rule) => rule.head.trim() === '@media print')
  const rest = all.filter((rule) => rule.head.trim() !== '@media print')
  const text = rest.map(({ head, body }) => (body === undefined ? head : `${head}{${body}}`)).join('')
  return `${text}@media print{${print.map((rule) => rule.body).join('')}}`
}

/** Rules with the same selector that follow each other become one. */
export function joinNeighbours(css) {
  const joined = []
  for (const rule of rules(css)) {
    const before = joined.at(-1)
    if (rule.body !== undefined && before?.head === rule.head && !rule.head.startsWith('@')) before.body = `${before.body.replace(/;$/, '')};${rule.body}`
    else joined.push(rule.head.startsWith('@media') ? { ...rule, body: joinNeighbours(rule.body) } : rule)
  }
  return joined.map(({ head, body }) => (body === undefined ? head : `${head}{${body}}`)).join('')
}

/** Top-level rules of a sheet: head and body, or a statement without a body. */
function rules(css) {
  const list = []
  let start = 0
  for (let i = 0; i < css.length; i++) {
    if (css[i] === ';') {
      list.push({ head: css.slice(start, i + 1) })
      start = i + 1
    } else if (css[i] === '{') {
      const end = closing(css, i)
      list.push({ head: css.slice(start, i), body: css.slice(i + 1, end) })
      i = end
      start = end + 1
    }
  }
  return list
}

function closing(css, open) {
  let depth = 0
  let quote = ''
  for (let i = open; i < css.length; i++) {
    const c = css[i]
    if (quote) { if (c === '\\') i++; else if (c === quote) quote = '' }
    else if (c === '"' || c === "'") quote = c
    else if (c === '{') depth++
    else if (c === '}' && --depth === 0) return i
  }
  throw new Error('A rule of the style sheet does not end.')
}

/** Splits at commas outside of brackets. */
function splitSelectors(head) {
  const list = []
  let depth = 0
  let start = 0
  for (let i = 0; i < head.length; i++) {
    if (head[i] === '(' || head[i] === '[') depth++
    else if (head[i] === ')' || head[i] === ']') depth--
    else if (head[i] === ',' && depth === 0) { list.push(head.slice(start, i)); start = i + 1 }
  }
  return [...list, head.slice(start)]
}

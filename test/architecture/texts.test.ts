import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { test } from 'node:test'
import { refusals } from '../../scripts/docs/errors.ts'
import { literalsOf, type Literal } from '../../scripts/docs/literals.ts'
import { sourceFiles } from '../../scripts/docs/source-files.ts'
import { modules } from '../../src/app.ts'
import { dossierStates, edges } from '../../src/modules/dossiers/index.ts'
import { loadTexts, textFolders } from '../../src/platform/i18n.ts'
import { root } from '../../src/platform/root.ts'

const texts = loadTexts()
const folders = textFolders().map(({ name }) => name)
const production = sourceFiles().filter((file) => !file.isTest)

/** Two blanks with one content in two shapes, each used where the language needs it. */
const sameBlank: Readonly<Record<string, Record<string, string>>> = {
  // Vietnamese sets the question's label within the sentence ("Chưa nhập họ và tên"), English begins with it.
  forms: { '{name}': '{label}' },
}

test('no key stands in two files', () => {
  const keys = textFolders().flatMap(({ name, folder }) => Object.keys(JSON.parse(readFileSync(join(folder, 'vi.json'), 'utf8')) as object).map((key) => `${name}.${key}`))
  assert.deepEqual(keys.filter((key, at) => keys.indexOf(key) !== at), [])
})

for (const { name, folder } of textFolders()) {
  const title = relative(root, folder)
  const read = (lang: 'vi' | 'en'): Record<string, string> => JSON.parse(readFileSync(join(folder, `${lang}.json`), 'utf8')) as Record<string, string>

  test(`${title}: every text is there in Vietnamese and in English`, () => {
    assert.ok(existsSync(join(folder, 'vi.json')) && existsSync(join(folder, 'en.json')))
    const [vi, en] = [Object.keys(read('vi')), Object.keys(read('en'))]
    assert.deepEqual(vi.filter((key) => key.endsWith('_one')), [], 'Vietnamese has no plural: _one only in en.json')
    assert.deepEqual(en.filter((key) => key.endsWith('_one') && !en.includes(key.slice(0, -4))), [], 'a _one without its plural')
    assert.deepEqual(vi.filter((key) => !en.includes(key)), [], 'missing in en.json')
    assert.deepEqual(en.filter((key) => !key.endsWith('_one') && !vi.includes(key)), [], 'missing in vi.json')
  })

  test(`${title}: both languages fill in the same blanks, and no text is empty`, () => {
    const blanks = (text: string): string => [...new Set(text.match(/\{\w+\}/g))].map((blank) => sameBlank[name]?.[blank] ?? blank).sort().join(' ')
    const [vi, en] = [read('vi'), read('en')]
    const differ = Object.keys(vi).filter((key) => key in en && blanks(vi[key]!) !== blanks(en[key]!))
    // "1 day" may leave out the number that "{count} days" shows, but asks for nothing more.
    const singular = Object.keys(en).filter((key) => key.endsWith('_one') && (en[key]!.match(/\{\w+\}/g) ?? []).some((blank) => !en[key.slice(0, -4)]?.includes(blank)))
    assert.deepEqual([...differ, ...singular], [])
    assert.deepEqual(Object.entries({ ...vi, ...en }).filter(([, text]) => text.trim() === '').map(([key]) => key), [])
  })
}

const isKey = (text: string): boolean => folders.some((name) => text.startsWith(`${name}.`)) && /^[\w.\u0000-]+$/.test(text)

/** Literals that are asked for as texts: t('…') also through ?: and ??, key: '…', titleKey: '…', const key = '…'. */
const asked = (literal: Literal): boolean => isKey(literal.text) &&
  /(?:(?:\bt|\bt\.has|\btranslator\(\w+\))\((?:[^()]*[?:|])?\s*|\b(?:key|text|\w+Key):\s*(?:[^,;{}]*[?:|])?\s*|\bconst (?:key|base|\w+Key) = (?:[^;]*[?:|])?\s*)$/.test(literal.before)

test('every text that the code asks for exists', async () => {
  const used = (await literalsOf(production)).filter(asked)
  assert.ok(used.length > 600, `${used.length} uses found`)
  const known = [...texts.vi.keys()]
  const exists = (text: string): boolean => {
    if (!text.includes('\u0000')) return texts.vi.has(text)
    const pattern = new RegExp(`^${text.split('\u0000').map((part) => part.replace(/[.\\-]/g, '\\$&')).join('.+')}$`)
    return known.some((key) => pattern.test(key))
  }
  assert.deepEqual(used.filter((l) => !exists(l.text)).map((l) => `${l.file.path}: ${l.text.replaceAll('\u0000', '${…}')}`), [])
})

test('no text is left that nothing shows', async () => {
  const literals = new Set((await literalsOf(production)).map((l) => l.text))
  // A key made of parts: `forms.rule.${name}`, 'forms.rule.' + name. The name of the folder alone says too little, but for the two programs without pages of a module.
  const parts = [...literals].filter((text) => /^[a-z-]+\.[\w.\u0000-]*$/.test(text) && /\u0000|\.$/.test(text) && (/^[a-z-]+\.[a-z]/.test(text) || /^(country|stand-ins)\./.test(text)))
  const patterns = parts.map((text) => new RegExp(`^${text.split('\u0000').map((part) => part.replace(/[.\\-]/g, '\\$&')).join('.+')}${text.endsWith('.') ? '.+' : ''}$`))
  const refused = new Set([...refusals().keys()].map((name) => name.replace('.', '.error.')))
  assert.deepEqual([...texts.vi.keys()].filter((key) => !literals.has(key) && !refused.has(key) && !patterns.some((p) => p.test(key))), [])
})

test('every refusal tells people what happened', () => {
  assert.ok(refusals().size > 20)
  const silent = [...refusals().keys()].map((name) => name.replace('.', '.error.')).filter((key) => !texts.vi.has(key) || !texts.en.has(key))
  assert.deepEqual(silent, [])
})

test('a refusal has a 4xx status and a code in capitals', () => {
  assert.deepEqual([...refusals()].filter(([name, { status }]) => status < 400 || status > 499 || !/^[a-z-]+\.[A-Z][A-Z_]+$/.test(name)), [])
})

test('every state of a dossier and every step of its history has a name', () => {
  const keys = [...Object.keys(dossierStates).map((state) => `dossiers.state.${state}`), ...Object.values(edges).map((edge) => edge.event.replace(/^dossier\./, 'dossiers.event.'))]
  assert.deepEqual(keys.filter((key) => !texts.vi.has(key) || !texts.en.has(key)), [])
})

test('every permission has a sentence in both languages for the person who grants it', () => {
  const bad = modules.flatMap((m) => Object.entries(m.permissions ?? {}).filter(([name, { vi, en }]) => !name.startsWith(`${m.name}.`) || vi.length < 5 || en.length < 5 || vi === en))
  assert.deepEqual(bad, [])
})

test('Vietnamese texts are written with their marks', () => {
  // A text of some length without a single mark was typed without them, or is English.
  const marks = /[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]/i
  const bare = [...texts.vi].filter(([, text]) => text.length > 25 && /[a-z]{3,} [a-z]{2,}/i.test(text) && !marks.test(text.normalize('NFC')))
  assert.deepEqual(bare, [])
  assert.deepEqual([...texts.vi].filter(([, text]) => text !== text.normalize('NFC')), [], 'texts are kept in Unicode NFC')
})

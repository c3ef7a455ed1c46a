import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { filesBelow, readSource, type SourceFile } from '../../scripts/docs/source-files.ts'
import { root } from '../../src/platform/root.ts'
import { castExceptions, longFiles, longFunctions } from './exceptions.ts'

const folders = ['src', 'scripts', 'bench', 'test']
const paths = folders.flatMap((folder) => filesBelow(folder, /\.(tsx?|mjs|scss|sql|typ)$/))
const files = paths.map(readSource)
const typescript = files.filter((file) => /\.tsx?$/.test(file.path) && !file.path.endsWith('.d.ts'))
const withoutComments = (file: SourceFile): string => file.text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
const matching = (list: readonly SourceFile[], pattern: RegExp): string[] => list.flatMap((file) => [...withoutComments(file).matchAll(pattern)].map((match) => `${file.path}: ${match[0].trim()}`))
const self = 'test/architecture/names-and-sizes.test.ts'

test('no file or folder has a name that refuses nothing', () => {
  const bad = /(^|[/.-])(utils?|helpers?|common|shared|constants|services?|managers?|misc|lib)(?=[/.-]|$)/
  // Online services of procedures (dịch vụ công trực tuyến) are a thing of the domain.
  assert.deepEqual(paths.filter((path) => bad.test(path) && !/(^|\/)online-services?\.tsx?$/.test(path)), [])
})

test('files and folders are named in kebab-case', () => {
  assert.deepEqual(paths.filter((path) => !path.split('/').every((part) => /^_?[a-z0-9]+([.-][a-z0-9]+)*$/.test(part) || /^\d{8}T\d{4}-[a-z0-9-]+\.sql$/.test(part))), [])
})

test('files stay short enough to be read in one go', () => {
  const limit = (path: string): number => (/\.test\.|\/testing\//.test(path) ? 700 : path.startsWith('src/platform/') ? 600 : 400)
  const long = files.filter((file) => file.lines > limit(file.path)).map((file) => file.path)
  assert.deepEqual(long.filter((path) => !(path in longFiles)), [])
  assert.deepEqual(Object.keys(longFiles).filter((path) => !long.includes(path)), [], 'listed as long, but no longer so')
})

test('a table of contents stays short', () => {
  assert.deepEqual(files.filter((file) => /\/(index|module)\.ts$/.test(file.path) && file.lines > 120).map((file) => `${file.path}: ${file.lines} lines`), [])
})

test('functions stay short', () => {
  const long = typescript.flatMap((file) => functionsOf(file).filter(({ lines }) => lines > 80).map(({ name }) => `${file.path} ${name}`))
  assert.deepEqual(long.filter((name) => !(name in longFunctions)), [], 'over 80 lines')
  assert.deepEqual(Object.keys(longFunctions).filter((name) => !long.includes(name)), [], 'listed as long, but no longer so')
})

/** Functions declared at the margin: from their first line to the closing brace at the margin. */
function functionsOf(file: SourceFile): { name: string; lines: number }[] {
  const lines = file.text.split('\n')
  return lines.flatMap((line, start) => {
    const name = /^(?:export )?(?:async )?function\*? (\w+)/.exec(line)?.[1] ?? /^(?:export )?const (\w+).*=> \{$/.exec(line)?.[1]
    if (!name || line.endsWith('}')) return []
    const length = lines.slice(start).findIndex((l) => l.startsWith('}'))
    return [{ name, lines: length + 1 }]
  })
}

test('types are not talked away', () => {
  const found = matching(typescript.filter((file) => !file.isTest && file.path.startsWith('src/')), /\bas unknown as\b[^,;)]*|[:<(|]\s*any\b|\bas any\b|@ts-(?:ignore|nocheck|expect-error)/g).map((f) => f.split(':')[0]!)
  assert.deepEqual([...new Set(found)].filter((path) => !(path in castExceptions)), [])
  assert.deepEqual(Object.keys(castExceptions).filter((path) => !found.includes(path)), [], 'listed, but no cast is left')
})

test('raw HTML goes out in one place only', () => {
  const forbidden = new RegExp('dangerously' + 'SetInnerHTML')
  assert.deepEqual(files.filter((file) => forbidden.test(file.text) && file.path !== 'src/ui/raw-html.tsx' && !file.isTest).map((file) => file.path), [])
})

test('no work is left behind without the number of an issue', () => {
  assert.deepEqual(files.filter((file) => file.path !== self).flatMap((file) => file.text.split('\n').filter((line) => /\b(TODO|FIXME|XXX|HACK)\b(?! ?\(?#\d+)/.test(line)).map((line) => `${file.path}: ${line.trim()}`)), [])
})

test('the program asks for the environment and the time in few places', () => {
  const production = typescript.filter((file) => !file.isTest && file.path.startsWith('src/'))
  const environment = production.filter((file) => /process\.env\b/.test(withoutComments(file))).map((file) => file.path)
  assert.deepEqual(environment.filter((path) => !/^src\/(country|node-process|add-administrator|stand-ins\/main|country\/[\w-]+|platform\/(i18n|embedded-postgres[\w-]*|root))\.ts$/.test(path)), [], 'configuration comes from platform/config.ts')
})

test('nothing tells where it was made', () => {
  const home = /\/(home|Users)\/[a-z]+\/|\blocalhost:(?!\d*\$)\d{4}\/[a-z]+\/[a-z]+@/
  assert.deepEqual(files.filter((file) => file.path !== self && home.test(file.text)).map((file) => file.path), [])
  assert.ok(readFileSync(join(root, 'LICENSE'), 'utf8').includes('Apache License'))
})

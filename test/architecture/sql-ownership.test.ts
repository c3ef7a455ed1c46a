import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { literalsOf, type Literal } from '../../scripts/docs/literals.ts'
import { filesBelow, moduleNames, sourceFiles } from '../../scripts/docs/source-files.ts'
import { root } from '../../src/platform/root.ts'

const schemas = [...moduleNames().map((name) => name.replaceAll('-', '_')), 'platform']
const named = new RegExp(`\\b(${schemas.join('|')})\\.([a-z_]+)\\b`, 'g')

/** What others may name in SQL: functions that the owner keeps stable. */
const offered: Readonly<Record<string, string>> = {
  'ledger.append': 'an act that is one statement appends its event inside it',
  'platform.enqueue': 'an act that is one statement asks for work inside it',
  'platform.plain': 'the one way to compare names without diacritics, also in an index',
  'platform.note_public_change': 'the trigger of tables that remembered pages show (ADR 22)',
  'ledger.ensure_partition': 'the start of a node asks for the months ahead',
}

/** Places outside a module's own store that may name its tables, each with its reason. */
const exceptions: Readonly<Record<string, string>> = {}

const isSql = (literal: Literal): boolean => /^(db|tx|sql|owner|admin|transaction|conn|run|own)$/.test(literal.tag) || /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|TRUNCATE|JOIN|FROM)\s/.test(literal.text)

function foreign(text: string, owner: string | undefined): string[] {
  return [...text.matchAll(named)].filter(([name, schema]) => schema !== owner && !(name in offered)).map(([name]) => name)
}

test('a table is touched by its own module only', async () => {
  const files = sourceFiles().filter((file) => !file.isTest)
  const statements = (await literalsOf(files)).filter(isSql)
  assert.ok(statements.length > 150, `${statements.length} statements found`)
  const found = statements.flatMap((s) => {
    const owner = s.file.module?.replaceAll('-', '_') ?? (s.file.path.startsWith('src/platform/') ? 'platform' : undefined)
    return foreign(s.text, owner).map((table) => `${s.file.path} names ${table}`)
  })
  assert.deepEqual(found.filter((f) => !(f in exceptions)), [])
  assert.deepEqual(Object.keys(exceptions).filter((e) => !found.includes(e)), [], 'exceptions that nothing needs any more')
})

test('a migration makes and changes only what belongs to its module', () => {
  const found = filesBelow('src', /\.sql$/).flatMap((path) => {
    const owner = path.split('/').at(-3)!.replaceAll('-', '_')
    const sql = readFileSync(join(root, path), 'utf8').replace(/--.*$/gm, '').replace(/COMMENT ON [^;]*?';/gs, '')
    return foreign(sql, owner).map((table) => `${path} names ${table}`)
  })
  assert.deepEqual(found, [])
})

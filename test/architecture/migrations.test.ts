import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { filesBelow } from '../../scripts/docs/source-files.ts'
import { root } from '../../src/platform/root.ts'

const migrations = filesBelow('src', /\.sql$/).map((path) => ({ path, sql: readFileSync(join(root, path), 'utf8').replace(/--.*$/gm, '') }))

test('every table says what it is', () => {
  const comments = migrations.flatMap(({ sql }) => [...sql.matchAll(/COMMENT ON TABLE (\S+) IS '/g)].map(([, table]) => table))
  const silent = migrations.flatMap(({ path, sql }) => [...sql.matchAll(/CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?([a-z_]+\.[a-z_0-9]+)\b(?! PARTITION OF)/g)]
    .map(([, table]) => table!)
    .filter((table) => !comments.includes(table))
    .map((table) => `${path}: COMMENT ON TABLE ${table} is missing`))
  assert.deepEqual(silent, [])
})

test('no migration makes an enum type, goes back, or changes data of another', () => {
  const bad = migrations.flatMap(({ path, sql }) => [
    ...(/CREATE TYPE/i.test(sql) ? [`${path} makes a type: use text and CHECK`] : []),
    ...(/uuidv7\(\)/i.test(sql) ? [`${path} needs PostgreSQL 18: ids come from the program`] : []),
    ...(/ON DELETE CASCADE/i.test(sql) ? [`${path} deletes by cascade: an act says what it deletes`] : []),
    ...(/\btimestamp(?!tz)\b(?! with time zone)/i.test(sql) ? [`${path} keeps a time without its zone: use timestamptz`] : []),
  ])
  assert.deepEqual(bad, [])
})

test('migrations are named by when and what, and no two claim one place in the order', () => {
  const names = migrations.map(({ path }) => path.split('/').at(-1)!)
  assert.deepEqual(names.filter((name) => !/^\d{8}T\d{4}-[a-z]+(-[a-z0-9]+)+\.sql$/.test(name)), [])
  assert.equal(new Set(migrations.map(({ path }) => path.split('/').slice(-3).join('/'))).size, migrations.length)
})

test('what only grows cannot be changed by the application', () => {
  const appendOnly = ['ledger.event', 'ledger.log_entry', 'ledger.log_checkpoint', 'identity.access_log', 'identity.look_up', 'identity.account_opening', 'identity.account_objection', 'identity.old_account_step', 'process.definition']
  const revoked = migrations.flatMap(({ sql }) => [...sql.matchAll(/REVOKE UPDATE, DELETE, TRUNCATE ON ([^;]+?) FROM motcua_app/g)].flatMap(([, tables]) => tables!.split(',').map((t) => t.trim())))
  assert.deepEqual(appendOnly.filter((table) => !revoked.includes(table)), [])
})

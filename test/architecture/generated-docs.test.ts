import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { eventTypes, followers } from '../../scripts/docs/events.ts'
import { generatedFolder, generators } from '../../scripts/docs/generated-files.ts'
import { filesBelow } from '../../scripts/docs/source-files.ts'
import { root } from '../../src/platform/root.ts'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

for (const [name, generate] of Object.entries(generators)) {
  test(`${generatedFolder}/${name} is up to date`, async () => {
    const path = join(root, generatedFolder, name)
    assert.ok(existsSync(path) && readFileSync(path, 'utf8') === (await generate()), `${name} is stale: run npm run docs and commit the result`)
  })
}

test('nothing lies among the generated files that nothing generates', () => {
  assert.deepEqual(readdirSync(join(root, generatedFolder)).filter((name) => !(name in generators)), [])
})

test('a follower waits only for events that something appends', async () => {
  const types = await eventTypes()
  assert.ok(types.size > 20)
  const unknown = [...followers()].flatMap(([name, wanted]) => (wanted ?? []).filter((type) => !types.has(type)).map((type) => `${name} waits for ${type}`))
  assert.deepEqual(unknown, [])
})

const pages = ['README.md', 'CONTRIBUTING.md', 'GLOSSARY.md', 'CHANGELOG.md', ...filesBelow('docs', /\.md$/), ...filesBelow('src', /\.md$/)].filter((path) => existsSync(join(root, path)))

test('links in the documentation lead somewhere', () => {
  const dead = pages.flatMap((path) => [...read(path).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => target!).filter((target) => !existsSync(join(root, dirname(path), target))).map((target) => `${path}: ${target}`))
  assert.deepEqual(dead, [])
})

test('files that the documentation names exist', () => {
  const handWritten = pages.filter((path) => !path.startsWith(generatedFolder))
  const missing = handWritten.flatMap((path) => [...read(path).matchAll(/`((?:src|test|scripts|docs|bench)\/[\w./-]+)`/g)].map(([, target]) => target!).filter((target) => !existsSync(join(root, target))).map((target) => `${path}: ${target}`))
  assert.deepEqual(missing, [])
})

test('commands that the documentation quotes are commands of the project', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const quoted = pages.flatMap((path) => [...read(path).matchAll(/\bnpm (?:run )?(?!ci\b|install\b|run\b)([a-z][\w:-]*)/g)].map(([command, name]) => ({ path, command, name: name! })))
  const unknown = quoted.filter(({ command, name }) => (command.startsWith('npm run') ? !(name in scripts) : !['start', 'test'].includes(name) && /^npm [a-z]+$/.test(command) && name in scripts))
  assert.deepEqual(unknown.map(({ path, command }) => `${path}: ${command}`), [])
})

test('decision records are numbered without gaps and say all four things', () => {
  const records = filesBelow('docs/adr', /^\d{4}-[a-z0-9-]+\.md$/)
  assert.ok(records.length > 5)
  assert.deepEqual(records.map((path) => Number(/(\d{4})-/.exec(path)![1])), records.map((_, i) => i + 1))
  for (const path of records) for (const heading of ['Context', 'Decision', 'Consequences', 'What would change our mind']) assert.match(read(path), new RegExp(`^## ${heading}$\\n\\n\\S`, 'm'), `${path}: ${heading}`)
})

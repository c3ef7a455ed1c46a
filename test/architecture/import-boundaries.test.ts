import assert from 'node:assert/strict'
import { test } from 'node:test'
import { moduleNames, sourceFiles } from '../../scripts/docs/source-files.ts'
import { importsOf, moduleOf, type Import } from './imports.ts'
import { allowedEdges, uiMayImportTypesOf } from './modules.ts'

const imports = sourceFiles().flatMap(importsOf)
const told = (list: readonly Import[]): string[] => list.map((i) => `${i.from.path} imports ${i.target}`)
const between = imports.filter((i) => i.from.module && moduleOf(i.target) && moduleOf(i.target) !== i.from.module)

test('there is something to check', () => {
  assert.ok(imports.length > 500 && between.length > 50, `${imports.length} imports, ${between.length} between modules`)
})

test('platform and ui import no module', () => {
  assert.deepEqual(told(imports.filter((i) => /^src\/(platform|ui)\//.test(i.from.path) && moduleOf(i.target))), [])
})

test('platform does not know the design system', () => {
  assert.deepEqual(told(imports.filter((i) => i.from.path.startsWith('src/platform/') && i.target.startsWith('src/ui/'))), [])
})

test('the design system knows only types and texts of platform', () => {
  const allowed = new RegExp(`^src/(${uiMayImportTypesOf.join('|')})/`)
  // Formats of dates, money and texts, and where the project lies: technical, without a domain word.
  const texts = /^src\/platform\/(i18n|root|actor)\.ts$/
  const outside = imports.filter((i) => i.from.path.startsWith('src/ui/') && !i.from.isTest && i.target.startsWith('src/') && !i.target.startsWith('src/ui/'))
  assert.deepEqual(told(outside.filter((i) => !texts.test(i.target) && !(allowed.test(i.target) && i.isTypeOnly))), [])
})

test('only the composition root, the country and the stand-ins lie above the modules', () => {
  // A file of a module that reached into src/*.ts would make a cycle through the whole house.
  const upwards = imports.filter((i) => i.from.module && !i.from.isTest && /^src\/(country\/|stand-ins\/|[^/]+$)/.test(i.target))
  assert.deepEqual(told(upwards.filter((i) => !demoSeed.has(`${i.from.path} ${i.target}`))), [])
})

/** Demo people are one table for the registers of the stand-ins and for the officers that identity seeds; it is plain data. */
const demoSeed = new Set([
  'src/modules/identity/seed-demo.ts src/stand-ins/demo-people.ts',
  // Which authorities a demo node trusts, and the certificate of its own listener, come from the stand-in authority.
  'src/modules/identity/certificates/seed-demo-authorities.ts src/stand-ins/demo-people.ts',
  'src/modules/identity/certificates/seed-demo-authorities.ts src/stand-ins/demo-certificates.ts',
  'src/modules/identity/certificates/demo-listener-keys.ts src/stand-ins/demo-certificates.ts',
])

test('a module is entered through its index.ts only', () => {
  const inside = between.filter((i) => i.target !== `src/modules/${moduleOf(i.target)}/index.ts`)
  // What a module offers to the tests of others lies in its testing folder.
  assert.deepEqual(told(inside.filter((i) => !(i.from.isTest && /\/testing\//.test(i.target)))), [])
})

test('every edge between modules is allowed and has its sentence', () => {
  const used = new Set(between.filter((i) => !i.from.isTest).map((i) => `${i.from.module} → ${moduleOf(i.target)}`))
  const allowed = Object.entries(allowedEdges).flatMap(([from, edges]) => Object.keys(edges).map((to) => `${from} → ${to}`))
  assert.deepEqual([...used].filter((edge) => !allowed.includes(edge)), [], 'used but not listed in test/architecture/modules.ts')
  assert.deepEqual(allowed.filter((edge) => !used.has(edge)), [], 'listed but not used: take it out')
  for (const [from, edges] of Object.entries(allowedEdges)) for (const [to, why] of Object.entries(edges)) assert.match(why, /^[A-Z].{15,}\.$/, `${from} → ${to} needs a sentence`)
  assert.deepEqual(Object.keys(allowedEdges).sort(), moduleNames(), 'every module has its line')
})

test('modules do not know each other in a circle', () => {
  const circles: string[] = []
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) return void circles.push([...path.slice(path.indexOf(name)), name].join(' → '))
    for (const next of Object.keys(allowedEdges[name] ?? {})) visit(next, [...path, name])
  }
  for (const name of moduleNames()) visit(name, [])
  assert.deepEqual(circles, [])
})

test('tests of a module use other modules in the same directions', () => {
  const down = (from: string, to: string): boolean => from === to || Object.keys(allowedEdges[from] ?? {}).some((next) => down(next, to))
  const upwards = between.filter((i) => i.from.isTest && !down(i.from.module!, moduleOf(i.target)!))
  assert.deepEqual(told(upwards), [], 'a story over modules above belongs into test/journeys')
})

test('the application does not import what only tests need', () => {
  const testing = imports.filter((i) => !i.from.isTest && /\/testing\/|\.test\.tsx?$/.test(i.target))
  assert.deepEqual(told(testing), [])
})

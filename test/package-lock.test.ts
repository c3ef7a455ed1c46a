import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

interface Locked { optional?: boolean; hasInstallScript?: boolean; resolved?: string; optionalDependencies?: Record<string, string> }
const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as { packages: Record<string, Locked> }

test('every platform variant that a package may ask for is in the lock file, so that npm ci takes it anywhere', () => {
  // npm leaves out variants that its registry did not have at that moment, and `npm ci` then refuses the whole file.
  const wanted = Object.values(packages).flatMap((p) => Object.keys(p.optionalDependencies ?? {}))
  assert.deepEqual(wanted.filter((name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`))), [])
})

test('the lock file names no registry host', () => {
  assert.deepEqual(Object.values(packages).filter((p) => p.resolved).map((p) => p.resolved), [])
})

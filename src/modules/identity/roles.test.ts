import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Module } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { permissionsOf, roles, unheldPermissions } from './roles.ts'

const declaring = (...names: string[]): Node => ({ modules: [{ name: 'm', permissions: Object.fromEntries(names.map((n) => [n, { vi: n, en: n }])) } satisfies Module] }) as unknown as Node

test('who administers neither reads nor receives dossiers, and who handles them administers nothing', () => {
  const node = declaring('dossiers.view', 'dossiers.receive', 'dossiers.handle', 'calendar.manage', 'exchange.manage', 'process.publish', 'ledger.view')
  assert.deepEqual([...permissionsOf(node, ['agency-admin', 'national-admin', 'high-level-admin'])].filter((p) => p.startsWith('dossiers.')), [])
  assert.deepEqual([...permissionsOf(node, ['one-stop'])].sort(), ['dossiers.handle', 'dossiers.receive', 'dossiers.view'])
  assert.deepEqual([...permissionsOf(node, ['specialist', 'leader'])].sort(), ['dossiers.handle', 'dossiers.view'])
})

test('a right that no module of the node declares is nobody\'s', () => {
  assert.equal(permissionsOf(declaring(), [...roles]).size, 0)
})

test('a permission without a holder is found', () => {
  assert.deepEqual(unheldPermissions(declaring('dossiers.view', 'unheard.of')), ['unheard.of'])
})

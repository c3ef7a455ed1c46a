import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemCtx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { isRefusal } from '../../platform/errors.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { shippedDefinitions } from './definitions/index.ts'
import { birthRegistration } from './definitions/birth-registration.ts'
import { findForm, getForm } from './get-form.ts'
import { publishForm } from './publish-form.ts'
import { seedForms } from './seed.ts'

const now = new Date('2026-11-22T03:00:00Z')

test('a published form comes back ready, with one event, and publishing it again changes nothing', async (t) => {
  const { db, owner } = await testDatabase(t)
  const ctx = systemCtx(testNode(db, { now: () => now }), 'test')
  const publish = () => db.begin((tx) => publishForm(tx as Tx, ctx, birthRegistration))
  assert.equal((await publish() as { isNew?: boolean }).isNew, true)
  assert.equal((await publish() as { isNew?: boolean }).isNew, false)
  const form = await getForm(db, 'birth-registration', birthRegistration.version)
  assert.deepEqual(form.definition, birthRegistration)
  const events = await owner<{ type: string; subject: string }[]>`SELECT type, subject FROM ledger.event`
  assert.deepEqual(events.map((e) => ({ ...e })), [{ type: 'form.published', subject: 'birth-registration' }])
})

test('a published version never changes: other content under the same number is refused', async (t) => {
  const { db } = await testDatabase(t)
  const ctx = systemCtx(testNode(db, { now: () => now }), 'test')
  await db.begin((tx) => publishForm(tx as Tx, ctx, birthRegistration))
  const changed = { ...birthRegistration, title: { vi: 'Khác', en: 'Other' } }
  await assert.rejects(() => db.begin((tx) => publishForm(tx as Tx, ctx, changed)), (e) => isRefusal(e, 'VERSION_EXISTS'))
  await assert.rejects(async () => db`UPDATE forms.form_version SET hash = hash`, { code: '42501' })
})

test('drafts begun on the first version keep it after the second is published; a version of the future is not offered yet', async (t) => {
  const { db } = await testDatabase(t)
  const ctx = systemCtx(testNode(db, { now: () => now }), 'test')
  for (const [version, validFrom] of [[1, '2026-01-01'], [2, '2026-02-01'], [3, '2999-01-01']] as const) {
    const done = await db.begin((tx) => publishForm(tx as Tx, ctx, { ...birthRegistration, version, validFrom }))
    assert.ok(done.ok)
  }
  assert.equal((await getForm(db, 'birth-registration')).definition.version, 2)
  assert.equal((await getForm(db, 'birth-registration', 1)).definition.version, 1)
  assert.equal((await getForm(db, 'birth-registration', 3)).definition.version, 3)
  assert.equal(await findForm(db, 'birth-registration', 4), undefined)
  await assert.rejects(() => getForm(db, 'library-card'), (e) => isRefusal(e, 'FORM_NOT_FOUND'))
})

test('a definition with mistakes is not stored', async (t) => {
  const { db } = await testDatabase(t)
  const ctx = systemCtx(testNode(db, { now: () => now }), 'test')
  const done = await db.begin((tx) => publishForm(tx as Tx, ctx, { ...birthRegistration, placeField: 'nowhere' }))
  assert.equal(done.ok, false)
  assert.equal(await findForm(db, 'birth-registration', 1), undefined)
})

test('the seed publishes the shipped forms and a second run changes nothing', async (t) => {
  const { db, owner } = await testDatabase(t)
  const node = testNode(db, { now: () => now })
  await seedForms(node)
  await seedForms(node)
  const [count] = await owner<{ n: number }[]>`SELECT count(*)::int AS n FROM ledger.event`
  assert.equal(count?.n, shippedDefinitions.length)
  assert.equal((await getForm(db, 'household-business')).definition.key, 'household-business')
})

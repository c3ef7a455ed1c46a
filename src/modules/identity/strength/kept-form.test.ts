import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../../../platform/ids.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { insertKeptForm, trimKeptForms } from './kept-form.store.ts'

const owner = 'person:one'

test('the oldest give way, and a request waits for no other that is removing the same ones', async (t) => {
  const { db, owner: looking } = await testDatabase(t)
  const now = new Date('2026-11-27T02:00:00Z').getTime()
  const ids = await Promise.all(Array.from({ length: 6 }, async (_, n) => {
    const id = newId()
    await insertKeptForm(db, { id, token: `t${n}`, owner, sealed: 'x', createdAt: new Date(now + n * 1000), expiresAt: new Date(now + 3_600_000) })
    return id
  }))
  const left = async (): Promise<string[]> => (await looking<{ id: string }[]>`SELECT id FROM identity.kept_form ORDER BY created_at`).map((row) => row.id)
  await looking.begin(async (tx) => {
    await tx`SELECT FROM identity.kept_form WHERE id = ${ids[0]!} FOR UPDATE`
    await db.begin(async (trimming) => {
      await trimming`SET LOCAL lock_timeout = '2s'`
      await trimKeptForms(trimming, owner, 2)
    })
  })
  assert.deepEqual(await left(), [ids[0], ids[4], ids[5]], 'the one that another held is left to it')
  await trimKeptForms(db, owner, 2)
  assert.deepEqual(await left(), [ids[4], ids[5]])
})

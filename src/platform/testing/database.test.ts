import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from './database.ts'

test('each test database is migrated and apart from the others', async (t) => {
  const one = await testDatabase(t)
  const two = await testDatabase(t)
  await one.owner`CREATE TABLE platform.only_here (n int)`
  const [found] = await two.owner<{ name: string | null }[]>`SELECT to_regclass('platform.only_here')::text AS name`
  assert.equal(found?.name, null)
  const [migrations] = await one.owner<{ n: number }[]>`SELECT count(*)::int AS n FROM platform.migration`
  assert.ok(migrations!.n > 0)
})

test('the application role is not the owner', async (t) => {
  const { db } = await testDatabase(t)
  await assert.rejects(async () => db`CREATE TABLE platform.forbidden (n int)`, { code: '42501' })
})

test('names sort as in a Vietnamese dictionary', async (t) => {
  const { db } = await testDatabase(t)
  const rows = await db<{ name: string }[]>`SELECT name FROM unnest(ARRAY['Đào', 'Em', 'An', 'Dung', 'Ánh', 'an']) AS name ORDER BY name`
  assert.deepEqual(rows.map((r) => r.name), ['an', 'An', 'Ánh', 'Đào', 'Dung', 'Em'])
})

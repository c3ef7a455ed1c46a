import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from './db.ts'
import { createBriefMemory } from './brief-memory.ts'

// A memory only looks at whose pool it is and whether it is a transaction.
const pool = (): Db => ({}) as Db
const transaction = { savepoint: () => {} } as unknown as Db

test('asks once for each pool and key while the memory lasts, and again after it or when told to forget', async () => {
  const memory = createBriefMemory({ seconds: 0.05, capacity: 9 })
  const [one, other] = [pool(), pool()]
  let asked = 0
  const load = async (): Promise<number> => ++asked
  assert.deepEqual(await Promise.all([memory.remember(one, 'a', load), memory.remember(one, 'a', load)]), [1, 1])
  assert.equal(await memory.remember(one, 'b', load), 2)
  assert.equal(await memory.remember(other, 'a', load), 3)
  memory.forget()
  assert.equal(await memory.remember(one, 'a', load), 4)
  await sleep(80)
  assert.equal(await memory.remember(one, 'a', load), 5)
})

test('a transaction always asks; a failure and what is not there are not kept; a full memory begins anew', async () => {
  const memory = createBriefMemory({ seconds: 60, capacity: 2 })
  const db = pool()
  let asked = 0
  const load = async (): Promise<number> => ++asked
  await memory.remember(transaction, 'a', load)
  assert.equal(await memory.remember(transaction, 'a', load), 2)
  await assert.rejects(memory.remember(db, 'a', () => Promise.reject(new Error('no database'))))
  assert.equal(await memory.remember(db, 'a', async () => undefined), undefined)
  assert.equal(await memory.remember(db, 'a', load), 3)
  for (const key of ['b', 'c']) await memory.remember(db, key, load)
  assert.equal(await memory.remember(db, 'a', load), 6)
})

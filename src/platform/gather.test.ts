import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { gatherReads } from './gather.ts'

test('keys that come during a read are read together by the next one', async () => {
  const reads: number[][] = []
  const square = gatherReads(async (keys: number[]) => {
    reads.push(keys)
    await sleep(5)
    return new Map(keys.filter((k) => k > 0).map((k) => [k, k * k]))
  })
  const first = square(1)
  await sleep(1)
  const others = [square(2), square(3), square(3), square(-1)]
  assert.deepEqual(await Promise.all([first, ...others]), [1, 4, 9, 9, undefined])
  assert.deepEqual(reads, [[1], [2, 3, -1]])
  assert.equal(await square(2), 4)
  assert.equal(reads.length, 3, 'nothing is remembered')
})

test('a failed read fails for who waited for it, and not for who comes later', async () => {
  let broken = true
  const read = gatherReads(async (keys: string[]) => {
    await sleep(1)
    if (broken) throw new Error('no database')
    return new Map(keys.map((k) => [k, k]))
  })
  const [one, two] = await Promise.allSettled([read('a'), read('b')])
  assert.deepEqual([one.status, two.status], ['rejected', 'rejected'])
  broken = false
  assert.equal(await read('a'), 'a')
})

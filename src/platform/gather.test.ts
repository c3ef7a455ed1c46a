import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { byItself, gatherReads, gatherWrites } from './gather.ts'

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

test('writes that come together, or while one is under way, go together; one that cannot be written fails alone', async () => {
  const writes: number[][] = []
  const write = gatherWrites(async (items: number[]) => {
    writes.push(items)
    await sleep(2)
    if (items.includes(3)) throw new Error('three')
    return items.map((n) => n * 10)
  }, { atOnce: 1, most: 3 })
  const first = [1, 2].map((n) => write(n))
  await sleep(1)
  const asked = [...first, ...[3, 4, 5, 6].map((n) => write(n))]
  assert.deepEqual((await Promise.allSettled(asked)).map((r) => (r.status === 'fulfilled' ? r.value : 'failed')), [10, 20, 'failed', 40, 50, 60])
  assert.deepEqual(writes.slice(0, 2), [[1, 2], [3, 4, 5]])
  assert.deepEqual(writes.slice(2).sort(), [[3], [4], [5], [6]])
  assert.equal(await write(7), 70)
})

test('a write that sends one away to be written by itself keeps nobody waiting for it', async () => {
  let free: () => void = () => {}
  const isFree = new Promise<void>((resolve) => { free = resolve })
  const write = gatherWrites(async (items: number[]) => {
    if (items.length > 1) return items.map((n) => (n === 2 ? byItself : n))
    if (items[0] === 2) await isFree
    return items
  }, { atOnce: 1, most: 10 })
  const [one, two, three] = [write(1), write(2), write(3)]
  assert.deepEqual(await Promise.all([one, three, write(4), write(5)]), [1, 3, 4, 5])
  free()
  assert.equal(await two, 2)
})

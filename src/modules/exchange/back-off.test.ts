import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backOffMs } from './back-off.ts'

test('waiting doubles from half a second to half a minute, half of it by chance', () => {
  assert.deepEqual([1, 2, 3, 7, 8, 1000].map((n) => backOffMs(n, () => 1)), [500, 1000, 2000, 30_000, 30_000, 30_000])
  assert.deepEqual([1, 2, 1000].map((n) => backOffMs(n, () => 0)), [250, 500, 15_000])
})

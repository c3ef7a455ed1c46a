import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultsOf, fileByKeys, type Filed, type KeyOutcome } from './support/file-by-keys.ts'

// `npm run stress:keys` does the same with 1,000 keys.
test('30 keys, each posted 20 times at once, make exactly 30 dossiers; another body is refused with 409', async () => {
  const filed = await fileByKeys({ keys: 30, posts: 20, atOnce: 3 })
  assert.equal(filed.outcomes.length, 30)
  assert.deepEqual(faultsOf(filed), [])
})

test('a second dossier, a lost one and another body let through would be seen', () => {
  const good: KeyOutcome = { key: 'k', ids: ['a', 'a'], made: 1, odd: [], other: '409 dossiers.KEY_REUSED', again: { status: 200, id: 'a' } }
  const one = (change: Partial<KeyOutcome>, more: Partial<Filed> = {}): string => faultsOf({ outcomes: [{ ...good, ...change }], dossiers: 1, events: 1, contents: 1, ...more }).join()
  assert.equal(one({}), '')
  assert.match(one({ ids: ['a', 'b'] }), /2 dossiers/)
  assert.match(one({ made: 2 }), /2 times with 201/)
  assert.match(one({ odd: [500] }), /500/)
  assert.match(one({ other: '200 ' }), /another body/)
  assert.match(one({}, { dossiers: 2 }), /2 dossiers for 1 keys/)
  assert.match(one({}, { events: 0 }), /0 events/)
})

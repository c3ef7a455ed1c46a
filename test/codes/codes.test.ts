import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acceptAroundMidnight, faultsOf } from './support/accept-around-midnight.ts'

// `npm run stress:codes` does the same with 10,000 at 50 agencies.
test('500 concurrent acceptances at 10 agencies around midnight give codes that are unique, and dense per agency and day', async () => {
  const accepted = await acceptAroundMidnight({ dossiers: 500, agencies: 10, connections: 8, seed: 1 })
  assert.equal(accepted.length, 500)
  assert.deepEqual(faultsOf(accepted), [])
  const series = new Set(accepted.map((a) => a.code.slice(0, a.code.lastIndexOf('-'))))
  assert.equal(series.size, 20, 'both days at every agency: a new day begins with 0001')
  for (const name of series) assert.ok(accepted.some((a) => a.code === `${name}-0001`), name)
})

test('a double, a gap and the wrong day would be seen', () => {
  const one = { agency: 'H21.101', code: 'H21.101-260312-0001', receivedAt: new Date('2026-03-12T01:00:00+07:00') }
  assert.deepEqual(faultsOf([one]), [])
  assert.match(faultsOf([one, one]).join(), /twice/)
  assert.match(faultsOf([one, { ...one, code: 'H21.101-260312-0003' }]).join(), /not dense/)
  assert.match(faultsOf([{ ...one, receivedAt: new Date('2026-03-11T23:59:59+07:00') }]).join(), /was received at/)
})

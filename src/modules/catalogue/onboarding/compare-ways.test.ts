import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareWays } from './compare-ways.ts'

const text = { vi: 'x', en: 'x' }
const paper = (source: 'you-have-it' | 'we-fetch-it' | 'you-bring-it') => ({ name: text, originals: 1, copies: 0, source })
const methods = (['online', 'desk', 'post'] as const).map((channel) => ({ channel, fees: [], limit: { value: 3, unit: 'working-day' as const } }))
const components = [paper('you-bring-it'), paper('you-have-it'), paper('we-fetch-it')]

test('online in full needs neither trips nor paper, in part one trip; the desk two; the post none', () => {
  assert.deepEqual(compareWays({ methods, components, onlineLevel: 'full' }), [{ channel: 'online', trips: 0, papers: 0 }, { channel: 'desk', trips: 2, papers: 2 }, { channel: 'post', trips: 0, papers: 2 }])
  assert.deepEqual(compareWays({ methods, components, onlineLevel: 'partial' })[0], { channel: 'online', trips: 1, papers: 2 })
})

test('what is answered while one waits takes one trip to the desk', () => {
  const waiting = [{ channel: 'desk' as const, fees: [], limit: { value: 2, unit: 'hour' as const } }]
  assert.deepEqual(compareWays({ methods: waiting, components, onlineLevel: 'none' }), [{ channel: 'desk', trips: 1, papers: 2 }])
})

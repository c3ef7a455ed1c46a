import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalJson } from '../../../platform/canonical-json.ts'
import { diffContent } from './diff-content.ts'

const lines = (before: unknown, after: unknown): string[] => diffContent(before, after).map((c) => `${c.kind} ${c.path.join('.')}`)

test('each language of a text is a field of its own', () => {
  assert.deepEqual(diffContent({ name: { vi: 'Cũ', en: 'Old' } }, { name: { vi: 'Mới', en: 'Old' } }), [{ kind: 'changed', path: ['name', 'vi'], before: 'Cũ', after: 'Mới' }])
  assert.deepEqual(lines({ name: { vi: 'A' } }, { name: { vi: 'A', en: 'A' } }), ['added name.en'])
  assert.deepEqual(lines({ name: { vi: 'A' }, summary: { vi: 'x' } }, { name: { vi: 'A' } }), ['removed summary'])
})

test('an entry at the front of a list is one difference, not one for each entry after it', () => {
  assert.deepEqual(lines({ papers: ['a', 'b', 'c'] }, { papers: ['new', 'a', 'b', 'c'] }), ['added papers.0'])
  assert.deepEqual(lines({ papers: ['a', 'b', 'c'] }, { papers: ['a', 'c'] }), ['removed papers.1'])
  assert.deepEqual(lines({ papers: [{ n: 1, x: 'a' }, { n: 2, x: 'b' }] }, { papers: [{ n: 1, x: 'a' }, { n: 3, x: 'b' }] }), ['changed papers.1.n'])
  assert.deepEqual(lines({ papers: ['a'] }, { papers: [] }), ['removed papers.0'])
})

test('a field that turns from a list or text into something else is changed whole', () => {
  assert.deepEqual(lines({ fee: [1] }, { fee: { amount: 1 } }), ['changed fee'])
  assert.deepEqual(lines({ fee: null }, { fee: 0 }), ['changed fee'])
})

const json = fc.jsonValue({ maxDepth: 4 })

test('nothing differs from itself, and whatever differs is said', () => {
  fc.assert(fc.property(json, json, (a, b) => {
    assert.deepEqual(diffContent(a, structuredClone(a)), [])
    assert.equal(diffContent(a, b).length === 0, canonicalJson(a) === canonicalJson(b))
  }))
})

test('read from the other side, what was added is removed', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd')), fc.array(fc.constantFrom('a', 'b', 'c', 'd')), (a, b) => {
    const counts = (changes: ReturnType<typeof diffContent>) => [changes.filter((c) => c.kind === 'added').length - changes.filter((c) => c.kind === 'removed').length]
    assert.deepEqual(counts(diffContent(a, b)), [b.length - a.length])
    // Nobody reports more than there is.
    assert.ok(diffContent(a, b).length <= Math.max(a.length, b.length) * 2)
  }))
})

test('two long lists that share nothing are compared without filling the memory', () => {
  const a = Array.from({ length: 3000 }, (_, i) => `a${i}`)
  assert.equal(diffContent(a, a.map((x) => `${x}x`)).length, 3000)
})

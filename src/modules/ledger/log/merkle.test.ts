import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { emptyFrontier, frontierRoot, growFrontier, packFrontier, unpackFrontier } from './frontier.ts'
import { consistencyProof, emptyRoot, inclusionProof, isConsistent, isIncluded, leafHash, nodeHash, rootHash, type ReadNode } from './merkle.ts'

/** The root as RFC 9162, 2.1.1 defines it, by recursion over leaves: what the program's own way is compared with. */
function definedRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return emptyRoot
  if (leaves.length === 1) return leaves[0]!
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return nodeHash(definedRoot(leaves.slice(0, k)), definedRoot(leaves.slice(k)))
}

const leaves = Array.from({ length: 130 }, (_, i) => leafHash(Buffer.from(`entry ${i}`)))
const read: ReadNode = ({ level, index }) => definedRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))
const roots = Array.from({ length: leaves.length + 1 }, (_, n) => definedRoot(leaves.slice(0, n)))

test('roots are those that other logs compute for the eight well-known entries', () => {
  const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map((hex) => leafHash(Buffer.from(hex, 'hex')))
  const known = ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef', 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328']
  const readKnown: ReadNode = ({ level, index }) => definedRoot(entries.slice(index * 2 ** level, (index + 1) * 2 ** level))
  assert.deepEqual(known.map((_, size) => rootHash(size, readKnown).toString('hex')), known)
})

test('every entry of every tree up to 130 entries is proved, and not at another place, in another tree or with another entry', () => {
  for (let size = 1; size <= leaves.length; size++) {
    assert.deepEqual(rootHash(size, read), roots[size])
    for (const index of new Set([0, 1, size >> 1, size - 2, size - 1].filter((i) => i >= 0 && i < size))) {
      const proof = inclusionProof(index, size, read)
      assert.ok(isIncluded(leaves[index]!, index, size, roots[size]!, proof), `${index} of ${size}`)
      assert.ok(!isIncluded(leaves[index]!, index, size, roots[size - 1]!, proof))
      assert.ok(!isIncluded(leafHash(Buffer.from('other')), index, size, roots[size]!, proof))
      if (size > 1) assert.ok(!isIncluded(leaves[index]!, (index + 1) % size, size, roots[size]!, proof))
      assert.ok(!isIncluded(leaves[index]!, index, size, roots[size]!, [...proof, roots[1]!]), 'longer')
      if (proof.length > 0) assert.ok(!isIncluded(leaves[index]!, index, size, roots[size]!, proof.slice(0, -1)), 'shorter')
    }
  }
})

test('every tree up to 130 entries is proved to have grown from every smaller one, and from no other', () => {
  for (let second = 0; second <= leaves.length; second++) {
    for (let first = 0; first <= second; first++) {
      const proof = consistencyProof(first, second, read)
      const [a, b] = [{ size: first, root: roots[first]! }, { size: second, root: roots[second]! }]
      assert.ok(isConsistent(a, b, proof), `${first} to ${second}`)
      if (first > 0) assert.ok(!isConsistent(a, { ...b, root: emptyRoot }, proof), 'another later root')
      assert.ok(!isConsistent({ ...a, root: leaves[1]! }, b, proof), 'another earlier root')
      assert.ok(!isConsistent(a, b, [...proof, leaves[0]!]), 'longer')
      if (proof.length > 0) assert.ok(!isConsistent(a, b, proof.slice(1)), 'shorter')
    }
  }
})

test('one changed bit anywhere in a proof is seen', () => {
  fc.assert(fc.property(fc.integer({ min: 2, max: 130 }), fc.nat(), fc.nat(), fc.nat(255), (size, at, where, bit) => {
    const index = at % size
    const proof = inclusionProof(index, size, read)
    const changed = proof.map((hash) => Buffer.from(hash))
    const hash = changed[where % changed.length]!
    hash[bit >> 3]! ^= 1 << (bit & 7)
    assert.ok(!isIncluded(leaves[index]!, index, size, roots[size]!, changed))
    const first = 1 + (at % (size - 1))
    const grown = consistencyProof(first, size, read).map((h) => Buffer.from(h))
    grown[where % grown.length]![bit >> 3]! ^= 1 << (bit & 7)
    assert.ok(!isConsistent({ size: first, root: roots[first]! }, { size, root: roots[size]! }, grown))
  }), { numRuns: 300 })
})

test('a proof holds for the size that it was made for and for no other with the same root', () => {
  const [root, proof] = [roots[8]!, inclusionProof(3, 8, read)]
  assert.ok(isIncluded(leaves[3]!, 3, 8, root, proof))
  for (const size of [4, 9, 16, 64]) assert.ok(!isIncluded(leaves[3]!, 3, size, root, proof), `size ${size}`)
  const x = leaves[9]!
  assert.ok(!isIncluded(leaves[0]!, 0, 1, nodeHash(x, leaves[0]!), [x]), 'a tree of one entry with a neighbour')
  const grown = consistencyProof(3, 8, read)
  for (const size of [4, 16, 64]) assert.ok(!isConsistent({ size: 3, root: roots[3]! }, { size, root }, grown), `to ${size}`)
})

test('what no tree has is refused', () => {
  assert.throws(() => inclusionProof(5, 5, read), RangeError)
  assert.throws(() => inclusionProof(-1, 5, read), RangeError)
  assert.throws(() => consistencyProof(6, 5, read), RangeError)
  assert.ok(!isIncluded(leaves[0]!, 2 ** 60, 5, roots[5]!, []))
  assert.ok(!isConsistent({ size: 5, root: roots[5]! }, { size: 3, root: roots[3]! }, []))
})

test('a frontier grows leaf by leaf or many at once, and its root is that of the tree', () => {
  let one = emptyFrontier
  for (let size = 0; size <= leaves.length; size++) {
    assert.deepEqual(frontierRoot(one), roots[size], String(size))
    assert.deepEqual(frontierRoot(growFrontier(unpackFrontier(one.size, packFrontier(one)), leaves.slice(size))), roots[leaves.length])
    if (size < leaves.length) one = growFrontier(one, [leaves[size]!])
  }
})

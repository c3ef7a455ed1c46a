import { hash } from 'node:crypto'

/** Bytes of one hash (SHA-256). */
export const hashSize = 32

/** Hash of a leaf (RFC 9162, 2.1.1): SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(1 + entry.byteLength)
  bytes[0] = 0
  bytes.set(entry, 1)
  return hash('sha256', bytes, 'buffer')
}

/** Hash of two neighbours (RFC 9162, 2.1.1): SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(1 + 2 * hashSize)
  bytes[0] = 1
  bytes.set(left, 1)
  bytes.set(right, 1 + hashSize)
  return hash('sha256', bytes, 'buffer')
}

/** Root of the tree without entries. */
export const emptyRoot: Buffer = hash('sha256', '', 'buffer')

/** A complete subtree: over the entries [index · 2^level, (index + 1) · 2^level). */
export interface TreeNode { readonly level: number; readonly index: number }

/** Entries [start, end) of a tree, as one subtree of it: what one hash of a proof stands for. */
export interface Range { readonly start: number; readonly end: number }

/** Gives the hash of a complete subtree. */
export type ReadNode = (node: TreeNode) => Uint8Array

/** Largest power of two below n, for n > 1: where RFC 9162 splits a tree. */
function splitOf(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** Complete subtrees that make up a range, from left to right. The range must start where a subtree of its size may start. */
export function completeNodes({ start, end }: Range): TreeNode[] {
  const nodes: TreeNode[] = []
  for (let at = start; at < end;) {
    let [level, width] = [0, 1]
    while (width * 2 <= end - at) {
      width *= 2
      level++
    }
    nodes.push({ level, index: at / width })
    at += width
  }
  return nodes
}

/** Hash of a range from those of its complete subtrees. */
export function rangeHash(range: Range, read: ReadNode): Buffer {
  const nodes = completeNodes(range)
  if (nodes.length === 0) return emptyRoot
  let hash: Buffer = Buffer.from(read(nodes.at(-1)!))
  for (const node of nodes.slice(0, -1).reverse()) hash = nodeHash(read(node), hash)
  return hash
}

/** Root of the tree of the first `size` entries. */
export const rootHash = (size: number, read: ReadNode): Buffer => rangeHash({ start: 0, end: size }, read)

/**
 * What the hashes of an inclusion proof stand for, from the leaf's neighbour up (RFC 9162, 2.1.3.1).
 * @throws RangeError where the tree has no such entry
 */
export function inclusionRanges(index: number, size: number): Range[] {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) throw new RangeError(`a tree of ${size} entries has no entry ${index}`)
  const path: Range[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    path.push(index < middle ? { start: middle, end } : { start, end: middle });
    [start, end] = index < middle ? [start, middle] : [middle, end]
  }
  return path.reverse()
}

/**
 * What the hashes of a consistency proof from `first` to `second` entries stand for (RFC 9162, 2.1.4.1). Nothing where either is the whole proof: from zero, or to itself.
 * @throws RangeError where the trees are not in this order
 */
export function consistencyRanges(first: number, second: number): Range[] {
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(second) || first < 0 || first > second) throw new RangeError(`no tree of ${second} entries grew from one of ${first}`)
  if (first === 0 || first === second) return []
  const path: Range[] = []
  let [start, end, isOld] = [0, second, true]
  while (end !== first) {
    const middle = start + splitOf(end - start)
    if (first <= middle) {
      path.push({ start: middle, end })
      end = middle
    } else {
      path.push({ start, end: middle })
      start = middle
      isOld = false
    }
  }
  if (!isOld) path.push({ start, end })
  return path.reverse()
}

export const inclusionProof = (index: number, size: number, read: ReadNode): Buffer[] => inclusionRanges(index, size).map((range) => rangeHash(range, read))
export const consistencyProof = (first: number, second: number, read: ReadNode): Buffer[] => consistencyRanges(first, second).map((range) => rangeHash(range, read))

/** The root that follows from a leaf and its inclusion proof (RFC 9162, 2.1.3.2); undefined where the proof has not the length that index and size ask for. */
export function rootFromInclusion(leaf: Uint8Array, index: number, size: number, proof: readonly Uint8Array[]): Buffer | undefined {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size || proof.some((hash) => hash.byteLength !== hashSize)) return undefined
  let [node, last] = [index, size - 1]
  let root: Buffer = Buffer.from(leaf)
  for (const hash of proof) {
    if (last === 0) return undefined
    if (node % 2 === 1 || node === last) {
      root = nodeHash(hash, root)
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)]
    } else {
      root = nodeHash(root, hash)
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  }
  return last === 0 ? root : undefined
}

/** Whether an entry with this leaf hash stands at `index` of the tree with this root. */
export function isIncluded(leaf: Uint8Array, index: number, size: number, root: Uint8Array, proof: readonly Uint8Array[]): boolean {
  return rootFromInclusion(leaf, index, size, proof)?.equals(root) ?? false
}

export interface Tree { readonly size: number; readonly root: Uint8Array }

/** Whether the second tree has all entries of the first, in their places (RFC 9162, 2.1.4.2). */
export function isConsistent(first: Tree, second: Tree, proof: readonly Uint8Array[]): boolean {
  if (first.size > second.size || proof.some((hash) => hash.byteLength !== hashSize)) return false
  if (first.size === 0) return proof.length === 0 && emptyRoot.equals(first.root)
  if (first.size === second.size) return proof.length === 0 && Buffer.from(first.root).equals(second.root)
  let [node, last] = [first.size - 1, second.size - 1]
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  // A first tree that is complete is the first hash itself.
  const path = node === 0 ? [first.root, ...proof] : [...proof]
  const seed = path.shift()
  if (!seed) return false
  let old: Buffer = Buffer.from(seed)
  let grown: Buffer = old
  for (const hash of path) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      old = nodeHash(hash, old)
      grown = nodeHash(hash, grown)
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)]
    } else {
      grown = nodeHash(grown, hash)
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  }
  return last === 0 && old.equals(first.root) && grown.equals(second.root)
}

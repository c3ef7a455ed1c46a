import { emptyRoot, hashSize, nodeHash } from './merkle.ts'

/** What is enough of a tree to let it grow and to know its root: the hashes of its complete subtrees, the largest first. */
export interface Frontier { readonly size: number; readonly hashes: readonly Buffer[] }

export const emptyFrontier: Frontier = { size: 0, hashes: [] }

/** The frontier after these leaves. */
export function growFrontier({ size, hashes }: Frontier, leaves: Iterable<Buffer>): Frontier {
  const stack = [...hashes]
  let count = size
  for (const leaf of leaves) {
    let hash = leaf
    for (let n = count; n % 2 === 1; n = (n - 1) / 2) hash = nodeHash(stack.pop()!, hash)
    stack.push(hash)
    count++
  }
  return { size: count, hashes: stack }
}

export const frontierRoot = ({ hashes }: Frontier): Buffer => (hashes.length === 0 ? emptyRoot : hashes.slice(0, -1).reduceRight((root, hash) => nodeHash(hash, root), hashes.at(-1)!))

export const packFrontier = ({ hashes }: Frontier): Buffer => Buffer.concat(hashes)
export const unpackFrontier = (size: number, bytes: Uint8Array): Frontier => ({ size, hashes: Array.from({ length: bytes.byteLength / hashSize }, (_, i) => Buffer.from(bytes.subarray(i * hashSize, (i + 1) * hashSize))) })

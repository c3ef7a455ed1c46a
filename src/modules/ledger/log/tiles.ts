import { hashSize, nodeHash, type Range, completeNodes, type ReadNode, type TreeNode } from './merkle.ts'

/**
 * A tile (C2SP tlog-tiles): `width` hashes that stand side by side, 256 when it is full. At level 0 those of leaves, above those of full tiles below.
 */
export interface Tile { readonly level: number; readonly index: number; readonly width: number }

export const tileWidth = 256
const tileHeight = 8

const spanOf = (level: number): number => tileWidth ** level

/** How many hashes a tree of `size` entries has at a level of tiles. */
export const hashesAt = (level: number, size: number): number => Math.floor(size / spanOf(level))

/** The tile of a tree of `size` entries; undefined where it has none there. */
export function tileOf(level: number, index: number, size: number): Tile | undefined {
  const width = Math.min(tileWidth, hashesAt(level, size) - index * tileWidth)
  return width > 0 ? { level, index, width } : undefined
}

/** Tile in which the hash of a complete subtree is found, and the places in it from which it follows. */
function placeOf({ level, index }: TreeNode): { level: number; index: number; first: number; count: number } {
  const tileLevel = Math.floor(level / tileHeight)
  const count = 2 ** (level % tileHeight)
  const first = index * count
  return { level: tileLevel, index: Math.floor(first / tileWidth), first: first % tileWidth, count }
}

const keyOf = (level: number, index: number): string => `${level}/${index}`

/** The tiles of a tree of `size` entries in which the hashes of these ranges are found, each once. */
export function tilesFor(ranges: readonly Range[], size: number): Tile[] {
  const tiles = new Map<string, Tile>()
  for (const node of ranges.flatMap(completeNodes)) {
    const { level, index } = placeOf(node)
    tiles.set(keyOf(level, index), tileOf(level, index, size)!)
  }
  return [...tiles.values()]
}

/** Reads complete subtrees from the hashes of tiles. @throws where the tile of a subtree is not among them, or too short. */
export function readerOf(tiles: readonly { level: number; index: number; hashes: Uint8Array }[]): ReadNode {
  const known = new Map(tiles.map((tile) => [keyOf(tile.level, tile.index), tile.hashes]))
  return (node) => {
    const { level, index, first, count } = placeOf(node)
    const hashes = known.get(keyOf(level, index))
    if (!hashes || hashes.byteLength < (first + count) * hashSize) throw new Error(`tile ${level}/${index} with ${first + count} hashes is missing`)
    return foldComplete(hashes, first, count)
  }
}

/** Hash of the complete subtree over `count` (a power of two) neighbours. */
function foldComplete(hashes: Uint8Array, first: number, count: number): Uint8Array {
  if (count === 1) return hashes.subarray(first * hashSize, (first + 1) * hashSize)
  return nodeHash(foldComplete(hashes, first, count / 2), foldComplete(hashes, first + count / 2, count / 2))
}

/** Hash of a full tile, as it stands in the level above. */
export const fullTileHash = (hashes: Uint8Array): Uint8Array => foldComplete(hashes, 0, tileWidth)

/** Index in groups of three digits, all but the last with an x before it: 1234067 → x001/x234/067. */
function indexPath(index: number): string {
  const groups = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0').match(/\d{3}/g)!
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/')
}

/** Path of a tile below the log's address; of the bundle of its entries where `level` is 'entries'. */
export function tilePath({ level, index, width }: { level: number | 'entries'; index: number; width: number }): string {
  return `tile/${level}/${indexPath(index)}${width < tileWidth ? `.p/${width}` : ''}`
}

/** Reads what `tilePath` writes; undefined for any other text. */
export function parseTilePath(path: string): { level: number | 'entries'; index: number; width: number } | undefined {
  const parts = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path)
  if (!parts) return undefined
  const [level, index, width] = [parts[1] === 'entries' ? 'entries' as const : Number(parts[1]), Number(parts[2]!.replaceAll(/[x/]/g, '')), parts[3] ? Number(parts[3]) : tileWidth]
  if (!Number.isSafeInteger(index) || (level !== 'entries' && level > 63)) return undefined
  const tile = { level, index, width }
  return tilePath(tile) === path ? tile : undefined
}

/** Entries of one bundle, each with its length before it (uint16, big-endian). */
export function writeBundle(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(entries.flatMap((entry) => {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(entry.byteLength)
    return [length, entry]
  }))
}

/** Reads what `writeBundle` writes. @throws RangeError where the bytes end within an entry. */
export function readBundle(bytes: Uint8Array): Buffer[] {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries: Buffer[] = []
  for (let at = 0; at < whole.length;) {
    const end = at + 2 + whole.readUInt16BE(at)
    if (end > whole.length) throw new RangeError('the bundle ends within an entry')
    entries.push(whole.subarray(at + 2, end))
    at = end
  }
  return entries
}

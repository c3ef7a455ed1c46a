import { crc32 } from 'node:zlib'

export type Finding = 'good' | 'damaged' | 'encrypted' | 'macros' | 'image_too_large'

/** A picture that unpacks to more than this is an attack on who opens it; 100 megapixels is four times a good phone. */
const MAX_PIXELS = 100_000_000

/** Walks the segments to the picture's size and looks for the end marker, which a broken transfer loses. */
export function inspectJpeg(bytes: Buffer): Finding {
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return 'damaged'
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (frame) {
      if (bytes.readUInt16BE(at + 5) * bytes.readUInt16BE(at + 7) > MAX_PIXELS) return 'image_too_large'
      // Cameras may write a few bytes after the end marker.
      return bytes.subarray(-64 * 1024).lastIndexOf(Buffer.from([0xff, 0xd9])) > 0 ? 'good' : 'damaged'
    }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return 'damaged'
}

/** Walks the chunks with their checksums to the last. */
export function inspectPng(bytes: Buffer): Finding {
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    const end = at + 8 + length
    if (end + 4 > bytes.length || crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end)) return 'damaged'
    if (at === 8 && (type !== 'IHDR' || length !== 13)) return 'damaged'
    if (type === 'IHDR' && bytes.readUInt32BE(at + 8) * bytes.readUInt32BE(at + 12) > MAX_PIXELS) return 'image_too_large'
    if (type === 'IEND') return 'good'
    at = end + 4
  }
  return 'damaged'
}

/** Reads the list of contents at the end of the archive; nothing is unpacked. */
export function inspectDocx(bytes: Buffer): Finding {
  const names = zipNames(bytes)
  if (!names?.has('[Content_Types].xml') || !names.has('word/document.xml')) return 'damaged'
  return [...names].some((name) => /vbaProject\.bin$/i.test(name)) ? 'macros' : 'good'
}

function zipNames(bytes: Buffer): Set<string> | null {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'))
  if (end < 0 || end + 22 > bytes.length) return null
  const count = bytes.readUInt16LE(end + 10)
  const names = new Set<string>()
  let at = bytes.readUInt32LE(end + 16)
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return null
    const length = bytes.readUInt16LE(at + 28)
    names.add(bytes.toString('utf8', at + 46, at + 46 + length))
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return names
}

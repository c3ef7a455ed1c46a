import { crc32 } from 'node:zlib'

export interface ZipEntry { name: string; bytes: Buffer }

/** A ZIP archive without compression (APPNOTE 6.3, method 0), names in UTF-8: what every computer opens. */
export function zip(entries: readonly ZipEntry[], at: Date): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of entries) {
    const title = Buffer.from(name, 'utf8')
    const head = fields(bytes, title, at)
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), head, title])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), head, place, title]))
    parts.push(local, bytes)
    offset += local.length + bytes.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, index, end])
}

/** The 26 bytes that an entry has both before its content and in the directory: from "version needed" to "extra length". */
function fields(bytes: Buffer, title: Buffer, at: Date): Buffer {
  const head = Buffer.alloc(26)
  head.writeUInt16LE(20, 0)
  // Bit 11: the name is UTF-8.
  head.writeUInt16LE(0x0800, 2)
  head.writeUInt16LE((at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1), 6)
  head.writeUInt16LE(((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(), 8)
  head.writeUInt32LE(crc32(bytes), 10)
  head.writeUInt32LE(bytes.length, 14)
  head.writeUInt32LE(bytes.length, 18)
  head.writeUInt16LE(title.length, 22)
  return head
}

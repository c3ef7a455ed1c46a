import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'

export interface FileLine { number: number; text: string }

/** Lines of a JSON-lines file, plain or gzip: told by its first bytes, not by its name. Throws what the file system says. */
export async function* readLines(file: string): AsyncGenerator<FileLine> {
  const packed = await isGzip(file)
  const source = createReadStream(file)
  const input = packed ? source.pipe(createGunzip()) : source
  // Without this an error of the source would leave the reader waiting for ever.
  source.on('error', (error) => input.destroy(error))
  let number = 0
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) yield { number: ++number, text }
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle.close()
  }
}

import { mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { randomToken, sha256 } from './ids.ts'

/** Where files live. Content-addressed: the id is the SHA-256 of the bytes in hexadecimal, so a repeat stores nothing twice. */
export interface FileStore {
  put(bytes: Uint8Array): Promise<{ id: string; size: number }>
  /** Throws when the file is missing or its bytes no longer match its id. */
  get(id: string): Promise<Buffer>
}

/** Files in a local folder, two levels deep by the first letters of the id. Written whole and flushed before the name appears. */
export function localFiles(folder: string): FileStore {
  const pathOf = (id: string): string => {
    if (!/^[0-9a-f]{64}$/.test(id)) throw new Error('A file id is 64 hexadecimal digits.')
    return join(folder, id.slice(0, 2), id)
  }
  return {
    async put(bytes) {
      const id = sha256(bytes).toString('hex')
      const path = pathOf(id)
      if (!(await exists(path))) {
        const temporary = `${path}.${randomToken(6)}`
        const handle = await open(temporary, 'wx', 0o600).catch(async (error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') throw error
          await mkdir(join(folder, id.slice(0, 2)), { recursive: true, mode: 0o700 })
          return open(temporary, 'wx', 0o600)
        })
        try {
          await handle.writeFile(bytes)
          await handle.sync()
        } finally {
          await handle.close()
        }
        await rename(temporary, path)
      }
      return { id, size: bytes.byteLength }
    },
    async get(id) {
      const bytes = await readFile(pathOf(id))
      if (sha256(bytes).toString('hex') !== id) throw new Error(`File ${id} is damaged: its content does not match its id. Restore it from a backup.`)
      return bytes
    },
  }
}

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false)

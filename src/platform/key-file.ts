import { chmod, link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { JWK } from 'jose'
import { randomToken } from './ids.ts'

/**
 * Reads a private key of the node from `<dataDir>/keys/<name>.jwk.json`, and has it made where there is none yet. Only the node's own user can read the file.
 * @throws with a sentence where the file cannot be read or is damaged
 */
export async function loadKeyFile(dataDir: string, name: string, make: () => Promise<JWK>): Promise<{ jwk: JWK; path: string }> {
  const folder = join(dataDir, 'keys')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${name}.jwk.json`)
  const known = await readJwk(path)
  if (known) return { jwk: known, path }
  await writeOnce(path, JSON.stringify(await make()))
  // Another process of this node may have been first: what lies in the file counts.
  return { jwk: (await readJwk(path))!, path }
}

async function readJwk(path: string): Promise<JWK | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new Error(`The key file ${path} cannot be read (${error.code}). Give this user the right to read it.`, { cause: error })
  })
  if (text === undefined) return undefined
  await chmod(path, 0o600)
  try {
    return JSON.parse(text) as JWK
  } catch (cause) {
    throw new Error(`The key file ${path} is damaged. Restore it from a backup, or remove it: the node then makes a new key and enrols it.`, { cause })
  }
}

/** Whole or not at all, and never over an existing file. */
async function writeOnce(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomToken(6)}`
  const handle = await open(temporary, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  try {
    await link(temporary, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(temporary, { force: true })
  }
}

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder, found upwards from this file, so that sources and the bundled build name data files in the same way. */
export const root: string = findRoot(dirname(fileURLToPath(import.meta.url)))

function findRoot(from: string): string {
  if (existsSync(join(from, 'package.json')) && existsSync(join(from, 'src'))) return from
  const parent = dirname(from)
  if (parent === from) throw new Error('The project folder (with package.json and src/) was not found above this program. Run it from a complete checkout.')
  return findRoot(parent)
}

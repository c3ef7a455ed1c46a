import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Files below a folder whose names end so, with their texts. */
export function filesBelow(folder: string, end: string): { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(end))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}

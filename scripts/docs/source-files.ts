import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../src/platform/root.ts'

export interface SourceFile {
  /** From the project folder, with '/': 'src/modules/ledger/index.ts'. */
  readonly path: string
  readonly text: string
  readonly lines: number
  /** Name of the module it lies in, or undefined outside src/modules. */
  readonly module: string | undefined
  /** A test, or a part that only tests use. */
  readonly isTest: boolean
}

const known = new Map<string, SourceFile[]>()

/** Every TypeScript file below a folder of the project, in order of path. Read once. */
export function sourceFiles(folder = 'src'): SourceFile[] {
  let files = known.get(folder)
  if (!files) known.set(folder, (files = filesBelow(folder, /\.(ts|tsx)$/).map(readSource)))
  return files
}

/** Paths of files below a folder of the project whose names match. */
export function filesBelow(folder: string, name: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1).replaceAll('\\', '/'))
    .sort()
}

/** Names of the modules: the folders of src/modules. */
export function moduleNames(): string[] {
  return readdirSync(join(root, 'src/modules'), { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name).sort()
}

export function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8')
  return {
    path, text, lines: text.split('\n').length - 1, module: /^src\/modules\/([^/]+)\//.exec(path)?.[1],
    isTest: /\.test\.tsx?$|\/testing\/|\/testing\.ts$|\/testing-[\w-]+\.ts$|^test\//.test(path),
  }
}

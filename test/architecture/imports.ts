import { dirname, join } from 'node:path'
import type { SourceFile } from '../../scripts/docs/source-files.ts'

export interface Import {
  readonly from: SourceFile
  /** Path of the imported file from the project folder, or the package's name. */
  readonly target: string
  readonly isTypeOnly: boolean
}

const statement = /^[ \t]*(?:import|export)\b(?<what>[^'"`;]*?)\bfrom\s*'(?<name>[^']+)'|^[ \t]*import\s*'(?<bare>[^']+)'|\bimport\(\s*'(?<dynamic>[^']+)'\s*\)/gm

/** Imports and re-exports of a file, those of types included. */
export function importsOf(file: SourceFile): Import[] {
  return [...file.text.matchAll(statement)].map(({ groups = {} }) => {
    const name = groups.name ?? groups.bare ?? groups.dynamic ?? ''
    return { from: file, target: name.startsWith('.') ? join(dirname(file.path), name) : name, isTypeOnly: isTypeOnly(groups.what) }
  })
}

/** `import type { A } from` and `import { type A, type B } from`. */
function isTypeOnly(what: string | undefined): boolean {
  const clause = what?.trim() ?? ''
  if (clause.startsWith('type ')) return true
  const names = /^\{(.*)\}$/s.exec(clause)?.[1]?.split(',').map((name) => name.trim()).filter(Boolean)
  return names !== undefined && names.length > 0 && names.every((name) => name.startsWith('type '))
}

export const moduleOf = (path: string): string | undefined => /^src\/modules\/([^/]+)\//.exec(path)?.[1]

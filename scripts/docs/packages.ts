import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../src/platform/root.ts'
import { byName } from './markdown.ts'

export interface Package {
  /** Where npm puts it: 'node_modules/a/node_modules/b'. */
  path: string
  name: string
  version: string
  licence: string
  integrity: string | undefined
  /** 'required': runs with the program; 'optional': for one platform; 'excluded': only builds or tests it. */
  scope: 'required' | 'optional' | 'excluded'
  /** Names of the packages that it asks for. */
  dependencies: string[]
}

interface Locked { version?: string; license?: string; integrity?: string; dev?: boolean; devOptional?: boolean; optional?: boolean; dependencies?: Record<string, string>; optionalDependencies?: Record<string, string>; peerDependencies?: Record<string, string> }

/** Development packages whose content goes into the built style sheet and fonts. */
export const builtIn: Readonly<Record<string, string>> = {
  'govuk-frontend': 'style sheets and the markup of components',
  '@fontsource/be-vietnam-pro': 'font of the screens, reduced to the letters that are needed',
}

/** Every package of package-lock.json, by name and version. */
export function lockedPackages(): Package[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }
  return Object.entries(packages).filter(([path]) => path !== '').map(([path, p]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    return {
      path, name, version: p.version ?? '', licence: p.license ?? '', integrity: p.integrity,
      scope: p.dev && !(name in builtIn) ? 'excluded' as const : p.optional || p.devOptional ? 'optional' as const : 'required' as const,
      dependencies: Object.keys({ ...p.dependencies, ...p.optionalDependencies }).sort(byName),
    }
  }).sort((a, b) => byName(`${a.name}@${a.version} ${a.path}`, `${b.name}@${b.version} ${b.path}`))
}

export function rootManifest(): { name: string; version: string; description: string; license: string; dependencies: Record<string, string>; devDependencies: Record<string, string>; optionalDependencies: Record<string, string> } {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as ReturnType<typeof rootManifest>
}

/** Where npm finds a dependency of a package: in its own folder, else upwards. */
export function resolvePackage(from: string, name: string, known: ReadonlyMap<string, Package>): Package | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const found = known.get(folder ? `${folder}/node_modules/${name}` : `node_modules/${name}`)
    if (found || !folder) return found
    if (!folder.includes('/node_modules/')) folder = ''
    if (folder === '') return known.get(`node_modules/${name}`)
  }
}

/** The copyright lines of a package's licence file; empty where it has none. */
export function copyrightOf(path: string): string {
  const folder = join(root, path)
  if (!existsSync(folder)) return ''
  const file = readdirSync(folder).sort().find((name) => /^(licen[cs]e|copying|ofl)/i.test(name) && !/\.(js|ts)$/.test(name))
  if (!file) return ''
  const lines = readFileSync(join(folder, file), 'utf8').split('\n').map((line) => line.trim())
  const found = lines.filter((line) => /^(copyright\b.*(\d{4}|\(c\)|©)|\(c\) |© )/i.test(line) && !/notice|holder|owner|\[yyyy\]|statement|license/i.test(line))
  // Some put the same line for each of their files into one: the first is enough.
  const first = found.map((line) => /^.{20,160}?\)(?= \S+\.ttf)/.exec(line)?.[0] ?? line.slice(0, 160))
  return [...new Set(first)].slice(0, 3).join('; ')
}

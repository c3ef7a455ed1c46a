import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clockEvents, edges } from '../../src/modules/dossiers/index.ts'
import { root } from '../../src/platform/root.ts'
import { countryNodes } from './country-nodes.ts'
import { literalsOf } from './literals.ts'
import { byName, code, generatedPage, table } from './markdown.ts'
import { filesBelow, sourceFiles } from './source-files.ts'

/** Event types that the code appends to the ledger, with the files that do it. */
export async function eventTypes(): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>()
  const add = (type: string, path: string): void => void found.set(type, (found.get(type) ?? new Set()).add(path))
  const writing = sourceFiles().filter((file) => !file.isTest && /appendEvents?\(|moveDecision\(|publishedEvent = |events: \(sessionId\)/.test(file.text))
  for (const { text, before, file } of await literalsOf(writing)) {
    if (/^[a-z-]+\.[a-z_]+$/.test(text) && /(?:appendEvents?\([^;]*\btype: |events: \(sessionId\)[^;]*\btype: |moveDecision\([^;]*, |publishedEvent = [^;]*\btype: |const type = (?:[^;]*[?:] )?)$/.test(before)) add(text, file.path)
  }
  for (const { event } of Object.values(edges)) add(event, 'src/modules/dossiers/dossier-states.ts')
  for (const type of clockEvents) add(type, 'src/modules/dossiers/dossier-states.ts')
  for (const path of filesBelow('src/modules', /\.sql$/)) {
    for (const [, type] of readFileSync(join(root, path), 'utf8').matchAll(/ledger\.append\('([a-z_.-]+)'/g)) add(type!, path)
  }
  return found
}

/** Names of the followers of any node, with the event types that they want (undefined: all). */
export function followers(): Map<string, readonly string[] | undefined> {
  return new Map(countryNodes().flatMap((node) => node.modules.flatMap((m) => m.followers?.(node) ?? [])).map((f) => [f.name, f.types]))
}

/** docs/generated/events.md: what may stand in a ledger, who writes it, who follows it. */
export async function eventsPage(): Promise<string> {
  const types = await eventTypes()
  const all = [...followers()].sort(([a], [b]) => byName(a, b))
  const rows = [...types].sort(([a], [b]) => byName(a, b)).map(([type, paths]) => [
    code(type), moduleNames(paths), [...paths].sort(byName).map((path) => code(path.replace(/^src\/modules\//, ''))).join(', '),
    all.filter(([, wanted]) => wanted?.includes(type)).map(([name]) => code(name)).join(', '),
  ])
  return generatedPage('Events', 'the acts that append them',
    'Event types of the ledger. Every event has a position, a time, a subject (an id or a code), an actor (kind and id) and data without personal data. Data of the `dossier.*` steps are the facts of the dossier, whole, as `DossierFacts` in `src/modules/dossiers/dossier.ts` has them; a mirrored event says `mirrored: true`.',
    table(['Event', 'Module', 'Appended in', 'Followers that want it'], rows),
    '## Followers', table(['Follower', 'Wants'], all.map(([name, wanted]) => [code(name), wanted ? `${wanted.length} types` : 'every event'])))
}

const moduleNames = (paths: ReadonlySet<string>): string => [...new Set([...paths].map((path) => path.split('/')[2]!))].sort(byName).join(', ')

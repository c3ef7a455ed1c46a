import type { Db } from '../../../../platform/db.ts'
import { errors } from '../../process.errors.ts'
import { listVersionsOfProcesses, type Version } from '../version-move.store.ts'

/** Which versions an administrator compares, and what he chose for single elements; as it stands in an address or a form. */
export interface Choice { process: string; from: Version[]; to: Version; all: boolean; chosen: Map<string, Map<string, string>> }

/** Name of the choice for an element of a version. */
export const choiceName = (version: number, element: string): string => `m.${version}.${element}`
/** What is chosen where an element shall go nowhere. */
export const nowhere = '-'

/** @throws VERSIONS_NOT_OF_PROCESS where the versions are not those of one process */
export async function readChoice(db: Db, values: Readonly<Record<string, unknown>>): Promise<Choice> {
  const text = (name: string): string => (typeof values[name] === 'string' ? values[name] : '')
  const versions = await listVersionsOfProcesses(db, text('process'))
  const to = versions.find((version) => version.definitionId === text('to'))
  const all = text('from') === 'all'
  const from = versions.filter((version) => (all ? version.running > 0 && version !== to : version.definitionId === text('from')))
  if (!to || (!all && from.length === 0)) throw errors.VERSIONS_NOT_OF_PROCESS()
  const chosen = new Map(from.map((version): [string, Map<string, string>] => {
    const prefix = choiceName(version.version, '')
    return [version.definitionId, new Map(Object.entries(values).flatMap(([name, value]): [string, string][] => (name.startsWith(prefix) && typeof value === 'string' && value !== '' ? [[name.slice(prefix.length), value === nowhere ? '' : value]] : [])))]
  }))
  return { process: text('process'), from, to, all, chosen }
}

/** The same choice for hidden fields. */
export function choiceFields({ process, from, to, all, chosen }: Choice): Record<string, string> {
  const elements = from.flatMap((version) => [...chosen.get(version.definitionId) ?? []].map(([element, target]): [string, string] => [choiceName(version.version, element), target === '' ? nowhere : target]))
  return { process, from: all ? 'all' : from[0]!.definitionId, to: to.definitionId, ...Object.fromEntries(elements) }
}

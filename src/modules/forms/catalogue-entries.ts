import type { Db } from '../../platform/db.ts'
import { createMemory } from '../../platform/memory.ts'
import { listEntries, sharedListNames } from '../catalogue/index.ts'
import type { Option } from './definition.ts'

/**
 * Shared catalogues from which a choice can be offered. Procedures and administrative units are too many for a list in a page; a place is asked for by
 * an address field.
 */
export const catalogueNames: readonly string[] = sharedListNames.filter((name) => name !== 'procedures' && name !== 'administrative-units')
export const isCatalogue = (name: string): boolean => catalogueNames.includes(name)

const memory = createMemory({ capacity: 50 })

/** The entries of these catalogues that are valid on a day ('YYYY-MM-DD'), as options of a choice. Outside transactions they are remembered until a catalogue changes. */
export async function loadEntries(db: Db, names: readonly string[], day: string): Promise<(catalogue: string) => readonly Option[]> {
  const lists = await Promise.all(names.map(async (name) => [name, await memory.remember(db, `${day} ${name}`, () => optionsOn(db, name, day))] as const))
  const byName = new Map<string, readonly Option[]>(lists)
  return (catalogue) => byName.get(catalogue) ?? []
}

async function optionsOn(db: Db, name: string, day: string): Promise<Option[]> {
  return isCatalogue(name) ? (await listEntries(db, name, day)).map(({ key, name: label }) => ({ value: key, label })) : []
}

import type { Db } from '../../../platform/db.ts'
import type { Lang } from '../../../platform/i18n.ts'

/** What lies above this module and its pages show: modules that know it say how to read theirs, once, when they are loaded. */
export interface OpenWork { name: string; href: string; due: Date }
export interface Choice { value: string; text: string }

interface Sources {
  /** Steps that an officer has taken and not done. */
  openWork(db: Db, officerId: string, lang: Lang): Promise<OpenWork[]>
  sectors(db: Db, lang: Lang): Promise<Choice[]>
  /** A code that stands for no procedure is not in the map. */
  procedureNames(db: Db, codes: readonly string[], lang: Lang): Promise<Map<string, string>>
}

let sources: Partial<Sources> = {}

export function provideOfficerSources(more: Partial<Sources>): void {
  sources = { ...sources, ...more }
}

export const openWorkOf: Sources['openWork'] = async (...given) => (await sources.openWork?.(...given)) ?? []
export const sectorChoices: Sources['sectors'] = async (...given) => (await sources.sectors?.(...given)) ?? []
/** Undefined where nobody knows procedures: then any code is taken. */
export const knownProcedures = async (...given: Parameters<Sources['procedureNames']>): Promise<Map<string, string> | undefined> => sources.procedureNames?.(...given)

import type { Ctx } from '../../platform/ctx.ts'
import { procedureNames } from '../catalogue/index.ts'
import { agencyName, findAgency } from '../organisations/index.ts'
import type { Grouping } from './read-figures.ts'

/** Names for the rows of a table, in the reader's language; a code without a name stands for itself. */
export async function nameKeys(ctx: Ctx, by: Grouping, keys: readonly string[]): Promise<Map<string, string>> {
  if (by === 'procedure') return procedureNames(ctx.db, keys, ctx.lang)
  const found = await Promise.all(keys.map(async (key) => [key, await findAgency(ctx.db, key, ctx.now)] as const))
  return new Map(found.flatMap(([key, agency]) => (agency ? [[key, agencyName(agency, ctx.lang)]] : [])))
}

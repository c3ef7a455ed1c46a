import type { Ctx } from '../../../../platform/ctx.ts'
import type { Db, Tx } from '../../../../platform/db.ts'

/** One record in plain JSON: names of fields in English, values as they are kept. */
export type OwnRecord = Readonly<Record<string, unknown>>

/** What a module keeps about a person, and what it does when the person's account is deleted. */
export interface OwnDataSource {
  /** Text key of the heading. Fields are named by the texts `identity.life.data.field.<field>`, as far as there are such. */
  title: string
  read(ctx: Ctx, accountId: string): Promise<OwnRecord[]>
  /** How many things forbid the deletion now, such as running dossiers. */
  obstacles?(db: Db, accountId: string): Promise<number>
  /** Removes what the law does not keep. Runs in the transaction that closes the account. */
  erase?(tx: Tx, ctx: Ctx, accountId: string): Promise<void>
}

const sources = new Map<string, OwnDataSource>()

/**
 * Registers what a module knows about persons, so that a copy of one's own data is complete without identity knowing the modules above it.
 * Called once when the module is loaded; the same name again replaces the former.
 */
export function addOwnDataSource(name: string, source: OwnDataSource): void {
  sources.set(name, source)
}

export const ownDataSources = (): ReadonlyMap<string, OwnDataSource> => sources

/** How many things at this node forbid the deletion of an account now. */
export async function deletionObstacles(db: Db, accountId: string): Promise<number> {
  let found = 0
  for (const source of sources.values()) found += (await source.obstacles?.(db, accountId)) ?? 0
  return found
}

import type { Db } from '../../../platform/db.ts'
import type { Lang } from '../../../platform/i18n.ts'
import type { Node } from '../../../platform/node.ts'

/** What scopes are called: the catalogue knows, which lies above this module, so the house hands it in. */
export interface ScopeNames {
  sectors(db: Db, lang: Lang): Promise<readonly { code: string; name: string }[]>
  /** Names by code; unknown codes are absent. */
  procedures(db: Db, codes: readonly string[], lang: Lang): Promise<ReadonlyMap<string, string>>
}

const known = new WeakMap<Node, ScopeNames>()
/** Without a catalogue codes stand for themselves and none is unknown. */
const nameless: ScopeNames = { sectors: async () => [], procedures: async (_db, codes) => new Map(codes.map((code) => [code, code])) }

export function nameScopes(node: Node, names: ScopeNames): void {
  known.set(node, names)
}

export const scopeNames = (node: Node): ScopeNames => known.get(node) ?? nameless

import type { Db } from '../../../platform/db.ts'
import type { ProcedureInput } from '../content.ts'
import { readStoredContent } from '../procedure.store.ts'
import type { DecisionItem } from './decision.ts'
import { readGround } from './decision.store.ts'
import { diffContent, type FieldChange } from './diff-content.ts'
import { copiesOf, findCopy } from './list-copies.ts'
import { baseCodeOf, mergeLocal, ownerOfCode, type LocalPart } from './local-part.ts'

/** What an entry would do to the catalogue, for the eyes that check it. */
export interface Effect {
  /** From what is in force to what would be; empty for an abolition. */
  changes: FieldChange[]
  /** Copies that change or fall with it. */
  copies: string[]
  /** Another decision came between: the entry must be looked at again. */
  isStale: boolean
}

export async function effectOfItem(db: Db, item: DecisionItem): Promise<Effect> {
  const groundCode = item.action === 'localise' ? baseCodeOf(item.code) : item.code
  const ground = (await readGround(db, [groundCode])).get(groundCode)
  const isStale = (ground?.hash ?? null) !== item.baseHash
  const copies = ownerOfCode(item.code) ? [] : (await copiesOf(db, item.code)).map((c) => c.code)
  if (item.action === 'abolish') return { changes: [], copies, isStale }
  const base = item.baseVersion === null ? undefined : await readStoredContent(db, groundCode, item.baseVersion)
  if (item.action !== 'localise') return { changes: diffContent(base ?? {}, item.content), copies, isStale }
  const after = mergeLocal(base!, item.content as LocalPart, ownerOfCode(item.code)!)
  return { changes: diffContent(await localBefore(db, item.code, base!), after), copies, isStale }
}

/** The copy as it is, or the original under the copy's code. */
async function localBefore(db: Db, code: string, base: ProcedureInput): Promise<ProcedureInput> {
  const copy = await findCopy(db, code)
  return copy ? await readStoredContent(db, code, copy.version) : { ...base, code }
}

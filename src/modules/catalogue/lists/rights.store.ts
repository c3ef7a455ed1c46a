import type { Actor } from '../../../platform/actor.ts'
import type { Db, Tx } from '../../../platform/db.ts'
import { civilDate, findAgency, nodeOfAgency } from '../../organisations/index.ts'
import { kindsOfAgency, rightsSince, shippedEditors, shippedRights, type Editor, type ListRight, type NamedEditor } from './list-rights.ts'

export interface RightsOfDay { readonly rights: readonly ListRight[]; readonly named: readonly NamedEditor[] }

/** The rights in force on a day. */
export async function readRights(db: Db, day: string): Promise<RightsOfDay> {
  const [rights, named] = await Promise.all([
    db<ListRight[]>`SELECT editor_kind AS kind, list, action, scope, source FROM catalogue.list_right WHERE valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day})`,
    db<NamedEditor[]>`SELECT agency_code AS "agencyCode", editor_kind AS kind FROM catalogue.list_editor WHERE valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day})`,
  ])
  return { rights, named }
}

/** The actor as the regulation sees it: agency and kinds. Who is no officer is of no kind. */
export async function readEditor(db: Db, actor: Actor, named: readonly NamedEditor[], now: Date): Promise<Editor> {
  if (actor.kind !== 'officer') return { agencyCode: '', kinds: [] }
  const day = civilDate(now)
  const [top, own] = await Promise.all([findAgency(db, nodeOfAgency(actor.agencyCode), day), findAgency(db, actor.agencyCode, day)])
  return { agencyCode: actor.agencyCode, kinds: kindsOfAgency(actor.agencyCode, top, own, named) }
}

/** The shipped rights and names, where they are not there yet: what was changed since stays. */
export async function seedRights(tx: Tx): Promise<void> {
  await tx`
    INSERT INTO catalogue.list_right (editor_kind, list, action, scope, source, valid_from)
    SELECT kind, list, action, scope, source, ${rightsSince}::date FROM jsonb_to_recordset(${tx.json(shippedRights as never)}) AS r (kind text, list text, action text, scope text, source text) ON CONFLICT DO NOTHING`
  await tx`
    INSERT INTO catalogue.list_editor (agency_code, editor_kind, source, valid_from)
    SELECT "agencyCode", kind, source, ${rightsSince}::date FROM jsonb_to_recordset(${tx.json(shippedEditors as never)}) AS e ("agencyCode" text, kind text, source text) ON CONFLICT DO NOTHING`
}

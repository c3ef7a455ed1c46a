import { actorKey } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Db, Sql, Tx } from '../../../platform/db.ts'
import type { Route } from '../../../platform/http/route.ts'
import { newId } from '../../../platform/ids.ts'
import { send } from '../../exchange/index.ts'
import { ownerOfObject } from './audited-objects.ts'

export interface Access {
  /** Account id or subject of the person whose data were read; found by the object where it is absent. */
  subjectId?: string
  /** Node that uses this subject for the person, where it is not this one. */
  subjectNode?: string
  /** Id of what was opened, such as a dossier. */
  objectId?: string
  /** Why, as a text key or the route's `audit` word. */
  purpose: string
}

export const accessService = 'identity.access'

/** What the national node learns of a look at a person's data elsewhere. */
export interface AccessReport { at: string; reader: string; agency: string; subject: string; subjectNode: string; object: string | null; purpose: string; requestId: string }

/**
 * Writes down that an officer read personal data. A person's own look at his data is not recorded. A local node reports it to the national
 * node in the same transaction, so that the person sees there who looked anywhere.
 */
export async function recordAccess(db: Db, ctx: Ctx, access: Access): Promise<void> {
  if (ctx.actor.kind !== 'officer') return
  if (isPool(db)) return void await db.begin((tx) => write(tx as Tx, ctx, access))
  await write(db as Tx, ctx, access)
}

const isPool = (db: Db): db is Sql => typeof (db as Partial<Sql>).begin === 'function'

async function write(tx: Tx, ctx: Ctx, access: Access): Promise<void> {
  const { actor, node } = ctx
  if (actor.kind !== 'officer') return
  const owner = access.subjectId ? { subjectId: access.subjectId, ...(access.subjectNode ? { node: access.subjectNode } : {}) } : access.objectId ? await ownerOfObject(tx, access.objectId) : undefined
  const row = { reader: actorKey(actor), agency: actor.agencyCode, object: access.objectId ?? null, purpose: access.purpose, requestId: ctx.requestId }
  await tx`INSERT INTO identity.access_log (at, reader, agency_code, subject, object, purpose, request_id) VALUES (${ctx.now}, ${row.reader}, ${row.agency}, ${owner?.subjectId ?? null}, ${row.object}, ${row.purpose}, ${row.requestId})`
  if (!owner || node.config.kind === 'national') return
  const [known] = await tx<{ subject: string }[]>`SELECT subject FROM identity.account WHERE id::text = ${owner.subjectId}`
  const report: AccessReport = { ...row, at: ctx.now.toISOString(), subject: known?.subject ?? owner.subjectId, subjectNode: known ? node.config.code : owner.node ?? node.config.code }
  // Each report is a subject of its own: no order among them, so none waits for another.
  await send(tx, ctx, { to: node.config.national.code, service: accessService, subject: newId(), payload: report })
}

/** For routes that declare `audit`: what was opened, by the ids in its address. */
export async function recordAudit(ctx: Ctx, route: Route, params: Record<string, string>): Promise<void> {
  await recordAccess(ctx.db, ctx, { objectId: Object.values(params).join('/') || route.path, purpose: route.audit ?? route.path })
}

export interface AccessEntry { at: Date; agencyCode: string; purpose: string; object: string | null }

/** Who looked at a person's data as far as this node knows, newest first. */
export async function listAccess(db: Db, person: { accountId: string; subject: string }): Promise<AccessEntry[]> {
  return db<AccessEntry[]>`SELECT at, agency_code AS "agencyCode", purpose, object FROM identity.access_log WHERE subject IN (${person.accountId}, ${person.subject}) ORDER BY id DESC LIMIT 100`
}

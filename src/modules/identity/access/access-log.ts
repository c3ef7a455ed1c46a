import type { Ctx } from '../../../platform/ctx.ts'
import type { Db } from '../../../platform/db.ts'
import { actorKey } from '../../../platform/actor.ts'
import type { Route } from '../../../platform/http/route.ts'

export interface Access {
  /** Account id or subject of the person whose data were read. */
  subjectId?: string
  /** Id of what was opened, such as a dossier. */
  objectId?: string
  /** Why, as a text key or the route's `audit` word. */
  purpose: string
}

/** Writes down that an officer read personal data. A person's own look at his data is not recorded. */
export async function recordAccess(tx: Db, ctx: Ctx, access: Access): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'officer') return
  await tx`INSERT INTO identity.access_log (at, reader, agency_code, subject, object, purpose, request_id) VALUES (${ctx.now}, ${actorKey(actor)}, ${actor.agencyCode}, ${access.subjectId ?? null}, ${access.objectId ?? null}, ${access.purpose}, ${ctx.requestId})`
}

/** For routes that declare `audit`: what was opened, by the ids in its address. */
export async function recordAudit(ctx: Ctx, route: Route, params: Record<string, string>): Promise<void> {
  await recordAccess(ctx.db, ctx, { objectId: Object.values(params).join('/') || route.path, purpose: route.audit ?? route.path })
}

export interface AccessEntry { at: Date; agencyCode: string; purpose: string; object: string | null }

/** Who looked at a person's data at this node, newest first. */
export async function listAccess(db: Db, person: { accountId: string; subject: string }): Promise<AccessEntry[]> {
  return db<AccessEntry[]>`SELECT at, agency_code AS "agencyCode", purpose, object FROM identity.access_log WHERE subject IN (${person.accountId}, ${person.subject}) ORDER BY id DESC LIMIT 100`
}

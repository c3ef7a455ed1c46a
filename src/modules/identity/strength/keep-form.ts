import { actorKey, type Actor } from '../../../platform/actor.ts'
import type { Cookie } from '../../../platform/http/reply.ts'
import type { Req } from '../../../platform/http/route.ts'
import { isId, newId, randomToken } from '../../../platform/ids.ts'
import { cookieName, setCookie } from '../access/cookies.ts'
import { decrypt, encrypt } from '../secrets.ts'
import { findKeptForm, insertKeptForm, ownerOfSession, trimKeptForms } from './kept-form.store.ts'

/** A posted form that waits for its owner: where it goes, what was typed, whether files came along (they are not kept). */
export interface KeptForm { action: string; fields: [name: string, value: string][]; hadFiles: boolean; owner: string; createdAt: Date; expiresAt: Date }

export const keptSeconds = 30 * 60
const maxBytes = 64 * 1024
const mostPerOwner = 10
const use = 'kept-form'

/** Who acts and for whom: what was typed under a mandate is not sent again without it. */
export function ownerOf(actor: Actor): string {
  return actor.kind === 'person' && actor.actingFor ? `${actorKey(actor)} for ${actor.actingFor.mandateId}` : actorKey(actor)
}

/**
 * Keeps what was posted, for the same person in the same browser. Undefined where nothing is kept: the form is larger than 64 kB, or nobody was ever logged in
 * here, so that the next person at a shared computer would get it.
 */
export async function keepForm(req: Req): Promise<{ id: string; cookies: Cookie[] } | undefined> {
  const { ctx, form } = req
  const { node, db, now } = ctx
  const fields = Object.keys(form.fields).filter((name) => name !== '_csrf').flatMap((name) => form.all(name).map((value): [string, string] => [name, value]))
  const owner = await ownerNow(req)
  const id = newId(now.getTime())
  const body = JSON.stringify({ id, owner, action: req.raw.url, fields, hadFiles: form.files.length > 0 })
  if (!owner || Buffer.byteLength(body) > maxBytes) return undefined
  const token = req.cookies[cookieName(node, 'form')] ?? randomToken()
  await insertKeptForm(db, { id, token, owner, sealed: encrypt(node.config.secret, use, body), createdAt: now, expiresAt: new Date(now.getTime() + keptSeconds * 1000) })
  await trimKeptForms(db, owner, mostPerOwner)
  return { id, cookies: [setCookie(node, 'form', token, 2 * keptSeconds)] }
}

/** Undefined when it is unknown, too old, or was posted by another browser. Whether the reader is its owner, the caller compares. */
export async function openKeptForm(req: Req, id: string): Promise<KeptForm | undefined> {
  const { node, db, now } = req.ctx
  const token = req.cookies[cookieName(node, 'form')]
  const row = token && isId(id) ? await findKeptForm(db, id, token, now) : undefined
  const text = row && decrypt(node.config.secret, use, row.sealed)
  if (!text) return undefined
  const form = JSON.parse(text) as Omit<KeptForm, 'createdAt' | 'expiresAt'> & { id: string }
  return form.id === id && form.owner === row.owner ? { ...form, createdAt: row.createdAt, expiresAt: row.expiresAt } : undefined
}

async function ownerNow({ ctx, cookies }: Req): Promise<string | undefined> {
  if (ctx.actor.kind !== 'anonymous') return ownerOf(ctx.actor)
  const session = cookies[cookieName(ctx.node, 'session')]
  return session ? ownerOfSession(ctx.db, session) : undefined
}

import { transact, type Ctx } from '../../../platform/ctx.ts'
import { actorKey } from '../../../platform/actor.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { randomToken } from '../../../platform/ids.ts'
import { hashPassword } from '../../identity/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { findAgency } from '../../organisations/index.ts'
import { disableClient, insertPortalClient } from './portal-client.store.ts'

export interface AddedClient { username: string; agencyCode: string; /** Shown once; only its hash is kept. */ password: string }

/** Opens an account for the system of an agency. Returns the mistakes of the form, or the account with its password. */
export async function addPortalClient(ctx: Ctx, input: { username: string; agencyCode: string }): Promise<AddedClient | FieldError[]> {
  const username = input.username.trim().toLowerCase()
  const agencyCode = input.agencyCode.trim().toUpperCase()
  const mistakes: FieldError[] = []
  if (!/^[a-z0-9][a-z0-9._-]{2,39}$/.test(username)) mistakes.push({ field: 'username', key: 'catalogue.portalFormats.badUsername' })
  if (!/^[GH]\d{2}(\.\d{2,3})*$/.test(agencyCode) || !(await findAgency(ctx.db, agencyCode, ctx.now))) mistakes.push({ field: 'agency', key: 'catalogue.portalFormats.badAgency' })
  if (mistakes.length > 0) return mistakes
  const password = randomToken(18)
  const passwordHash = await hashPassword(password)
  const isNew = await transact(ctx, async (tx) => {
    const added = await insertPortalClient(tx, { username, agencyCode, passwordHash, createdBy: actorKey(ctx.actor), now: ctx.now })
    if (added) await appendEvent(tx, ctx, { type: 'catalogue.portal_client_added', subject: username, data: { agencyCode } })
    return added
  })
  return isNew ? { username, agencyCode, password } : [{ field: 'username', key: 'catalogue.portalFormats.usernameTaken' }]
}

/** Ends an account and its sessions; it stays on the list. */
export async function disablePortalClient(ctx: Ctx, username: string): Promise<void> {
  await transact(ctx, async (tx) => {
    if (await disableClient(tx, username, ctx.now)) await appendEvent(tx, ctx, { type: 'catalogue.portal_client_disabled', subject: username, data: {} })
  })
}

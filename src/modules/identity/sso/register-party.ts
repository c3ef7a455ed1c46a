import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { randomToken } from '../../../platform/ids.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../identity.errors.ts'
import { checkParty, type TypedParty } from './check-party.ts'
import { hashSecret, readPartyOrigins } from './clients.ts'
import { findParty, insertParty, setPartyEnabled, setPartySecret, updateParty } from './relying-party.store.ts'

/** The secret is shown once; only its hash is kept. */
export interface PartySecret { clientId: string; secret: string }

/** Registers a system of the State that may take log-ins of the national node (S4 art. 12). Returns its secret, or the mistakes of the form. */
export async function registerParty(ctx: Ctx, typed: TypedParty): Promise<PartySecret | FieldError[]> {
  const checked = checkParty(typed)
  if ('errors' in checked) return checked.errors
  const { clientId } = checked.party
  if (ctx.node.config.peers.some((peer) => peer.code.toLowerCase() === clientId)) return [taken]
  const secret = randomToken()
  const isNew = await transact(ctx, async (tx) => {
    const inserted = await insertParty(tx, { ...checked.party, secretHash: hashSecret(secret), now: ctx.now, by: actorKey(ctx.actor) })
    if (inserted) await appendEvent(tx, ctx, { type: 'identity.relying_party_registered', subject: clientId, data: { scopes: checked.party.scopes, strengths: checked.party.strengths } })
    return inserted
  })
  await readPartyOrigins(ctx.node)
  return isNew ? { clientId, secret } : [taken]
}

const taken: FieldError = { field: 'clientId', key: 'identity.sso.admin.bad.taken' }

/** Changes everything but name and secret of a client. @throws PARTY_NOT_FOUND */
export async function changeParty(ctx: Ctx, clientId: string, typed: TypedParty): Promise<FieldError[]> {
  const checked = checkParty({ ...typed, clientId })
  if ('errors' in checked) return checked.errors
  const before = await partyOr404(ctx, clientId)
  const changed = (['name', 'redirectUris', 'logOutUris', 'backchannelUri', 'authMethod', 'scopes', 'strengths'] as const).filter((field) => JSON.stringify(before[field]) !== JSON.stringify(checked.party[field]))
  if (changed.length > 0) {
    await transact(ctx, async (tx) => {
      await updateParty(tx, checked.party)
      await appendEvent(tx, ctx, { type: 'identity.relying_party_changed', subject: clientId, data: { changed } })
    })
    await readPartyOrigins(ctx.node)
  }
  return []
}

/** A new secret; the former is worth nothing from now on. @throws PARTY_NOT_FOUND */
export async function renewPartySecret(ctx: Ctx, clientId: string): Promise<PartySecret> {
  const secret = randomToken()
  await transact(ctx, async (tx) => {
    if (!(await setPartySecret(tx, clientId, hashSecret(secret), ctx.now))) throw errors.PARTY_NOT_FOUND()
    await appendEvent(tx, ctx, { type: 'identity.relying_party_secret_renewed', subject: clientId, data: {} })
  })
  return { clientId, secret }
}

/** A disabled system gets no log-ins and no tokens from the next request on. @throws PARTY_NOT_FOUND */
export async function enableParty(ctx: Ctx, clientId: string, isEnabled: boolean): Promise<void> {
  await partyOr404(ctx, clientId)
  await transact(ctx, async (tx) => {
    if (await setPartyEnabled(tx, clientId, isEnabled, ctx.now)) await appendEvent(tx, ctx, { type: isEnabled ? 'identity.relying_party_enabled' : 'identity.relying_party_disabled', subject: clientId, data: {} })
  })
  await readPartyOrigins(ctx.node)
}

async function partyOr404(ctx: Ctx, clientId: string) {
  const party = await findParty(ctx.db, clientId)
  if (!party) throw errors.PARTY_NOT_FOUND()
  return party
}

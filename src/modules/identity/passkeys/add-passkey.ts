import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import type { Officer, Person } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { appendEvent } from '../../ledger/index.ts'
import { sendSms } from '../../notifications/index.ts'
import { accountContact } from '../citizens/account.store.ts'
import { isOwnChallenge, newPasskeyChallenge, passkeySeconds, spendChallenge, type ChallengeUse } from './passkey-challenge.ts'
import { passkeySite } from './passkey-site.ts'
import { insertPasskey, listPasskeys, type PasskeyOwner } from './passkey.store.ts'
import { registrationAnswer } from './read-answer.ts'

export const ownerOf = (actor: Person | Officer): PasskeyOwner => ({ kind: actor.kind, id: actor.id })
const useOf = (actor: Person | Officer): ChallengeUse => ({ what: 'add', browser: actor.sessionId })

/** How many one account may hold: enough for every device of a person, too few to fill a table. */
export const mostPasskeys = 20

/** ECDSA on P-256, RSA, Ed25519: what every device of today has one of (COSE registry). */
const algorithms = [-7, -257, -8]

/** What the browser needs to make a key: found without a name typed, and opened by PIN, finger or face each time. */
export async function passkeyToMake(ctx: Ctx, actor: Person | Officer): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await import('@simplewebauthn/server')
  const { config } = ctx.node
  const known = await listPasskeys(ctx.db, ownerOf(actor))
  return generateRegistrationOptions({
    rpName: config.shortName[ctx.lang], rpID: passkeySite(config).rpId, userName: actor.name, userDisplayName: actor.name, userID: new Uint8Array(Buffer.from(actor.id.replaceAll('-', ''), 'hex')),
    challenge: new Uint8Array(newPasskeyChallenge(ctx.node, useOf(actor))), timeout: passkeySeconds * 1000, attestationType: 'none',
    excludeCredentials: known.map((p) => ({ id: p.credentialId, transports: p.transports })),
    supportedAlgorithmIDs: algorithms, authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

export type AddOutcome = { kind: 'added'; id: string } | { kind: 'wrong' | 'known' | 'too-many' }

/** Keeps the key that a browser made, if it answers our challenge for this very session. No attestation is asked for: which maker's device it is does not matter here. */
export async function addPasskey(ctx: Ctx, actor: Person | Officer, input: { response: string; name: string }): Promise<AddOutcome> {
  const response = registrationAnswer(input.response)
  const made = response && await verified(ctx, actor, response)
  if (!made) return { kind: 'wrong' }
  const owner = ownerOf(actor)
  return transact(ctx, async (tx) => {
    if ((await listPasskeys(tx, owner)).length >= mostPasskeys) return { kind: 'too-many' }
    if (!(await spendChallenge(tx, made.challenge, ctx.now))) return { kind: 'wrong' }
    const { credential, credentialDeviceType, credentialBackedUp } = made.info
    const id = await insertPasskey(tx, owner, {
      credentialId: credential.id, name: input.name, publicKey: Buffer.from(credential.publicKey), counter: credential.counter, transports: [...(credential.transports ?? [])].slice(0, 10),
      synced: credentialDeviceType === 'multiDevice', backedUp: credentialBackedUp,
    }, ctx.now)
    if (!id) return { kind: 'known' }
    await appendEvent(tx, ctx, { type: 'identity.passkey_added', subject: owner.id, data: { passkeyId: id, synced: credentialDeviceType === 'multiDevice' } })
    if (owner.kind === 'person') await tellOwner(tx, ctx, owner.id, id)
    return { kind: 'added', id }
  })
}

/** A new key is a new way into the account: the owner hears of it on the telephone, also when somebody else sat at his browser. */
async function tellOwner(tx: Tx, ctx: Ctx, accountId: string, passkeyId: string): Promise<void> {
  const contact = await accountContact(tx, accountId)
  const { config } = ctx.node
  if (contact) await sendSms(tx, ctx, { to: contact.phone, textKey: 'identity.passkey.sms.added', params: { node: config.shortName[ctx.lang], address: `${config.baseUrl}/tai-khoan/khoa-truy-cap` }, lang: ctx.lang, key: `identity.passkey:${passkeyId}` })
}

async function verified(ctx: Ctx, actor: Person | Officer, response: NonNullable<ReturnType<typeof registrationAnswer>>) {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  const { rpId, origin } = passkeySite(ctx.node.config)
  let challenge = ''
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response, expectedOrigin: origin, expectedRPID: rpId, requireUserVerification: true, supportedAlgorithmIDs: algorithms,
      expectedChallenge: (given) => isOwnChallenge(ctx.node, useOf(actor), (challenge = given)),
    })
    return registrationInfo && { info: registrationInfo, challenge }
  } catch {
    // The library throws for everything that a browser or an attacker may get wrong.
    return undefined
  }
}

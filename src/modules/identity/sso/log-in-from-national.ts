import { transact, type Ctx } from '../../../platform/ctx.ts'
import { asPerson } from '../access/open-person-session.ts'
import { openSession } from '../access/session.store.ts'
import { upsertFromNational } from '../citizens/account.store.ts'
import { learnMandates } from '../mandates/claimed-mandates.ts'
import { encrypt } from '../secrets.ts'
import type { NationalPerson } from './national-node.ts'

export const idTokenUse = 'id-token'

/** Opens a session here for a person whom the national node has just vouched for; the first time, also the local copy of the account. */
export async function logInFromNational(ctx: Ctx, person: NationalPerson, browser: { device: string; oldSession: string | undefined }): Promise<{ token: string }> {
  return transact(ctx, async (tx) => {
    const { account, isNew } = await upsertFromNational(tx, person, ctx.now)
    // Who is new here has no mandates that he could have lost.
    if (!isNew || !isEmpty(person.mandates)) await learnMandates(tx, account.id, person.mandates, ctx.now)
    const session = {
      kind: 'person' as const, accountId: account.id, assurance: person.assurance, methods: person.methods, authenticatedAt: person.authenticatedAt, device: browser.device, now: ctx.now,
      sso: { sid: person.sid, idToken: encrypt(ctx.node.config.secret, idTokenUse, person.idToken) },
    }
    const events = (sessionId: string) => [
      ...(isNew ? [{ type: 'identity.account_registered', subject: account.id, data: { assurance: person.assurance, checkedAgainst: 'national-node' } }] : []),
      { type: 'identity.logged_in', subject: account.id, data: { sessionId, assurance: person.assurance, method: 'single-sign-on' } },
    ]
    return (await openSession(tx, asPerson(ctx, { accountId: account.id, ...person }, ''), { session, oldSession: browser.oldSession, events }))!
  })
}

const isEmpty = (claim: unknown): boolean => claim === undefined || (Array.isArray(claim) && claim.length === 0)

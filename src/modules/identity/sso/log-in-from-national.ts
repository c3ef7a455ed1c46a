import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { createSession, endSessionByToken } from '../access/session.store.ts'
import { upsertFromNational } from '../citizens/account.store.ts'
import { learnMandates } from '../mandates/claimed-mandates.ts'
import { encrypt } from '../secrets.ts'
import type { NationalPerson } from './national-node.ts'

export const idTokenUse = 'id-token'

/** Opens a session here for a person whom the national node has just vouched for; the first time, also the local copy of the account. */
export async function logInFromNational(ctx: Ctx, person: NationalPerson, browser: { device: string; oldSession: string | undefined }): Promise<{ token: string }> {
  return transact(ctx, async (tx) => {
    const { account, isNew } = await upsertFromNational(tx, person, ctx.now)
    await learnMandates(tx, account.id, person.mandates, ctx.now)
    await endSessionByToken(tx, browser.oldSession, ctx.now)
    const { token, sessionId } = await createSession(tx, {
      kind: 'person', accountId: account.id, assurance: person.assurance, methods: person.methods, authenticatedAt: person.authenticatedAt, device: browser.device, now: ctx.now,
      sso: { sid: person.sid, idToken: encrypt(ctx.node.config.secret, idTokenUse, person.idToken) },
    })
    const own: Ctx = { ...ctx, actor: { kind: 'person', id: account.id, subject: account.subject, name: '', assurance: person.assurance, methods: person.methods, authenticatedAt: person.authenticatedAt, sessionId } }
    if (isNew) await appendEvent(tx, own, { type: 'identity.account_registered', subject: account.id, data: { assurance: person.assurance, checkedAgainst: 'national-node' } })
    await appendEvent(tx, own, { type: 'identity.logged_in', subject: account.id, data: { sessionId, assurance: person.assurance, method: 'single-sign-on' } })
    return { token }
  })
}

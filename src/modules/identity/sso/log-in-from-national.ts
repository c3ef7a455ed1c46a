import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Db, Fragment } from '../../../platform/db.ts'
import { newId } from '../../../platform/ids.ts'
import { asPerson } from '../access/open-person-session.ts'
import { openSession, type LogIn } from '../access/session.store.ts'
import { insertionOf, upsertFromNational } from '../citizens/account.store.ts'
import { learnMandates } from '../mandates/claimed-mandates.ts'
import { encrypt } from '../secrets.ts'
import type { NationalPerson } from './national-node.ts'

export const idTokenUse = 'id-token'

type Browser = Pick<LogIn, 'oldSession'> & { device: string }
interface Opened { token: string; /** Old accounts with the person's number wait for a word. */ hasOldAccounts: boolean }

/**
 * Opens a session here for a person whom the national node has just vouched for; the first time, also the local copy of the account. One look at what is here,
 * and where nothing but the session has to be written, or the copy with it, one statement; else a transaction.
 */
export async function logInFromNational(ctx: Ctx, person: NationalPerson, browser: Browser): Promise<Opened> {
  const { db } = ctx
  const { copyId, hasOldAccounts } = await findHere(db, person)
  let opened: { token: string } | undefined
  if (copyId === undefined && !hasMandates(person)) {
    const id = newId(ctx.now.getTime())
    // Undefined when another log-in of the same person was faster.
    opened = await open(db, ctx, { id, isNew: true }, person, browser, insertionOf(db, id, person, ctx.now))
  } else if (copyId) opened = await open(db, ctx, { id: copyId, isNew: false }, person, browser)
  if (opened) ctx.node.nudge('ledger')
  opened ??= await transact(ctx, async (tx) => {
    const { account, isNew } = await upsertFromNational(tx, person, ctx.now)
    await learnMandates(tx, account.id, person.mandates, ctx.now)
    return (await open(tx, ctx, { id: account.id, isNew }, person, browser))!
  })
  return { token: opened.token, hasOldAccounts }
}

const hasMandates = ({ mandates }: NationalPerson): boolean => mandates !== undefined && !(Array.isArray(mandates) && mandates.length === 0)

/** `copyId`: of the local copy where it says what the national node says; null where it has to be written, undefined where there is none. */
async function findHere(db: Db, p: NationalPerson): Promise<{ copyId: string | null | undefined; hasOldAccounts: boolean }> {
  const [row] = await db<{ id: string | null; isCurrent: boolean | null; hasOldAccounts: boolean }[]>`
    SELECT a.id, a.subject = ${p.subject} AND a.id_number = ${p.idNumber} AND a.full_name = ${p.fullName} AND a.birth_date = ${p.birthDate} AND a.phone = ${p.phone}
        AND a.email IS NOT DISTINCT FROM ${p.email} AND a.assurance = ${p.assurance} AND NOT EXISTS (SELECT FROM identity.mandate_copy m WHERE m.acting_account_id = a.id AND m.absent_since IS NULL) AS "isCurrent",
      EXISTS (SELECT FROM identity.old_account o WHERE o.id_number = ${p.idNumber} AND o.state = 'waiting') AS "hasOldAccounts"
    FROM (SELECT) AS one LEFT JOIN identity.account a ON a.subject = ${p.subject} OR a.id_number = ${p.idNumber} LIMIT 1`
  const { id, isCurrent, hasOldAccounts } = row!
  return { copyId: id === null ? undefined : isCurrent && !hasMandates(p) ? id : null, hasOldAccounts }
}

function open(db: Db, ctx: Ctx, { id, isNew }: { id: string; isNew: boolean }, person: NationalPerson, { device, oldSession }: Browser, proof?: Fragment): Promise<{ token: string } | undefined> {
  const { assurance, methods, authenticatedAt, sid, idToken } = person
  return openSession(db, asPerson(ctx, { accountId: id, assurance, methods }, ''), {
    session: { kind: 'person', accountId: id, assurance, methods, authenticatedAt, device, now: ctx.now, sso: { sid, idToken: encrypt(ctx.node.config.secret, idTokenUse, idToken) } },
    oldSession, ...(proof ? { proof } : {}),
    events: (sessionId) => [
      ...(isNew ? [{ type: 'identity.account_registered', subject: id, data: { assurance, checkedAgainst: 'national-node' } }] : []),
      { type: 'identity.logged_in', subject: id, data: { sessionId, assurance, method: 'single-sign-on' } },
    ],
  })
}

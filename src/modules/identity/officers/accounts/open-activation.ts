import type { Ctx } from '../../../../platform/ctx.ts'
import type { Db } from '../../../../platform/db.ts'
import { randomToken, sha256 } from '../../../../platform/ids.ts'
import { officerThrottle } from '../../access/access-rule.ts'
import { countAttempt, forgive, giveBack, rules, throttleKey } from '../../access/throttle.ts'
import { decrypt, encrypt, sameText } from '../../secrets.ts'
import { totpUse } from '../confirm-officer-code.ts'
import { findOfficerByLogin } from '../officer.store.ts'
import { newTotpSecret } from '../totp.ts'
import { activationCode, openActivationOf, type ActivationPurpose } from './issue-activation.ts'

export type OpenOutcome = { kind: 'open'; token: string } | { kind: 'wrong' } | { kind: 'wait'; seconds: number }

/** Seconds in which password and generator must be set once the code was right. */
export const setUpSeconds = 30 * 60

/** First step of an activation: log-in name and the code on the paper or in the mail. A name that does not exist gets the same answer. */
export async function openActivation(ctx: Ctx, input: { login: string; code: string; source: string }): Promise<OpenOutcome> {
  const { node, now, db } = ctx
  const accountKey = throttleKey(node, rules.account, `activation ${input.login.toLowerCase()}`)
  const sourceKey = throttleKey(node, rules.source, input.source)
  const seconds = await countAttempt(db, sourceKey, rules.source, now) || await countAttempt(db, accountKey, await officerThrottle(db, now), now)
  if (seconds > 0) return { kind: 'wait', seconds }
  const officer = await findOfficerByLogin(db, input.login)
  const activation = officer && (officer.state === 'new' || officer.state === 'active') ? await openActivationOf(db, officer.id, now) : undefined
  const typed = input.code.toUpperCase().replace(/[^A-Z0-9]/g, '')
  const isRight = sameText(typed, activationCode(node, activation?.id ?? 'nobody').replaceAll('-', ''))
  if (!activation || !isRight) return { kind: 'wrong' }
  await forgive(db, accountKey)
  await giveBack(db, sourceKey)
  const token = randomToken()
  await db`UPDATE identity.officer_activation SET token_hash = ${sha256(token)}, opened_at = ${now}, totp_secret = ${encrypt(node.config.secret, totpUse, newTotpSecret())} WHERE id = ${activation.id} AND closed_at IS NULL`
  return { kind: 'open', token }
}

export interface OpenedActivation { id: string; officerId: string; purpose: ActivationPurpose; login: string; name: string; totpSecret: string }

/** The activation that this browser has opened, or undefined when there is none, it was used, replaced, or is too old. */
export async function findOpenedActivation(db: Db, ctx: Ctx, token: string | undefined): Promise<OpenedActivation | undefined> {
  if (!token) return undefined
  const [row] = await db<(Omit<OpenedActivation, 'totpSecret'> & { sealed: string })[]>`
    SELECT a.id, a.officer_id AS "officerId", a.purpose, o.login, o.name, a.totp_secret AS sealed FROM identity.officer_activation a JOIN identity.officer o ON o.id = a.officer_id
    WHERE a.token_hash = ${sha256(token)} AND a.closed_at IS NULL AND a.opened_at > ${new Date(ctx.now.getTime() - setUpSeconds * 1000)} AND o.state IN ('new', 'active')`
  const totpSecret = row && decrypt(ctx.node.config.secret, totpUse, row.sealed)
  return row && totpSecret ? { id: row.id, officerId: row.officerId, purpose: row.purpose, login: row.login, name: row.name, totpSecret } : undefined
}

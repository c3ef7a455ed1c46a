import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { Db } from '../../../../platform/db.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { endOfficerSessions } from '../../access/session.store.ts'
import { officerThrottle } from '../../access/access-rule.ts'
import { countAttempt, forgive, rules, throttleKey } from '../../access/throttle.ts'
import { decrypt, encrypt } from '../../secrets.ts'
import { totpUse } from '../confirm-officer-code.ts'
import { newTotpSecret, totpStep } from '../totp.ts'
import { provesPassword, type PasswordChange } from './change-password.ts'

const pendingSeconds = 30 * 60

/** An officer begins to set up a new generator; the password is asked for, and the old one counts until the new one is confirmed. */
export async function beginGenerator(ctx: Ctx, officerId: string, password: string): Promise<PasswordChange> {
  const { right, wait } = await provesPassword(ctx, officerId, password)
  if (wait > 0) return { kind: 'wait', seconds: wait }
  if (!right) return { kind: 'invalid', errors: [{ field: 'current', key: 'identity.officers.password.wrong' }] }
  const secret = encrypt(ctx.node.config.secret, totpUse, newTotpSecret())
  await ctx.db`
    INSERT INTO identity.pending_generator (officer_id, totp_secret, created_at) VALUES (${officerId}, ${secret}, ${ctx.now})
    ON CONFLICT (officer_id) DO UPDATE SET totp_secret = EXCLUDED.totp_secret, created_at = EXCLUDED.created_at`
  return { kind: 'done' }
}

/** The secret that waits for its first code. */
export async function pendingSecret(db: Db, ctx: Ctx, officerId: string): Promise<string | undefined> {
  const [row] = await db<{ sealed: string }[]>`SELECT totp_secret AS sealed FROM identity.pending_generator WHERE officer_id = ${officerId} AND created_at > ${new Date(ctx.now.getTime() - pendingSeconds * 1000)}`
  return row && decrypt(ctx.node.config.secret, totpUse, row.sealed)
}

/** A code of the new generator puts it in the place of the old one; the other sessions end. */
export async function confirmGenerator(ctx: Ctx, officer: { id: string; sessionId: string }, code: string): Promise<PasswordChange> {
  const wrong: FieldError[] = [{ field: 'code', key: 'identity.officers.generator.wrong' }]
  const key = throttleKey(ctx.node, rules.account, `generator ${officer.id}`)
  const wait = await countAttempt(ctx.db, key, await officerThrottle(ctx.db, ctx.now), ctx.now)
  if (wait > 0) return { kind: 'wait', seconds: wait }
  const secret = await pendingSecret(ctx.db, ctx, officer.id)
  const step = secret ? totpStep(secret, code.replace(/\s/g, ''), ctx.now) : undefined
  if (!secret || step === undefined) return { kind: 'invalid', errors: wrong }
  await transact(ctx, async (tx) => {
    await tx`UPDATE identity.officer SET totp_secret = ${encrypt(ctx.node.config.secret, totpUse, secret)}, totp_last_step = ${step} WHERE id = ${officer.id}`
    await tx`DELETE FROM identity.pending_generator WHERE officer_id = ${officer.id}`
    await endOfficerSessions(tx, officer.id, ctx.now, officer.sessionId)
    await appendEvent(tx, ctx, { type: 'identity.generator_renewed', subject: officer.id, data: {} })
  })
  await forgive(ctx.db, key)
  return { kind: 'done' }
}

import type { Officer } from '../../../../platform/actor.ts'
import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { Tx } from '../../../../platform/db.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { officerThrottle } from '../../access/access-rule.ts'
import { endOfficerSessions } from '../../access/session.store.ts'
import { countAttempt, forgive, rules, throttleKey } from '../../access/throttle.ts'
import { encrypt, decrypt } from '../../secrets.ts'
import { totpUse } from '../confirm-officer-code.ts'
import { findPasswordHash, findTotpSecret, lockOfficerRow } from '../officer.store.ts'
import { hashPassword, verifyPassword } from '../password.ts'
import { totpStep } from '../totp.ts'
import { checkNewPassword } from './check-password.ts'
import { findOpenedActivation, type OpenedActivation } from './open-activation.ts'

export interface SetUpInput { token: string | undefined; password: string; repeat: string; code: string }
export type SetUpOutcome = { kind: 'done'; officerId: string } | { kind: 'invalid'; errors: FieldError[] } | { kind: 'wait'; seconds: number } | { kind: 'over' }

/**
 * Last step of an activation. First: a new password and a code of the new generator. New password: a code of the generator that the officer has.
 * New generator: the password that the officer knows and a code of the new one. Whoever has the paper alone gets nowhere in the last two.
 */
export async function finishActivation(ctx: Ctx, input: SetUpInput): Promise<SetUpOutcome> {
  const activation = await findOpenedActivation(ctx.db, ctx, input.token)
  if (!activation) return { kind: 'over' }
  const key = throttleKey(ctx.node, rules.account, `set-up ${activation.officerId}`)
  const seconds = await countAttempt(ctx.db, key, await officerThrottle(ctx.db, ctx.now), ctx.now)
  if (seconds > 0) return { kind: 'wait', seconds }
  const { mistakes, step } = await check(ctx, activation, input)
  if (mistakes.length > 0) {
    // A password that is too short tells nothing and costs no try.
    if (!mistakes.some((m) => m.key.endsWith('.wrong'))) await forgive(ctx.db, key)
    return { kind: 'invalid', errors: mistakes }
  }
  const passwordHash = activation.purpose === 'second-factor' ? undefined : await hashPassword(input.password)
  const done = await transact(ctx, (tx) => save(tx, ctx, activation, passwordHash, step))
  await forgive(ctx.db, key)
  return done ? { kind: 'done', officerId: activation.officerId } : { kind: 'over' }
}

async function check(ctx: Ctx, activation: OpenedActivation, input: SetUpInput): Promise<{ mistakes: FieldError[]; step: number }> {
  const mistakes: FieldError[] = []
  if (activation.purpose === 'second-factor') {
    const hash = await findPasswordHash(ctx.db, activation.officerId)
    if (!hash || !(await verifyPassword(input.password, hash))) mistakes.push({ field: 'password', key: 'identity.officers.password.wrong' })
  } else {
    mistakes.push(...await checkNewPassword(ctx.db, ctx.now, input.password, activation.login))
    if (input.password !== input.repeat) mistakes.push({ field: 'repeat', key: 'identity.officers.password.differs' })
  }
  const secret = activation.purpose === 'password' ? await ownSecret(ctx, activation.officerId) : activation.totpSecret
  const step = secret ? totpStep(secret, input.code.replace(/\s/g, ''), ctx.now) : undefined
  if (step === undefined) mistakes.push({ field: 'code', key: 'identity.officers.generator.wrong' })
  return { mistakes, step: step ?? 0 }
}

async function ownSecret(ctx: Ctx, officerId: string): Promise<string | undefined> {
  const sealed = await findTotpSecret(ctx.db, officerId)
  return sealed && decrypt(ctx.node.config.secret, totpUse, sealed)
}

/** False when the paper was used or replaced, or the code was used, in the meantime. */
async function save(tx: Tx, ctx: Ctx, { id, officerId, purpose, totpSecret }: OpenedActivation, passwordHash: string | undefined, step: number): Promise<boolean> {
  await lockOfficerRow(tx, officerId)
  const closed = await tx`UPDATE identity.officer_activation SET closed_at = ${ctx.now}, totp_secret = NULL WHERE id = ${id} AND closed_at IS NULL`
  if (closed.count === 0) return false
  const secret = encrypt(ctx.node.config.secret, totpUse, totpSecret)
  const saved = await tx`
    UPDATE identity.officer SET totp_last_step = ${step} ${passwordHash ? tx`, password_hash = ${passwordHash}` : tx``} ${purpose === 'password' ? tx`` : tx`, totp_secret = ${secret}`}
      ${purpose === 'first' ? tx`, state = 'active', state_since = ${ctx.now}` : tx``}
    WHERE id = ${officerId} AND state = ${purpose === 'first' ? 'new' : 'active'} ${purpose === 'password' ? tx`AND totp_last_step < ${step}` : tx``}`
  if (saved.count === 0) return false
  await endOfficerSessions(tx, officerId, ctx.now)
  const actor: Officer = { kind: 'officer', id: officerId, name: '', agencyCode: '', unitId: null, roles: [], permissions: new Set(), methods: ['otp'], authenticatedAt: ctx.now, sessionId: '' }
  await appendEvent(tx, { ...ctx, actor }, { type: 'identity.officer_activated', subject: officerId, data: { purpose } })
  return true
}

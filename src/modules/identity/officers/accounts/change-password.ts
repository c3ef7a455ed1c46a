import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { officerThrottle } from '../../access/access-rule.ts'
import { endOfficerSessions } from '../../access/session.store.ts'
import { countAttempt, forgive, rules, throttleKey } from '../../access/throttle.ts'
import { errors } from '../../identity.errors.ts'
import { findOfficer, findPasswordHash } from '../officer.store.ts'
import { hashPassword, verifyPassword } from '../password.ts'
import { checkNewPassword } from './check-password.ts'

export type PasswordChange = { kind: 'done' } | { kind: 'invalid'; errors: FieldError[] } | { kind: 'wait'; seconds: number }

/** Whether an officer knows his own password, counted like a log-in: an unwatched computer is no place to guess at. */
export async function provesPassword(ctx: Ctx, officerId: string, password: string): Promise<{ right: boolean; wait: number }> {
  const key = throttleKey(ctx.node, rules.account, `own ${officerId}`)
  const wait = await countAttempt(ctx.db, key, await officerThrottle(ctx.db, ctx.now), ctx.now)
  if (wait > 0) return { right: false, wait }
  const hash = await findPasswordHash(ctx.db, officerId)
  const right = hash !== undefined && (await verifyPassword(password, hash))
  if (right) await forgive(ctx.db, key)
  return { right, wait: 0 }
}

/** An officer changes the own password; the other sessions end. */
export async function changePassword(ctx: Ctx, input: { current: string; password: string; repeat: string }): Promise<PasswordChange> {
  const { actor } = ctx
  if (actor.kind !== 'officer') throw errors.OFFICER_NOT_FOUND()
  const officer = await findOfficer(ctx.db, actor.id)
  const { right, wait } = await provesPassword(ctx, actor.id, input.current)
  if (wait > 0) return { kind: 'wait', seconds: wait }
  const mistakes: FieldError[] = right ? [] : [{ field: 'current', key: 'identity.officers.password.wrong' }]
  mistakes.push(...await checkNewPassword(ctx.db, ctx.now, input.password, officer!.login))
  if (right && input.password === input.current) mistakes.push({ field: 'password', key: 'identity.officers.password.same' })
  if (input.password !== input.repeat) mistakes.push({ field: 'repeat', key: 'identity.officers.password.differs' })
  if (mistakes.length > 0) return { kind: 'invalid', errors: mistakes }
  const passwordHash = await hashPassword(input.password)
  await transact(ctx, async (tx) => {
    await tx`UPDATE identity.officer SET password_hash = ${passwordHash} WHERE id = ${actor.id}`
    const sessions = await endOfficerSessions(tx, actor.id, ctx.now, actor.sessionId)
    await appendEvent(tx, ctx, { type: 'identity.password_changed', subject: actor.id, data: { sessions } })
  })
  return { kind: 'done' }
}

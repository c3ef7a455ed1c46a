import { z } from 'zod'
import { systemCtx, transact, type Ctx } from '../../../../platform/ctx.ts'
import type { Tx } from '../../../../platform/db.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { enqueue, type JobHandler } from '../../../../platform/jobs.ts'
import type { ServiceHandler } from '../../../../platform/module.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { countAttempt, throttleKey, type ThrottleRule } from '../../access/throttle.ts'
import { findAccount, findAccountByIdNumber, setPhone } from '../../citizens/account.store.ts'
import { limitEnds } from '../life-rules.ts'
import { drawLetters } from '../reference.ts'
import { tell, tellOwner } from '../tell.ts'
import { objectionHash, openRecovery, personHash, recoveryColumns, sealRecovery, type Recovery, type RecoveryStatement } from './recovery.ts'

export const recoveryQueue = 'identity.complete-recovery'

/**
 * At the national node, after two officers: the change waits, and the old telephone and mail hear of it with letters by which whoever holds
 * them stops it. A number nobody has an account under ends here, and nobody is told.
 */
export async function beginWaiting(tx: Tx, ctx: Ctx, id: string, statement: RecoveryStatement): Promise<void> {
  const account = await findAccountByIdNumber(tx, statement.idNumber)
  if (!account || account.state === 'closed') {
    await tx`UPDATE identity.recovery SET state = 'refused', statement = '', ended_at = ${ctx.now} WHERE id = ${id}`
    return appendEvent(tx, ctx, { type: 'identity.recovery_refused', subject: id, data: { reason: 'no-account' } })
  }
  const effectiveAt = await limitEnds(tx, 'recovery-wait', ctx.now)
  const letters = drawLetters(10)
  await tx`UPDATE identity.recovery SET state = 'waiting', account_id = ${account.id}, effective_at = ${effectiveAt}, objection_hash = ${objectionHash(ctx.node, letters)} WHERE id = ${id}`
  await appendEvent(tx, ctx, { type: 'identity.recovery_waiting', subject: id, data: { accountId: account.id, effectiveAt: effectiveAt.toISOString() } })
  await enqueue(tx, { queue: recoveryQueue, payload: { id }, runAt: effectiveAt, key: id })
  const params = { at: formatDateTime(effectiveAt), letters: `${letters.slice(0, 5)}-${letters.slice(5)}`, link: `${ctx.node.config.baseUrl}/phan-doi-doi-so` }
  await tellOwner(tx, ctx, account.id, { base: 'identity.life.recovery.told.waiting.', key: `identity.recovery:${id}:old`, params })
  await tell(tx, ctx, { phone: statement.phone }, { base: 'identity.life.recovery.told.new.', key: `identity.recovery:${id}:new`, lang: 'vi', params: { at: params.at } })
}

/** The waiting time is over and nobody objected: the new telephone counts, all sessions end, old and new hear of it. */
export const completeRecovery: JobHandler = async (node, payload) => {
  const ctx = systemCtx(node, recoveryQueue)
  await transact(ctx, async (tx) => {
    const [recovery] = await tx<Recovery[]>`SELECT ${recoveryColumns(tx)} FROM identity.recovery WHERE id = ${String(payload.id)} AND state = 'waiting' AND effective_at <= ${ctx.now} FOR UPDATE`
    const statement = recovery && openRecovery(node, recovery)
    const account = recovery?.accountId ? await findAccount(tx, recovery.accountId) : undefined
    if (!recovery || !statement || !account) return
    await tellOwner(tx, ctx, account.id, { base: 'identity.life.recovery.told.done.', key: `identity.recovery:${recovery.id}:done`, params: {} })
    await setPhone(tx, account.id, statement.phone, ctx.now)
    await tell(tx, ctx, { phone: statement.phone }, { base: 'identity.life.recovery.told.done.', key: `identity.recovery:${recovery.id}:done-new`, lang: 'vi', params: {} })
    await tx`UPDATE identity.session SET ended_at = ${ctx.now} WHERE account_id = ${account.id} AND ended_at IS NULL`
    await tx`UPDATE identity.recovery SET state = 'done', statement = '', ended_at = ${ctx.now} WHERE id = ${recovery.id}`
    await appendEvent(tx, ctx, { type: 'identity.contact_changed', subject: account.id, data: { what: 'phone', recoveryId: recovery.id } })
  })
}

const perSource: ThrottleRule = { name: 'recovery-objection', slowFrom: 5, limit: 10, window: 3600, block: 3600 }

/** Stops a change that waits: by the letters of the notice, or by the owner who is logged in. `false`: there is none; a number: seconds to wait. */
export async function objectToRecovery(ctx: Ctx, by: { letters: string; source: string } | { accountId: string }): Promise<boolean | number> {
  if ('letters' in by) {
    const seconds = await countAttempt(ctx.db, throttleKey(ctx.node, perSource, by.source), perSource, ctx.now)
    if (seconds > 0) return seconds
  }
  return transact(ctx, async (tx) => {
    const which = 'letters' in by ? tx`objection_hash = ${objectionHash(ctx.node, by.letters.toUpperCase().replace(/[\s-]/g, ''))}` : tx`account_id = ${by.accountId}`
    const [stopped] = await tx<{ id: string; accountId: string }[]>`UPDATE identity.recovery SET state = 'objected', statement = '', ended_at = ${ctx.now} WHERE state = 'waiting' AND ${which} RETURNING id, account_id AS "accountId"`
    if (!stopped) return false
    await appendEvent(tx, ctx, { type: 'identity.recovery_objected', subject: stopped.id, data: { accountId: stopped.accountId } })
    await tellOwner(tx, ctx, stopped.accountId, { base: 'identity.life.recovery.told.objected.', key: `identity.recovery:${stopped.id}:objected`, params: {} })
    return true
  })
}

const messageSchema = z.object({ id: z.uuid(), idNumber: z.string().regex(/^\d{12}$/), phone: z.string().max(20), card: z.string().max(100), reference: z.string().max(30), agency: z.string().max(60), startedBy: z.string().max(100), confirmedBy: z.string().max(100) })

/** At the national node: a case that two officers of another node have confirmed. */
export const receiveRecovery: ServiceHandler = async (tx, ctx, message) => {
  const m = messageSchema.safeParse(message.payload).data
  if (ctx.node.config.kind !== 'national' || !m || m.startedBy === m.confirmedBy) return void ctx.log.warn({ from: message.from, message: message.id }, 'a recovery cannot be taken')
  const statement: RecoveryStatement = { idNumber: m.idNumber, phone: m.phone, card: m.card }
  const fresh = await tx`
    INSERT INTO identity.recovery (id, reference, id_number_hash, statement, agency_code, from_node, started_at, started_by, confirmed_at, confirmed_by)
    VALUES (${m.id}, ${m.reference}, ${personHash(ctx.node, m.idNumber)}, ${sealRecovery(ctx.node, m.id, statement)}, ${m.agency}, ${message.from}, ${message.sentAt}, ${m.startedBy}, ${message.sentAt}, ${m.confirmedBy}) ON CONFLICT DO NOTHING`
  if (fresh.count > 0) await beginWaiting(tx, ctx, m.id, statement)
}

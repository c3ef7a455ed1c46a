import { actorKey, type Officer } from '../../../../platform/actor.ts'
import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { newId } from '../../../../platform/ids.ts'
import { send } from '../../../exchange/index.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { cleanIdNumber, cleanPhone } from '../../citizens/person-fields.ts'
import { errors } from '../../identity.errors.ts'
import { newReference } from '../reference.ts'
import { beginWaiting } from './await-objection.ts'
import { lockRecovery, openRecovery, personHash, sealRecovery } from './recovery.ts'

type OfficerCtx = Ctx & { actor: Officer }
export interface RecoveryInput { idNumber: string; phone: string; card: string; seen: boolean }
export const recoveryService = 'identity.recovery'

/**
 * The first officer writes down who stands at the desk, which card was shown, and the new telephone. Nothing happens to the account: a
 * second officer has to look at card and person too. The answer is the same whether or not there is an account.
 */
export async function startRecovery(ctx: OfficerCtx, input: RecoveryInput): Promise<FieldError[]> {
  const [idNumber, phone] = [cleanIdNumber(input.idNumber), cleanPhone(input.phone)]
  const wrong: FieldError[] = []
  if (!idNumber) wrong.push({ field: 'idNumber', key: `identity.field.idNumber.${input.idNumber ? 'invalid' : 'missing'}` })
  if (!phone) wrong.push({ field: 'phone', key: `identity.field.phone.${input.phone ? 'invalid' : 'missing'}` })
  if (!/^[\p{L}\d .,/-]{4,100}$/u.test(input.card)) wrong.push({ field: 'card', key: 'identity.life.recovery.card.missing' })
  if (!input.seen) wrong.push({ field: 'seen', key: 'identity.life.recovery.seen.missing' })
  if (!idNumber || !phone || wrong.length > 0) return wrong
  const id = newId(ctx.now.getTime())
  const made = await transact(ctx, async (tx) => {
    const fresh = await tx`
      INSERT INTO identity.recovery (id, reference, id_number_hash, statement, agency_code, started_at, started_by)
      VALUES (${id}, ${newReference('KP', ctx.now)}, ${personHash(ctx.node, idNumber)}, ${sealRecovery(ctx.node, id, { idNumber, phone, card: input.card })}, ${ctx.actor.agencyCode}, ${ctx.now}, ${actorKey(ctx.actor)}) ON CONFLICT DO NOTHING`
    if (fresh.count > 0) await appendEvent(tx, ctx, { type: 'identity.recovery_started', subject: id, data: { agencyCode: ctx.actor.agencyCode } })
    return fresh.count > 0
  })
  return made ? [] : [{ field: 'idNumber', key: 'identity.life.recovery.open' }]
}

/** The second officer, who has seen card and person as well. Where the account lives elsewhere, the case goes there. @throws RECOVERY_SAME_OFFICER, RECOVERY_NOT_FOUND */
export async function confirmRecovery(ctx: OfficerCtx, id: string): Promise<void> {
  const { node } = ctx
  await transact(ctx, async (tx) => {
    const recovery = await lockRecovery(tx, id, ctx.actor.agencyCode)
    const by = actorKey(ctx.actor)
    if (recovery.startedBy === by) throw errors.RECOVERY_SAME_OFFICER()
    const statement = openRecovery(node, recovery)!
    await tx`UPDATE identity.recovery SET confirmed_at = ${ctx.now}, confirmed_by = ${by} WHERE id = ${id}`
    await appendEvent(tx, ctx, { type: 'identity.recovery_confirmed', subject: id, data: { agencyCode: ctx.actor.agencyCode } })
    if (node.config.kind === 'national') return void await beginWaiting(tx, ctx, id, statement)
    await send(tx, ctx, { to: node.config.national.code, service: recoveryService, subject: id, payload: { id, ...statement, reference: recovery.reference, agency: recovery.agencyCode, startedBy: recovery.startedBy, confirmedBy: by } })
    await tx`UPDATE identity.recovery SET state = 'done', statement = '', ended_at = ${ctx.now} WHERE id = ${id}`
  })
}

/** The second officer does not find what the first wrote down: the case ends. */
export async function refuseRecovery(ctx: OfficerCtx, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    await lockRecovery(tx, id, ctx.actor.agencyCode)
    await tx`UPDATE identity.recovery SET state = 'refused', statement = '', ended_at = ${ctx.now} WHERE id = ${id}`
    await appendEvent(tx, ctx, { type: 'identity.recovery_refused', subject: id, data: {} })
  })
}

import { actorKey } from '../../../platform/actor.ts'
import { transact } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { sendSms } from '../../notifications/index.ts'
import { agencyName, findAgency } from '../../organisations/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { recordAccess } from '../access/access-log.ts'
import { findAccount } from '../citizens/account.store.ts'
import type { OfficerCtx } from '../desk/look-up-person.ts'
import { errors } from '../identity.errors.ts'
import { candidatesFor, lockOldAccount, moveOldAccount, type OldAccount } from './old-account.store.ts'

export type Judgement = { kind: 'link'; accountId: string } | { kind: 'close' } | { kind: 'unlink' }

/**
 * The desk decides on an old account with both sides before it: links it to one of the people who may be its holder, closes it as nobody's,
 * or undoes a link. Two different id numbers are two persons, whatever else agrees. The person is told of a link.
 * @throws OLD_ACCOUNT_NOT_FOUND OLD_ACCOUNT_NOT_OPEN OLD_ACCOUNT_OTHER_PERSON
 */
export async function judgeOldAccount(ctx: OfficerCtx, oldAccountId: string, given: { judgement: Judgement; reason: string }): Promise<FieldError[]> {
  const { judgement, reason } = given
  if (reason.length < 10 || reason.length > 500) return [{ field: 'reason', key: 'identity.linking.reason_missing' }]
  if (judgement.kind === 'link' && judgement.accountId === '') return [{ field: 'account', key: 'identity.linking.account_missing' }]
  await transact(ctx, async (tx) => {
    const old = await lockOldAccount(tx, oldAccountId)
    if (!old) throw errors.OLD_ACCOUNT_NOT_FOUND()
    const by = actorKey(ctx.actor)
    if (judgement.kind === 'unlink') {
      if (old.state !== 'linked') throw errors.OLD_ACCOUNT_NOT_OPEN()
      // Not back to 'waiting': what was undone once is not offered to the same person again without somebody looking.
      await moveOldAccount(tx, { oldAccountId, action: 'unlinked', state: 'declined', accountId: old.accountId, by, reason }, ctx.now)
      await appendEvent(tx, ctx, { type: 'identity.old_account_unlinked', subject: oldAccountId, data: { accountId: old.accountId } })
      return
    }
    if (old.state !== 'waiting' && old.state !== 'declined') throw errors.OLD_ACCOUNT_NOT_OPEN()
    if (judgement.kind === 'close') {
      await moveOldAccount(tx, { oldAccountId, action: 'closed', state: 'closed', accountId: null, by, reason }, ctx.now)
      await appendEvent(tx, ctx, { type: 'identity.old_account_closed', subject: oldAccountId, data: {} })
      return
    }
    await link(tx, ctx, old, judgement.accountId, reason)
  })
  return []
}

async function link(tx: Parameters<typeof lockOldAccount>[0], ctx: OfficerCtx, old: OldAccount, accountId: string, reason: string): Promise<void> {
  const account = (await candidatesFor(tx, old)).includes(accountId) ? await findAccount(tx, accountId) : undefined
  if (!account || (old.idNumber !== null && old.idNumber !== account.idNumber)) throw errors.OLD_ACCOUNT_OTHER_PERSON()
  await moveOldAccount(tx, { oldAccountId: old.id, action: 'linked', state: 'linked', accountId, by: actorKey(ctx.actor), reason }, ctx.now)
  await appendEvent(tx, ctx, { type: 'identity.old_account_linked', subject: old.id, data: { accountId, by: 'desk' } })
  await recordAccess(tx, ctx, { subjectId: accountId, objectId: old.id, purpose: 'identity.linking.purpose' })
  const agency = await findAgency(tx, ctx.actor.agencyCode, ctx.now)
  await sendSms(tx, ctx, { to: account.phone, lang: 'vi', textKey: 'identity.linking.sms', key: `identity.old-account:${old.id}:${ctx.now.getTime()}`, params: { agency: agency ? agencyName(agency, 'vi') : ctx.actor.agencyCode, localId: old.localId } })
}

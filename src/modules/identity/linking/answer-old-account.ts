import { actorKey, type Person } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { findAccount } from '../citizens/account.store.ts'
import { errors } from '../identity.errors.ts'
import { agrees, lockOldAccount, moveOldAccount } from './old-account.store.ts'

/**
 * A person says whether an old account is his. Only one that agrees in number, name and birth date is asked about, so that nobody can take
 * another's by saying so; what he declines goes to the desk. A repeat of the same answer has no effect. @throws OLD_ACCOUNT_NOT_FOUND
 */
export async function answerOldAccount(ctx: Ctx & { actor: Person }, oldAccountId: string, isMine: boolean): Promise<void> {
  await transact(ctx, async (tx) => {
    const [old, account] = [await lockOldAccount(tx, oldAccountId), await findAccount(tx, ctx.actor.id)]
    if (!old || !account || !agrees(old, account)) throw errors.OLD_ACCOUNT_NOT_FOUND()
    if (old.state !== 'waiting') return
    await moveOldAccount(tx, { oldAccountId, action: isMine ? 'linked' : 'declined', state: isMine ? 'linked' : 'declined', accountId: account.id, by: actorKey(ctx.actor) }, ctx.now)
    await appendEvent(tx, ctx, { type: isMine ? 'identity.old_account_linked' : 'identity.old_account_declined', subject: oldAccountId, data: { accountId: account.id, by: 'person' } })
  })
}

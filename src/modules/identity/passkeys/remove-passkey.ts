import type { Officer, Person } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { ownerOf } from './add-passkey.ts'
import { endPasskey } from './passkey.store.ts'

/** The key opens the account no more. Doing it twice does no harm. */
export async function removePasskey(ctx: Ctx, actor: Person | Officer, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    if (await endPasskey(tx, ownerOf(actor), id, ctx.now)) await appendEvent(tx, ctx, { type: 'identity.passkey_removed', subject: actor.id, data: { passkeyId: id } })
  })
}

import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { appendEvent } from '../ledger/index.ts'
import { errors } from './documents.errors.ts'
import { markRevoked } from './documents.store.ts'

/** Takes a paper out of force ("thu hồi"); its signature stays mathematically valid, so the verifier page says this beside it. */
export async function revokeDocument(tx: Tx, ctx: Ctx, id: string, reason: string): Promise<void> {
  if (!(await markRevoked(tx, id, ctx.now, reason))) throw errors.NOT_IN_FORCE()
  await appendEvent(tx, ctx, { type: 'document.revoked', subject: id, data: {} })
}

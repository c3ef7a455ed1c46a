import { z } from 'zod'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { Tx } from '../../../../platform/db.ts'
import type { ServiceHandler } from '../../../../platform/module.ts'
import { randomToken } from '../../../../platform/ids.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { findAccountBySubject } from '../../citizens/account.store.ts'
import { ownDataSources } from '../own-data/own-data.ts'

/**
 * Empties everything personal about an account at this node and closes it for good. The row and its id stay, because acts in the ledger
 * name the id; the ledger itself holds no personal data and is not touched. The id number is free again for a new account.
 */
export async function eraseAccount(tx: Tx, ctx: Ctx, accountId: string): Promise<void> {
  for (const source of ownDataSources().values()) await source.erase?.(tx, ctx, accountId)
  await tx`UPDATE identity.session SET ended_at = coalesce(ended_at, ${ctx.now}), device = '', sso_id_token = NULL WHERE account_id = ${accountId}`
  await tx`DELETE FROM identity.oidc_payload WHERE payload ->> 'accountId' = ${accountId} OR grant_id IN (SELECT grant_id FROM identity.oidc_payload WHERE payload ->> 'accountId' = ${accountId} AND grant_id IS NOT NULL)`
  await tx`DELETE FROM identity.challenge WHERE account_id = ${accountId}`
  await tx`DELETE FROM identity.personal_code WHERE account_id = ${accountId}`
  await tx`DELETE FROM identity.pairwise_subject WHERE account_id = ${accountId}`
  await tx`UPDATE identity.account_problem_message SET words = '' WHERE problem_id IN (SELECT id FROM identity.account_problem WHERE account_id = ${accountId})`
  await tx`UPDATE identity.account_problem SET statement = '' WHERE account_id = ${accountId}`
  await tx`UPDATE identity.data_request SET statement = NULL, extension_reason = NULL WHERE account_id = ${accountId}`
  await tx`UPDATE identity.data_export SET archive = NULL, state = 'expired' WHERE account_id = ${accountId}`
  await tx`UPDATE identity.recovery SET statement = '', state = CASE WHEN state = 'waiting' THEN 'refused' ELSE state END, ended_at = coalesce(ended_at, ${ctx.now}) WHERE account_id = ${accountId}`
  await tx`
    UPDATE identity.account SET subject = ${`erased-${randomToken(12)}`}, id_number = NULL, full_name = '', birth_date = NULL, phone = '', email = NULL, state = 'closed', lock_reason = NULL, notice = NULL,
      erased_at = ${ctx.now}, updated_at = ${ctx.now} WHERE id = ${accountId}`
}

const messageSchema = z.object({ subject: z.string().min(1).max(200) })

/** At a local node: the national node has closed the account whose copy is here. */
export const receiveAccountClosed: ServiceHandler = async (tx, ctx, message) => {
  if (message.from !== ctx.node.config.national.code) return
  const parsed = messageSchema.safeParse(message.payload)
  const account = parsed.success ? await findAccountBySubject(tx, parsed.data.subject) : undefined
  if (!account) return
  await eraseAccount(tx, ctx, account.id)
  await appendEvent(tx, ctx, { type: 'identity.account_deleted', subject: account.id, data: { by: message.from } })
}

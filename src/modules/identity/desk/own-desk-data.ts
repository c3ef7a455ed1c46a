import { actorKey } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Db, Tx } from '../../../platform/db.ts'
import { moveOldAccount } from '../linking/old-account.store.ts'

/**
 * What the desk keeps about a person, for the copy of one's own data and for the deletion of an account. Look-ups and consents are evidence
 * of what the administration did and stay; they hold no personal data besides the scan of a consent form.
 */
export const ownDeskData = {
  'identity.desk-requests': {
    title: 'identity.desk.requests.title',
    read: async ({ db }: { db: Db }, accountId: string): Promise<Record<string, unknown>[]> => (await db<{ consentNumber: string; consent: string; agency: string; state: string; madeAt: Date; objectedAt: Date | null }[]>`
      SELECT consent_number AS "consentNumber", consent_kind AS consent, agency_code AS agency, state, created_at AS "madeAt", objected_at AS "objectedAt" FROM identity.account_request WHERE account_id = ${accountId} ORDER BY created_at`).map((r) => ({ ...r })),
  },
  'identity.old-accounts': {
    title: 'identity.linking.queue.nav',
    read: async ({ db }: { db: Db }, accountId: string): Promise<Record<string, unknown>[]> => (await db<{ localId: string; fullName: string; birthDate: string; idNumber: string | null; oldIdNumber: string | null; phone: string | null }[]>`
      SELECT local_id AS "localId", full_name AS "fullName", birth_date AS "birthDate", id_number AS "idNumber", old_id_number AS "oldIdNumber", phone FROM identity.old_account WHERE account_id = ${accountId} ORDER BY local_id`).map((r) => ({ ...r })),
    erase: eraseOldAccounts,
  },
} as const

/** Empties the old accounts that are linked to a person; that there were some, and who linked them, stays. */
async function eraseOldAccounts(tx: Tx, ctx: Ctx, accountId: string): Promise<void> {
  const linked = await tx<{ id: string }[]>`SELECT id FROM identity.old_account WHERE account_id = ${accountId} FOR UPDATE`
  for (const { id } of linked) {
    await moveOldAccount(tx, { oldAccountId: id, action: 'closed', state: 'closed', accountId, by: actorKey(ctx.actor) }, ctx.now)
    await tx`UPDATE identity.old_account SET local_id = ${`erased-${id}`}, id_number = NULL, old_id_number = NULL, full_name = '', birth_date = '0001-01-01', phone = NULL WHERE id = ${id}`
  }
}

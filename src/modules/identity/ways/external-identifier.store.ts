import type { Db, Tx } from '../../../platform/db.ts'
import { findAccount, type Account } from '../citizens/account.store.ts'

export type Scheme = 'social-insurance' | 'identity-provider'

/** The account whose owner is known by this number elsewhere. */
export async function findAccountByExternal(db: Db, scheme: Scheme, value: string): Promise<Account | undefined> {
  const [row] = await db<{ accountId: string }[]>`SELECT account_id AS "accountId" FROM identity.external_identifier WHERE scheme = ${scheme} AND value = ${value}`
  // A number that nobody has costs the same two questions.
  return findAccount(db, row?.accountId ?? nobody)
}

const nobody = '00000000-0000-0000-0000-000000000000'

export interface ExternalIdentifier { value: string; sourcePhone: string | null; linkedAt: Date }

export async function externalOf(db: Db, scheme: Scheme, accountId: string): Promise<ExternalIdentifier | undefined> {
  const [row] = await db<ExternalIdentifier[]>`SELECT value, source_phone AS "sourcePhone", linked_at AS "linkedAt" FROM identity.external_identifier WHERE scheme = ${scheme} AND account_id = ${accountId}`
  return row
}

/**
 * Makes an account known by a number of its owner; an earlier one of the same kind is replaced: the source gives out new ones. False when the
 * number belongs to another account, which then keeps it.
 */
export async function linkExternal(tx: Tx, link: { scheme: Scheme; value: string; accountId: string; sourcePhone?: string | undefined; now: Date }): Promise<boolean> {
  const { scheme, value, accountId, now } = link
  const linked = await tx`
    INSERT INTO identity.external_identifier AS e (scheme, value, account_id, source_phone, linked_at)
    SELECT ${scheme}, ${value}, ${accountId}, ${link.sourcePhone ?? null}, ${now}
    WHERE NOT EXISTS (SELECT FROM identity.external_identifier o WHERE o.scheme = ${scheme} AND o.value = ${value} AND o.account_id <> ${accountId})
    ON CONFLICT (account_id, scheme) DO UPDATE SET value = excluded.value, source_phone = coalesce(excluded.source_phone, e.source_phone), linked_at = CASE WHEN e.value = excluded.value THEN e.linked_at ELSE excluded.linked_at END`
  return linked.count > 0
}

/** False when the account was not known by such a number. */
export async function unlinkExternal(tx: Tx, scheme: Scheme, accountId: string): Promise<boolean> {
  return (await tx`DELETE FROM identity.external_identifier WHERE scheme = ${scheme} AND account_id = ${accountId}`).count > 0
}

import type { Ctx } from '../../../platform/ctx.ts'
import type { Db, Tx } from '../../../platform/db.ts'
import { formatDate } from '../../../platform/i18n.ts'
import { appendEvent } from '../../ledger/index.ts'
import type { AccountNotice } from '../life/account-notices.ts'
import type { OwnDataSource } from '../life/own-data/own-data.ts'
import { stateAt } from './mandate.ts'
import { listMandatesOf, saveEnd } from './mandates.store.ts'
import { mandateHref } from './pages/hrefs.ts'
import { tellNodes } from './tell-nodes.ts'

const soonMs = 30 * 86_400_000

/** Mandates of a person, for the copy of his data and for the deletion of the account: those in force end, what was typed about an invited person goes. */
export const ownMandates: OwnDataSource = {
  title: 'identity.mandates.title',
  read: async ({ db, now }, accountId) => (await listMandatesOf(db, accountId)).map((m) => ({
    kind: m.kind, state: stateAt(m, now), acting: m.actingName, represented: m.representedName, scope: m.scope, codes: m.scopeCodes, rights: m.rights, from: m.startsAt, to: m.expiresAt, offeredAt: m.offeredAt, endedAt: m.endedAt,
  })),
  obstacles: async (db, accountId) => (await represents(db, accountId)),
  async erase(tx, ctx, accountId) {
    for (const id of await openMandates(tx, accountId)) {
      await saveEnd(tx, id, 'withdrawn', ctx.now)
      await appendEvent(tx, ctx, { type: 'identity.mandate_withdrawn', subject: id, data: { by: 'deletion' } })
      await tellNodes(tx, ctx, id, false)
    }
    await tx`UPDATE identity.mandate SET invited_id_number = NULL, invited_name = NULL WHERE offered_account_id = ${accountId}`
    await tx`DELETE FROM identity.mandate_draft WHERE account_id = ${accountId}`
  },
}

/** An organisation must not lose its only representative unseen: the register names another first. */
async function represents(db: Db, accountId: string): Promise<number> {
  const [row] = await db<{ n: number }[]>`SELECT count(*)::int AS n FROM identity.mandate WHERE kind = 'representative' AND state = 'accepted' AND acting_account_id = ${accountId}`
  return row!.n
}

async function openMandates(tx: Tx, accountId: string): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    SELECT id FROM identity.mandate WHERE state IN ('offered', 'awaiting-paper', 'accepted') AND (acting_account_id = ${accountId} OR represented_account_id = ${accountId} OR offered_account_id = ${accountId}) ORDER BY id FOR UPDATE`
  return rows.map((row) => row.id)
}

/** Offers that wait for the person, and mandates that end within thirty days. */
export async function mandateNotices({ db, now }: Ctx, accountId: string): Promise<AccountNotice[]> {
  return (await listMandatesOf(db, accountId)).flatMap((m): AccountNotice[] => {
    const state = stateAt(m, now)
    if (state === 'offered' && m.side !== m.offeredBy) return [{ key: 'identity.mandates.notice.offered', params: { until: formatDate(m.lapsesAt ?? m.expiresAt!) }, href: mandateHref(m.id) }]
    if (state === 'accepted' && m.expiresAt && m.expiresAt.getTime() - now.getTime() < soonMs) return [{ key: 'identity.mandates.notice.ending', params: { name: m.representedName ?? m.actingName ?? '', on: formatDate(m.expiresAt) }, href: mandateHref(m.id) }]
    return []
  })
}

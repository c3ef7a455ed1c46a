import { findAccount } from '../../citizens/account.store.ts'
import { listConsents } from '../consents/consents.ts'
import { openStatement, problemColumns, type Problem } from '../problems/problem.ts'
import { listOwnRequests } from '../requests/data-request.ts'
import { listAcceptances } from '../terms/terms.ts'
import { listReaders } from '../access/list-readers.ts'
import { purposeText } from '../access/readers.page.tsx'
import { ownDeskData } from '../../desk/own-desk-data.ts'
import { mandateNotices, ownMandates } from '../../mandates/own-mandates.ts'
import { listPasskeys } from '../../passkeys/passkey.store.ts'
import { addAccountNotices } from '../account-notices.ts'
import { addOwnDataSource } from './own-data.ts'

/** What identity itself keeps about a person. Called once, when the module is loaded. */
export function addIdentitySources(): void {
  addOwnDataSource('identity.account', {
    title: 'identity.life.data.account',
    async read({ db }, id) {
      const account = await findAccount(db, id)
      return account ? [{ fullName: account.fullName, idNumber: account.idNumber, birthDate: account.birthDate, phone: account.phone, email: account.email, assurance: account.assurance, createdAt: account.createdAt.toISOString() }] : []
    },
  })
  addOwnDataSource('identity.sessions', {
    title: 'identity.life.data.sessions',
    read: async ({ db }, id) => (await db<{ device: string; createdAt: Date; lastSeenAt: Date; endedAt: Date | null; methods: string[] }[]>`
      SELECT device, created_at AS "createdAt", last_seen_at AS "lastSeenAt", ended_at AS "endedAt", methods FROM identity.session WHERE account_id = ${id} ORDER BY created_at DESC`).map((s) => ({ ...s })),
  })
  addOwnDataSource('identity.terms', { title: 'identity.life.data.terms', read: async ({ db }, id) => (await listAcceptances(db, id)).map((a) => ({ ...a })) })
  addOwnDataSource('identity.consents', { title: 'identity.life.data.consents', read: async ({ db }, id) => (await listConsents(db, id)).map((c) => ({ ...c })) })
  addOwnDataSource('identity.requests', { title: 'identity.life.data.requests', read: async ({ db, node }, id) => (await listOwnRequests(db, node, id)).map(({ id: _id, ...r }) => r) })
  addOwnDataSource('identity.problems', {
    title: 'identity.life.data.problems',
    async read({ db, node }, id) {
      const rows = await db<Problem[]>`SELECT ${problemColumns(db)} FROM identity.account_problem WHERE account_id = ${id} ORDER BY made_at`
      return rows.map((p) => ({ reference: p.reference, kind: p.kind, madeAt: p.madeAt, state: p.state, outcome: p.outcome, words: openStatement(node, p)?.words ?? null }))
    },
  })
  addOwnDataSource('identity.passkeys', {
    title: 'identity.life.data.passkeys',
    read: async ({ db }, id) => (await listPasskeys(db, { kind: 'person', id })).map(({ name, createdAt, lastUsedAt }) => ({ name, createdAt, lastUsedAt })),
    erase: async (tx, _ctx, id) => void (await tx`DELETE FROM identity.passkey WHERE account_id = ${id}`),
  })
  addOwnDataSource('identity.numbers', {
    title: 'identity.life.data.numbers',
    read: async ({ db }, id) => (await db<{ scheme: string; value: string; linkedAt: Date }[]>`SELECT scheme, value, linked_at AS "linkedAt" FROM identity.external_identifier WHERE account_id = ${id} ORDER BY scheme`).map((n) => ({ ...n })),
    erase: async (tx, _ctx, id) => void (await tx`DELETE FROM identity.external_identifier WHERE account_id = ${id}`),
  })
  addOwnDataSource('identity.mandates', ownMandates)
  addAccountNotices(mandateNotices)
  for (const [name, source] of Object.entries(ownDeskData)) addOwnDataSource(name, source)
  addOwnDataSource('identity.readers', {
    title: 'identity.life.data.readers',
    async read(ctx, id) {
      const { db } = ctx
      const account = await findAccount(db, id)
      if (!account) return []
      const first = await listReaders(db, account, { size: 10_000 })
      return first.rows.map((r) => ({ at: r.at, agency: r.agencyCode, purpose: purposeText(ctx, r.purpose), object: r.object, node: r.nodeCode }))
    },
  })
}

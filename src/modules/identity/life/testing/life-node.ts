import type { Officer, Person } from '../../../../platform/actor.ts'
import { createCtx, type Ctx } from '../../../../platform/ctx.ts'
import { newId } from '../../../../platform/ids.ts'
import { runDue } from '../../../../platform/jobs.ts'
import type { Node } from '../../../../platform/node.ts'
import { testDatabase, type TestDatabase } from '../../../../platform/testing/database.ts'
import { testNode } from '../../../../platform/testing/node.ts'
import { drainFollowers, listEvents } from '../../../ledger/index.ts'
import { insertAccount, type Account } from '../../citizens/account.store.ts'
import { identity } from '../../module.ts'
import { seedTerms } from '../terms/terms.ts'

/** A national node whose clock stands where the test puts it; messages are queued and not sent. */
export interface LifeNode {
  node: Node
  database: TestDatabase
  /** Puts the clock, Vietnam time: '2026-11-27T09:00'. */
  at(moment: string | Date): Date
  /** Runs every job that is due now, and the followers before them. */
  work(): Promise<void>
  openAccount(idNumber: string, more?: { phone?: string; email?: string; fullName?: string }): Promise<Account>
  asPerson(account: Account): Ctx & { actor: Person }
  asOfficer(id?: string, agencyCode?: string): Ctx & { actor: Officer }
  /** Keys of the messages asked for so far. */
  messages(like?: string): Promise<string[]>
  events(subject: string): Promise<string[]>
}

export async function lifeNode(t: { after(stop: () => Promise<unknown> | unknown): void }, begin = '2026-11-27T09:00'): Promise<LifeNode> {
  const database = await testDatabase(t)
  const read = (moment: string | Date): Date => (moment instanceof Date ? moment : new Date(`${moment}${moment.length === 16 ? ':00' : ''}+07:00`))
  let now = read(begin)
  const node = testNode(database.db, { code: 'VN', modules: [identity], now: () => now })
  await seedTerms(node)
  return {
    node, database,
    at: (moment) => (now = read(moment)),
    async work() {
      await drainFollowers(node)
      while (await runDue(node) > 0);
    },
    async openAccount(idNumber, { phone = '0912000001', email = 'thu@example.com', fullName = 'Nguyễn Thị Ví Dụ' } = {}) {
      const account = await database.db.begin((tx) => insertAccount(tx as never, 'VN', { idNumber, fullName, birthDate: '1990-03-27', phone, email, assurance: 2 }, now))
      return account!
    },
    asPerson: (account) => createCtx(node, { actor: { kind: 'person', id: account.id, subject: account.subject, name: account.fullName, assurance: 2, methods: ['otp', 'sms'], authenticatedAt: now, sessionId: newId() } }) as Ctx & { actor: Person },
    asOfficer: (id = newId(), agencyCode = 'VN') => createCtx(node, { actor: { kind: 'officer', id, name: 'Cán bộ Giả Định', agencyCode, unitId: null, roles: ['national-admin'], permissions: new Set(), methods: ['pwd', 'otp'], authenticatedAt: now, sessionId: newId() } }) as Ctx & { actor: Officer },
    messages: async (like = '%') => (await database.owner<{ key: string }[]>`SELECT key FROM notifications.message WHERE key LIKE ${like} ORDER BY created_at, key`).map((m) => m.key),
    events: async (subject) => (await listEvents(node.db, subject)).map((e) => e.type.replace('identity.', '')),
  }
}

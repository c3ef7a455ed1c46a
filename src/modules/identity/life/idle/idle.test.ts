import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transact } from '../../../../platform/ctx.ts'
import { openPersonSession } from '../../access/open-person-session.ts'
import { authenticate } from '../../access/authenticate.ts'
import { findAccount, mayLogIn, type Account } from '../../citizens/account.store.ts'
import { addMonths } from '../life-rules.ts'
import { lifeNode, type LifeNode } from '../testing/life-node.ts'
import { planIdleWatch, watchIdleAccounts } from './watch-idle-accounts.ts'

const daily = (life: LifeNode, moment: string): Promise<void> => (life.at(moment), watchIdleAccounts(life.node, {}, { id: 0, attempts: 1 }))
const logIn = (life: LifeNode, account: Account) => transact(life.asPerson(account), (tx) => openPersonSession(tx, life.asPerson(account), { accountId: account.id, assurance: 2, methods: ['hwk', 'user'], way: 'passkey' }, { device: '', oldSession: undefined }))
const told = (life: LifeNode, account: Account): Promise<string[]> => life.messages(`sms:identity.idle:${account.id}%`)

test('two years, two monthly notices, then the lock: each on its day and not the day before', async (t) => {
  const life = await lifeNode(t, '2024-01-31T10:00')
  const account = await life.openAccount('052090000011')
  await daily(life, '2026-01-30T02:00')
  assert.deepEqual(await told(life, account), [])
  await daily(life, '2026-01-31T02:00')
  assert.equal((await told(life, account)).length, 1)
  assert.equal((await life.messages(`email:identity.idle:${account.id}%`)).length, 1, 'by mail too')
  await daily(life, '2026-02-27T02:00')
  assert.equal((await told(life, account)).length, 1)
  await daily(life, '2026-02-28T02:00')
  assert.equal((await told(life, account)).length, 2, 'a month later, on the last day of a shorter month')
  await daily(life, '2026-03-27T02:00')
  assert.equal((await findAccount(life.node.db, account.id))!.state, 'active')
  await daily(life, '2026-03-28T02:00')
  const locked = (await findAccount(life.node.db, account.id))!
  assert.deepEqual([locked.state, locked.lockReason], ['locked', 'idle'])
  assert.deepEqual(await life.events(account.id), ['idle_notice_sent', 'idle_notice_sent', 'account_locked'])
})

test('who was last active on the 29th of February is told on the 28th two years later', async (t) => {
  const life = await lifeNode(t, '2024-02-29T10:00')
  const account = await life.openAccount('052090000011')
  await daily(life, '2026-02-27T02:00')
  assert.equal((await told(life, account)).length, 0)
  await daily(life, '2026-02-28T02:00')
  assert.equal((await told(life, account)).length, 1)
})

test('a job that runs twice, or twice at once, sends one notice; days that were missed shorten no month', async (t) => {
  const life = await lifeNode(t, '2024-01-10T10:00')
  const accounts = await Promise.all([11, 12, 13].map((n) => life.openAccount(`0520900000${n}`)))
  life.at('2026-05-01T02:00')
  await Promise.all([1, 2, 3].map(() => watchIdleAccounts(life.node, {}, { id: 0, attempts: 1 })))
  for (const account of accounts) assert.equal((await told(life, account)).length, 1)
  await daily(life, '2026-05-31T02:00')
  for (const account of accounts) assert.equal((await told(life, account)).length, 1, 'a month after the notice that was really sent')
  await daily(life, '2026-06-01T02:00')
  for (const account of accounts) assert.equal((await told(life, account)).length, 2)
})

test('a log-in or an act makes an account active again and begins the two years anew', async (t) => {
  const life = await lifeNode(t, '2024-01-10T10:00')
  const account = await life.openAccount('052090000011')
  await daily(life, '2026-01-10T02:00')
  assert.equal((await told(life, account)).length, 1)
  life.at('2026-02-05T23:30')
  await logIn(life, account)
  await life.work()
  const [kept] = await life.node.db<{ day: string }[]>`SELECT last_active_on AS day FROM identity.account WHERE id = ${account.id}`
  assert.equal(kept!.day, '2026-02-05', 'the day in Vietnam')
  await daily(life, '2026-02-10T02:00')
  await daily(life, '2028-02-04T02:00')
  assert.equal((await told(life, account)).length, 1)
  await daily(life, '2028-02-05T02:00')
  assert.equal((await told(life, account)).length, 2, 'a new series')
})

test('the owner unlocks alone by proving who he is, and is shown what happened; another lock stays', async (t) => {
  const life = await lifeNode(t)
  const account = await life.openAccount('052090000011')
  await life.node.db`UPDATE identity.account SET state = 'locked', lock_reason = 'idle' WHERE id = ${account.id}`
  assert.ok(mayLogIn((await findAccount(life.node.db, account.id))!))
  const { token } = await logIn(life, account)
  const actor = await authenticate(life.node, { cookies: {}, authorization: `Bearer ${token}` })
  assert.equal(actor.kind === 'person' && actor.mustSee, '/tai-khoan/da-mo-khoa')
  assert.ok((await life.events(account.id)).includes('account_unlocked'))
  await life.node.db`UPDATE identity.account SET state = 'locked', lock_reason = 'misuse' WHERE id = ${account.id}`
  const again = await logIn(life, account)
  assert.equal((await authenticate(life.node, { cookies: {}, authorization: `Bearer ${again.token}` })).kind, 'anonymous')
  assert.ok(!mayLogIn((await findAccount(life.node.db, account.id))!))
})

test('the daily run is planned once a day, and plans the next', async (t) => {
  const life = await lifeNode(t, '2026-11-27T01:00')
  for (let i = 0; i < 3; i++) await life.node.db.begin((tx) => planIdleWatch(tx as never, '2026-11-27'))
  life.at('2026-11-27T02:00')
  await life.work()
  const jobs = await life.database.owner<{ key: string }[]>`SELECT key FROM platform.job WHERE queue = 'identity.idle-accounts'`
  assert.deepEqual(jobs.map((j) => j.key), ['daily 2026-11-28'])
  assert.deepEqual([addMonths('2024-01-31', 1), addMonths('2024-02-29', 24), addMonths('2026-03-31', -1)], ['2024-02-29', '2026-02-28', '2026-02-28'])
})

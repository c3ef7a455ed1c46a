import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { systemCtx, transact } from '../../platform/ctx.ts'
import { runDue } from '../../platform/jobs.ts'
import type { Node } from '../../platform/node.ts'
import { newId } from '../../platform/ids.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { startStandIns } from '../../stand-ins/main.ts'
import { notifications, notifyPerson, sendSms, countUnread, type Notification } from './index.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('notifications', () => {
const firstPort = 14_000 + (process.pid % 600) * 10
let standIns: { stop(): Promise<void> }
before(async () => { standIns = await startStandIns({ host: '127.0.0.1', firstPort, key: 'test-secret-test-secret' }) })
after(() => standIns.stop())

async function nodeWithStandIns(t: { after(f: () => unknown): void }, now?: () => Date): Promise<Node> {
  const { db } = await testDatabase(t as never)
  const node = testNode(db, { modules: [notifications], ...(now ? { now } : {}) })
  Object.assign(node.config.standIns, { smsUrl: `http://127.0.0.1:${firstPort}`, smtpUrl: `smtp://127.0.0.1:${firstPort + 4}` })
  return node
}
const arrived = async (to: string): Promise<{ channel: string; text: string; subject?: string }[]> => (await fetch(`http://127.0.0.1:${firstPort}/messages?to=${encodeURIComponent(to)}`)).json() as never
const faults = (value: object): Promise<Response> => fetch(`http://127.0.0.1:${firstPort}/admin/faults`, { method: 'POST', body: JSON.stringify(value) })
const tell = (node: Node, notice: Partial<Notification>): Promise<void> => transact(systemCtx(node, 'test'), (tx) => notifyPerson(tx, systemCtx(node, 'test'), { event: 'dossier-accepted', params: { code: 'H21.15-261123-0007', procedure: 'Đăng ký khai sinh', agency: 'Phường Pleiku', due: '25/11/2026' }, key: '1', ...notice }))

test('a person is told once in the inbox, by text message and by mail', async (t) => {
  const node = await nodeWithStandIns(t)
  const personId = newId()
  const notice = { personId, contact: { phone: '0900000031', email: 'thunghiem31@example.com', name: 'Nguyễn Văn Thử' }, href: '/ho-so/1' }
  await tell(node, notice)
  await tell(node, notice)
  await runDue(node)
  assert.equal(await countUnread(node.db, personId), 1)
  const [sms, ...others] = await arrived('0900000031')
  assert.match(sms!.text, /H21\.15-261123-0007.*http:\/\/127\.0\.0\.1:3010\/ho-so\/1/)
  const [mail] = await arrived('thunghiem31@')
  assert.deepEqual([others.length, mail?.channel, mail?.subject], [0, 'email', 'Hồ sơ H21.15-261123-0007 đã được tiếp nhận'])
})

test('a message that was not committed is not sent', async (t) => {
  const node = await nodeWithStandIns(t)
  const ctx = systemCtx(node, 'test')
  await assert.rejects(transact(ctx, async (tx) => {
    await sendSms(tx, ctx, { to: '0900000032', textKey: 'notifications.nav.inbox', key: 'rolled back' })
    throw new Error('no')
  }))
  assert.equal(await runDue(node), 0)
})

test('a gateway that is down gets the message later, and its report ends the message and its content', async (t) => {
  let now = Date.now()
  const node = await nodeWithStandIns(t, () => new Date(now))
  await tell(node, { contact: { phone: '0900000033' } })
  await faults({ failNext: 1 })
  await runDue(node)
  assert.deepEqual(await arrived('0900000033'), [])
  now += 60_000
  await runDue(node)
  assert.equal((await arrived('0900000033')).length, 1)
  now += 60_000
  await runDue(node)
  const [row] = await node.db`SELECT state, attempts, sealed, recipient_hint FROM notifications.message`
  assert.deepEqual({ ...row }, { state: 'delivered', attempts: 2, sealed: null, recipient_hint: '•••033' })
})

test('a number that the gateway refuses ends the message without further tries', async (t) => {
  const node = await nodeWithStandIns(t)
  await tell(node, { contact: { phone: '123' } })
  await runDue(node)
  const [row] = await node.db`SELECT state, sealed, (SELECT count(*)::int FROM platform.job) AS jobs FROM notifications.message`
  assert.deepEqual({ ...row }, { state: 'failed', sealed: null, jobs: 0 })
})

test('neither number nor text of a waiting message can be read in the table', async (t) => {
  const node = await nodeWithStandIns(t)
  await tell(node, { contact: { phone: '0900000034' } })
  const [row] = await node.db<{ sealed: Buffer }[]>`SELECT sealed, to_jsonb(m) - 'sealed' AS rest FROM notifications.message m`
  assert.doesNotMatch(row!.sealed.toString('latin1') + row!.sealed.toString('utf16le') + JSON.stringify(row), /0900000034|Pleiku/)
})

test('a message that has become useless is not handed over late', async (t) => {
  let now = Date.now()
  const node = await nodeWithStandIns(t, () => new Date(now))
  const ctx = systemCtx(node, 'test')
  await transact(ctx, (tx) => sendSms(tx, ctx, { to: '0900000035', textKey: 'notifications.nav.inbox', key: 'code', expiresAt: new Date(now + 1000) }))
  now += 2000
  await runDue(node)
  const [row] = await node.db`SELECT state, sealed, error FROM notifications.message`
  assert.deepEqual([await arrived('0900000035'), { ...row }], [[], { state: 'failed', sealed: null, error: 'expired' }])
})
})

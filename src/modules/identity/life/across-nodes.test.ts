import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { after, before, suite, test, type TestContext } from 'node:test'
import type { Officer, Person } from '../../../platform/actor.ts'
import { createCtx, type Ctx } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/ids.ts'
import { runDue } from '../../../platform/jobs.ts'
import type { Node } from '../../../platform/node.ts'
import { exchangeCountry, type TestNode } from '../../exchange/testing/exchange-country.ts'
import { addAuditedObjects } from '../access/audited-objects.ts'
import { recordAccess, recordAudit } from '../access/access-log.ts'
import { createSession } from '../access/session.store.ts'
import { findAccount, findAccountByIdNumber, insertAccount, subjectForNode, upsertFromNational, type Account } from '../citizens/account.store.ts'
import { identity } from '../module.ts'
import { listReaders } from './access/list-readers.ts'
import { makePersonalCode, resolvePersonalCode } from './personal-code.ts'
import { personalCodeNodeRoutes } from './personal-code.page.tsx'
import { objectToRecovery } from './recovery/await-objection.ts'
import { confirmRecovery, startRecovery } from './recovery/start-recovery.ts'
import { eraseAccount } from './requests/erase-account.ts'

interface Known { idNumber: string; fullName: string; birthDate: string; phone: string; email: string; assurance: 2 }
interface Person_ { person: Known; account: Account; copy: Account }

// One country for all: starting two nodes takes longer than any of the stories.
suite('life of an account across nodes', () => {
let national!: TestNode
let province!: TestNode
let shift = 0
let count = 10
const move = (ms: number): void => void (shift += ms)
const stops: (() => unknown)[] = []
before(async () => {
  const nodes = await exchangeCountry({ after: (stop: () => unknown) => void stops.push(stop) } as TestContext, { now: () => new Date(Date.now() + shift), modules: () => [identity], routes: (node: Node) => (node.config.kind === 'national' ? personalCodeNodeRoutes : []) })
  ;[national, province] = [nodes.VN!, nodes.H21!]
  await national.start()
  await province.start()
})
after(async () => {
  for (const stop of stops.reverse()) await stop()
})

/** Somebody new, known at both nodes. */
async function somebody(): Promise<Person_> {
  const person: Known = { idNumber: `0520900000${++count}`, fullName: 'Nguyễn Văn Thử Nghiệm', birthDate: '1990-03-27', phone: `09120000${count}`, email: 'thu@example.com', assurance: 2 }
  const account = (await national.node.db.begin((tx) => insertAccount(tx as never, 'VN', person, national.node.now())))!
  const subject = await subjectForNode(national.node.db, account.id, 'H21')
  const { account: copy } = await province.node.db.begin((tx) => upsertFromNational(tx as never, { ...person, subject }, province.node.now()))
  return { person, account, copy }
}

const officer = (node: Node, id = newId()): Ctx & { actor: Officer } => createCtx(node, { actor: { kind: 'officer', id, name: 'Cán bộ Giả Định', agencyCode: 'H21.101', unitId: null, roles: [], permissions: new Set(), methods: [], authenticatedAt: node.now(), sessionId: newId() } }) as Ctx & { actor: Officer }

async function until(what: string, check: () => Promise<boolean>, patience = 60_000): Promise<number> {
  const begin = performance.now()
  while (!(await check())) {
    assert.ok(performance.now() - begin < patience, `${what} within ${patience} ms`)
    await sleep(50)
  }
  return performance.now() - begin
}

test('a thousand reads at a province, by person and by object alone, all show to the person at the national node within a minute', async (t) => {
  const { account, copy } = await somebody()
  addAuditedObjects('test', { ownerOf: async (_db, id) => (id === 'd-1' ? { subjectId: copy.id } : undefined), namesOf: async () => new Map() })
  t.after(() => addAuditedObjects('test', { ownerOf: async () => undefined, namesOf: async () => new Map() }))
  const ctx = officer(province.node)
  const begin = performance.now()
  for (let i = 0; i < 1000; i += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, n) => (n < 10 ? recordAccess(ctx.db, ctx, { subjectId: n < 5 ? copy.id : copy.subject, objectId: `d-${i + n}`, purpose: 'dossiers.handle' })
      : recordAudit(ctx, { method: 'GET', path: '/desk/things/:id/:file', access: 'officer', audit: 'dossiers.handle', handler: () => assert.fail() }, { id: 'd-1', file: `f-${i + n}` }))))
  }
  await until('all 1,000 arrive', async () => (await listReaders(national.node.db, account, {})).total >= 1000)
  const took = performance.now() - begin
  t.diagnostic(`1,000 reads written and visible after ${Math.round(took)} ms`)
  assert.ok(took < 60_000)
  const shown = await listReaders(national.node.db, account, { size: 2000 })
  assert.deepEqual([shown.total, shown.rows.length, shown.agencies], [1000, 1000, ['H21.101']])
  assert.equal(new Set(shown.rows.map((r) => r.object)).size, 1000, 'each once')
  assert.ok(shown.rows.every((r) => r.nodeCode === 'H21'))
  assert.equal((await listReaders(province.node.db, copy, {})).total, 1000)
})

test('a dossier filed at another node is known by that node’s subject; a read that fails writes nothing anywhere', async () => {
  const { account } = await somebody()
  const ctx = officer(province.node)
  const foreign = await subjectForNode(national.node.db, account.id, 'G01')
  await recordAccess(ctx.db, ctx, { subjectId: foreign, subjectNode: 'G01', objectId: 'x', purpose: 'dossiers.handle' })
  await assert.rejects(ctx.db.begin(async (tx) => {
    await recordAccess(tx as never, ctx, { subjectId: foreign, subjectNode: 'G01', objectId: 'y', purpose: 'dossiers.handle' })
    throw new Error('undone')
  }))
  await until('the read arrives', async () => (await listReaders(national.node.db, account, {})).total > 0)
  await recordAccess(ctx.db, ctx, { subjectId: 'somebody-without-account', objectId: 'z', purpose: 'dossiers.handle' })
  await until('all is delivered', async () => (await province.node.db`SELECT 1 FROM exchange.outbox WHERE delivered_at IS NULL`).length === 0)
  assert.deepEqual((await listReaders(national.node.db, account, {})).rows.map((r) => r.object), ['x'])
})

test('a personal code is good once, for minutes, at any node, and says nothing itself', async () => {
  const { person, account, copy } = await somebody()
  const own = createCtx(national.node, { actor: { kind: 'person', id: account.id, subject: account.subject, name: '', assurance: 2, methods: [], authenticatedAt: national.node.now(), sessionId: newId() } }) as Ctx & { actor: Person }
  const again = (): Ctx & { actor: Person } => ({ ...own, now: national.node.now() })
  await until('the province is enrolled', async () => (await national.node.db`SELECT 1 FROM exchange.node_certificate WHERE node_code = 'H21' AND status = 'active'`).length > 0)
  const ask = (text: string, at = province): ReturnType<typeof resolvePersonalCode> => resolvePersonalCode(at.node.db, at.node, text, at.node.now())
  let code = await makePersonalCode(again())
  assert.match(code.text, /^MC1:[\w-]{22}$/)
  assert.deepEqual(await ask(code.text), { subject: copy.subject, idNumber: person.idNumber, fullName: person.fullName, birthDate: person.birthDate }, 'by the subject of the node that asks')
  assert.equal(await ask(code.text), undefined, 'used')
  assert.equal(await ask(code.letters), undefined, 'the letters are the same code')
  code = await makePersonalCode(again())
  assert.equal((await ask(` ${code.letters.toLowerCase()} `, national))?.idNumber, person.idNumber, 'typed, at the national node')
  code = await makePersonalCode(again())
  const newer = await makePersonalCode(again())
  assert.equal(await ask(code.text), undefined, 'a newer code ends the older')
  const both = await Promise.all([ask(newer.text), ask(newer.text, national)])
  assert.equal(both.filter(Boolean).length, 1, 'of two desks at once one learns who it is')
  code = await makePersonalCode(again())
  move(code.expiresAt.getTime() - national.node.now().getTime())
  assert.equal(await ask(code.text, national), undefined, 'late')
  for (const text of ['', 'MC1:', 'MC2:AAAAAAAAAAAAAAAAAAAAAA', '052090000011']) assert.equal(await ask(text), undefined)
  const dump = JSON.stringify([await national.database.owner`SELECT * FROM identity.personal_code`, await national.database.owner`SELECT * FROM ledger.event`])
  assert.ok(!dump.includes(code.text.slice(4)) && !dump.includes(code.letters.replace('-', '')))
})

test('a question about a code that the asking node did not sign is answered like a wrong code', async () => {
  const answers = await Promise.all(['{}', 'x', JSON.stringify({ from: 'H21', question: 'a.b.c' })].map(async (body) => (await fetch(`${national.gate.url}/exchange/v1/personal-code`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status))
  assert.deepEqual(answers, [404, 404, 404])
})

test('a lost telephone: two officers, a waiting time, a notice to the old one; the new one counts at the exact end', async () => {
  const { person, account } = await somebody()
  const [first, second] = [officer(province.node), officer(province.node)]
  assert.deepEqual((await startRecovery(first, { idNumber: '1', phone: '2', card: '', seen: false })).map((e) => e.field), ['idNumber', 'phone', 'card', 'seen'])
  assert.deepEqual(await startRecovery(first, { idNumber: person.idNumber, phone: '0987654321', card: 'Căn cước 052090000011', seen: true }), [])
  assert.equal((await startRecovery(second, { idNumber: person.idNumber, phone: '0987654322', card: 'Căn cước 1', seen: true }))[0]!.field, 'idNumber', 'one at a time')
  const [row] = await province.node.db<{ id: string }[]>`SELECT id FROM identity.recovery WHERE state = 'started'`
  await assert.rejects(confirmRecovery(first, row!.id), /RECOVERY_SAME_OFFICER/)
  await confirmRecovery(second, row!.id)
  const found = async (): Promise<{ state: string; effectiveAt: Date } | undefined> => (await national.node.db<{ state: string; effectiveAt: Date }[]>`SELECT state, effective_at AS "effectiveAt" FROM identity.recovery WHERE account_id = ${account.id}`)[0]
  await until('the case arrives', async () => (await found()) !== undefined)
  const messages = async (): Promise<string[]> => (await national.database.owner<{ key: string }[]>`SELECT key FROM notifications.message WHERE key LIKE '%identity.recovery%' ORDER BY key`).map((m) => m.key.replace(row!.id, ''))
  assert.deepEqual(await messages(), ['email:identity.recovery::old', 'sms:identity.recovery::new', 'sms:identity.recovery::old'])
  await national.node.db.begin((tx) => createSession(tx as never, { kind: 'person', accountId: account.id, assurance: 2, methods: [], now: national.node.now() }))
  const { effectiveAt } = (await found())!
  move(effectiveAt.getTime() - national.node.now().getTime() - 5_000)
  while (await runDue(national.node) > 0);
  assert.equal((await findAccount(national.node.db, account.id))!.phone, person.phone, 'not yet')
  move(5_000)
  while (await runDue(national.node) > 0);
  assert.equal((await findAccount(national.node.db, account.id))!.phone, '0987654321')
  const [left] = await national.node.db<{ sessions: number; statements: number }[]>`SELECT (SELECT count(*)::int FROM identity.session WHERE ended_at IS NULL AND account_id = ${account.id}) AS sessions, (SELECT count(*)::int FROM identity.recovery WHERE statement <> '') AS statements`
  assert.deepEqual(left, { sessions: 0, statements: 0 })
})

test('whoever holds the old telephone stops the change; a number without an account ends silently', async () => {
  const { person, account } = await somebody()
  const start = async (idNumber: string): Promise<void> => {
    await startRecovery(officer(province.node), { idNumber, phone: '0987654321', card: 'Căn cước 1', seen: true })
    const [row] = await province.node.db<{ id: string }[]>`SELECT id FROM identity.recovery WHERE state = 'started'`
    await confirmRecovery(officer(province.node), row!.id)
  }
  await start(person.idNumber)
  await start('001099000099')
  await until('both arrive', async () => (await national.node.db`SELECT 1 FROM identity.recovery WHERE state IN ('waiting', 'refused')`).length === 2)
  const ctx = createCtx(national.node)
  assert.equal(await objectToRecovery(ctx, { letters: 'AAAAA-AAAAA', source: '10.0.0.9' }), false)
  assert.equal(await objectToRecovery(ctx, { accountId: account.id }), true)
  assert.equal(await objectToRecovery(ctx, { accountId: account.id }), false)
  move(80 * 3_600_000)
  while (await runDue(national.node) > 0);
  assert.equal((await findAccount(national.node.db, account.id))!.phone, person.phone)
  assert.deepEqual((await national.node.db<{ state: string }[]>`SELECT state FROM identity.recovery WHERE state <> 'done' ORDER BY state`).map((r) => r.state), ['objected', 'refused'])
})

test('an account closed at the national node is emptied at the others too', async () => {
  const { person, account, copy } = await somebody()
  const { send } = await import('../../exchange/index.ts')
  const ctx = createCtx(national.node)
  await national.node.db.begin(async (tx) => {
    await send(tx as never, ctx, { to: 'H21', service: 'identity.account_closed', subject: newId(), payload: { subject: copy.subject } })
    await eraseAccount(tx as never, ctx, account.id)
  })
  await until('the copy is emptied', async () => (await findAccountByIdNumber(province.node.db, person.idNumber)) === undefined)
  assert.equal(await findAccount(province.node.db, copy.id), undefined)
})
})

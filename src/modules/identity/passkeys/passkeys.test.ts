import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Actor, Officer, Person } from '../../../platform/actor.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { parseConfig } from '../../../platform/config.ts'
import { randomToken } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { demoCitizens } from '../../../stand-ins/demo-people.ts'
import { authenticate } from '../access/authenticate.ts'
import { openChallenge } from '../access/challenge.store.ts'
import { openPersonSession } from '../access/open-person-session.ts'
import { insertAccount } from '../citizens/account.store.ts'
import { addOfficer } from '../officers/add-officer.ts'
import { openOfficerSession } from '../officers/open-officer-session.ts'
import { Authenticator, type Behaviour } from '../testing/authenticator.ts'
import { addPasskey, ownerOf, passkeyToMake } from './add-passkey.ts'
import { logInByPasskey, passkeyToFind, waitingOfficer, type PasskeyOutcome } from './log-in-by-passkey.ts'
import { passkeySite } from './passkey-site.ts'
import { listPasskeys } from './passkey.store.ts'
import { removePasskey } from './remove-passkey.ts'

suite('passkeys', () => {
interface Place { node: Node; move(seconds: number): void; as(actor?: Actor): Ctx; /** Somebody new, logged in. */ person(): Promise<Person>; actorOf(token: string): Promise<Actor> }

let here!: Place
const stops: (() => unknown)[] = []
before(async () => { here = await place() })
after(async () => {
  for (const stop of stops.reverse()) await stop()
})

async function place(): Promise<Place> {
  const { db } = await testDatabase({ after: (stop: () => unknown) => void stops.push(stop) })
  const people = [...demoCitizens]
  let shift = 0
  const node = testNode(db, { code: 'VN', now: () => new Date(Date.now() + shift) })
  const as = (actor?: Actor): Ctx => createCtx(node, actor ? { actor } : {})
  const actorOf = (token: string): Promise<Actor> => authenticate(node, { cookies: {}, authorization: `Bearer ${token}` })
  return {
    node, as, actorOf,
    move: (seconds) => void (shift += seconds * 1000),
    async person() {
      const ctx = as()
      const { token } = await transact(ctx, async (tx) => {
        const account = await insertAccount(tx, 'VN', { ...people.shift()!, assurance: 2 }, ctx.now)
        return openPersonSession(tx, ctx, { accountId: account!.id, assurance: 2, methods: ['otp', 'sms'], way: 'sms-code' }, { device: '', oldSession: undefined })
      })
      return (await actorOf(token)) as Person
    },
  }
}

async function withKey(actor: Person | Officer, options: { synced?: boolean } = {}): Promise<Authenticator> {
  const device = new Authenticator(passkeySite(here.node.config), options)
  const added = await addPasskey(here.as(actor), actor, { name: 'Máy của tôi', response: device.make(await passkeyToMake(here.as(actor), actor)) })
  assert.equal(added.kind, 'added')
  return device
}

interface Try { audience?: 'person' | 'officer'; actor?: Actor; browser?: string; answeredBy?: string; behaviour?: Behaviour; change?: (response: string) => string }

async function logIn(device: Authenticator, { audience = 'person', actor, browser = randomToken(), answeredBy = browser, behaviour, change = (r) => r }: Try = {}): Promise<PasskeyOutcome> {
  const ctx = here.as(actor)
  const options = await passkeyToFind(ctx, browser, audience === 'officer' ? await waitingOfficer(ctx, browser) : undefined)
  return logInByPasskey(ctx, audience, { response: change(device.find(options, behaviour)), returnTo: '/ho-so', stepToken: answeredBy, source: '192.0.2.1', device: '', oldSession: undefined })
}

test('a passkey logs its owner in at medium strength, and says whether it can be copied', async () => {
  const [one, two] = [await here.person(), await here.person()]
  const outcome = await logIn(await withKey(one))
  assert.ok(outcome.kind === 'logged-in')
  assert.equal(outcome.returnTo, '/ho-so')
  const actor = await here.actorOf(outcome.token)
  assert.ok(actor.kind === 'person' && actor.id === one.id && actor.assurance === 2)
  assert.deepEqual(actor.methods, ['hwk', 'user'])
  const synced = await logIn(await withKey(two, { synced: true }))
  const other = synced.kind === 'logged-in' && await here.actorOf(synced.token)
  assert.deepEqual(other && other.kind === 'person' && other.methods, ['swk', 'user'])
  assert.deepEqual((await listPasskeys(here.node.db, ownerOf(two))).map((p) => [p.name, p.synced]), [['Máy của tôi', true]])
})

test('an answer that was tampered with, is for another site, or without the person at the device, is refused', async () => {
  const device = await withKey(await here.person())
  const flip = (field: string) => (response: string): string => {
    const answer = JSON.parse(response) as { response: Record<string, string> }
    const bytes = Buffer.from(answer.response[field]!, 'base64url')
    bytes[bytes.length - 3]! ^= 1
    answer.response[field] = bytes.toString('base64url')
    return JSON.stringify(answer)
  }
  const wrong: Try[] = [
    { change: flip('signature') }, { change: flip('authenticatorData') }, { change: flip('clientDataJSON') }, { change: () => 'no answer' }, { change: () => '{}' },
    { behaviour: { isVerified: false } }, { behaviour: { origin: 'https://motcua.example' } }, { answeredBy: 'another browser' }, { audience: 'officer' },
  ]
  for (const attempt of wrong) assert.equal((await logIn(device, attempt)).kind, 'wrong', JSON.stringify(attempt))
  assert.equal((await logIn(device, { change: (r) => r.replaceAll(device.id, '\\u0000') })).kind, 'wrong', 'what no database takes')
  assert.equal((await logIn(new Authenticator(passkeySite(here.node.config)))).kind, 'wrong', 'a key that nobody added')
  assert.equal((await logIn(device)).kind, 'logged-in')
})

test('a challenge is answered once, and within five minutes', async () => {
  const device = await withKey(await here.person())
  const browser = randomToken()
  const options = await passkeyToFind(here.as(), browser, undefined)
  const send = (response: string) => logInByPasskey(here.as(), 'person', { response, returnTo: '/', stepToken: browser, source: '192.0.2.1', device: '', oldSession: undefined })
  const answer = device.find(options)
  const both = await Promise.all([send(answer), send(answer)])
  assert.deepEqual(both.map((o) => o.kind).sort(), ['logged-in', 'wrong'], 'sent twice at once: one log-in')
  assert.equal((await send(device.find(options))).kind, 'wrong', 'the same challenge again')
  const late = device.find(await passkeyToFind(here.as(), browser, undefined))
  here.move(301)
  assert.equal((await send(late)).kind, 'wrong')
})

test('a count that does not rise tells a copied key', async () => {
  const device = await withKey(await here.person())
  assert.equal((await logIn(device, { behaviour: { counter: 7 } })).kind, 'logged-in')
  for (const counter of [7, 3]) assert.equal((await logIn(device, { behaviour: { counter } })).kind, 'wrong')
  assert.equal((await logIn(device, { behaviour: { counter: 8 } })).kind, 'logged-in')
})

test('a removed passkey and one of a locked account open nothing', async () => {
  const [one, two] = [await here.person(), await here.person()]
  const [first, second] = [await withKey(one), await withKey(two)]
  const [key] = await listPasskeys(here.node.db, ownerOf(one))
  await removePasskey(here.as(two), two, key!.id)
  assert.equal((await logIn(first)).kind, 'logged-in', 'nobody removes another one’s')
  await removePasskey(here.as(one), one, key!.id)
  assert.equal((await logIn(first)).kind, 'wrong')
  await here.node.db`UPDATE identity.account SET state = 'locked' WHERE id = ${two.id}`
  assert.equal((await logIn(second)).kind, 'wrong')
})

test('who is logged in proves himself with his own passkey, not with another one’s', async () => {
  const [one, two] = [await here.person(), await here.person()]
  const [own, other] = [await withKey(one), await withKey(two)]
  assert.equal((await logIn(other, { actor: one })).kind, 'other-account')
  assert.equal((await logIn(own, { actor: one })).kind, 'logged-in')
})

test('a key is added once, for the session that asked, and with the person at the device', async () => {
  const [one, two] = [await here.person(), await here.person()]
  const device = new Authenticator(passkeySite(here.node.config))
  const add = async (actor: Person, response: string) => (await addPasskey(here.as(actor), actor, { name: 'x', response })).kind
  const options = await passkeyToMake(here.as(one), one)
  assert.equal(await add(two, device.make(options)), 'wrong', 'asked for by another session')
  assert.equal(await add(one, device.make(options, { isVerified: false })), 'wrong')
  assert.equal(await add(one, device.make(options)), 'added')
  assert.equal(await add(one, new Authenticator(passkeySite(here.node.config)).make(options)), 'wrong', 'the same challenge again')
  assert.equal(await add(two, device.make(await passkeyToMake(here.as(two), two))), 'known')
})

test('an officer logs in by passkey alone, or with it after the password; then only with his own', async () => {
  const system = systemCtx(here.node, 'test')
  const officer = async (login: string): Promise<Officer> => {
    const id = await addOfficer(system, { login, password: 'a long enough password', totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', name: login, agencyCode: 'VN', roles: ['one-stop'] })
    const { token } = await transact(system, (tx) => openOfficerSession(tx, system, { officerId: id!, assurance: 2, methods: ['pwd', 'otp'], way: 'test' }, { device: '', oldSession: undefined }))
    return (await here.actorOf(token)) as Officer
  }
  const [one, two] = [await officer('mot.thu'), await officer('hai.thu')]
  const [own, other] = [await withKey(one), await withKey(two)]
  const methods = async (outcome: PasskeyOutcome): Promise<readonly string[]> => { const actor = outcome.kind === 'logged-in' && await here.actorOf(outcome.token); return actor && actor.kind === 'officer' ? actor.methods : [outcome.kind] }
  assert.deepEqual(await methods(await logIn(own, { audience: 'officer' })), ['hwk', 'user'])
  assert.equal((await logIn(own)).kind, 'wrong', 'not a person’s')
  const afterPassword = () => transact(system, (tx) => openChallenge(tx, { purpose: 'officer', officerId: one.id, throttleKey: 'test', returnTo: '/desk', lang: 'vi', now: system.now }))
  const first = await afterPassword()
  assert.equal((await logIn(other, { audience: 'officer', browser: first.token })).kind, 'wrong')
  assert.deepEqual(await methods(await logIn(own, { audience: 'officer', browser: first.token })), ['pwd', 'hwk', 'user'])
})

test('passkeys are made for the name of the site; at an IP address for localhost', () => {
  const { config } = testNode(undefined as never, { code: 'VN' })
  assert.deepEqual(passkeySite(config), { rpId: 'localhost', origin: 'http://localhost:3010' })
  assert.deepEqual(passkeySite(parseConfig({ ...config, baseUrl: 'https://dichvucong.example' })), { rpId: 'dichvucong.example', origin: 'https://dichvucong.example' })
})
})

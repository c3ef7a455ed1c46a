import assert from 'node:assert/strict'
import { before, beforeEach, suite, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { h } from 'preact'
import { anonymous, type Actor } from '../actor.ts'
import type { Tx } from '../db.ts'
import { publicChanged } from '../public-state.ts'
import { testDatabase, type TestDatabase } from '../testing/database.ts'
import { testNode } from '../testing/node.ts'
import { blank, finishPage, gzipFor } from './finished-page.ts'
import { PageMemory } from './page-memory.ts'
import { json, page, redirect, type Reply } from './reply.ts'
import type { Req, Route } from './route.ts'
import { buildServer, csrfFor } from './server.ts'

suite('remembered pages', () => {
let database: TestDatabase
let server: FastifyInstance
let actor: Actor
let now: Date
/** What the handler answers; it is asked once for each drawing. */
let answer: (req: Req) => Promise<Reply> | Reply
let drawn: number

before(async () => {
  database = await testDatabase()
  const node = testNode(database.db, { now: () => now })
  const remembered: Route = { method: 'GET', path: '/trang/:code', access: 'public', remember: true, handler: (req) => { drawn++; return answer(req) } }
  const posted: Route = { method: 'POST', path: '/gui', access: 'public', handler: () => redirect('/trang/a') }
  server = await buildServer(node, {
    routes: [remembered, posted], authenticate: async () => actor, logInPaths: { person: '/a', officer: '/b' },
    failurePage: (failure) => page(h('p', null), { title: failure.kind, status: failure.kind === 'csrf' ? 403 : 500 }),
    // The title stands for the content; a title with 'form' has a form.
    render: (reply, req, state) => `<html lang="${req.ctx.lang}"><style nonce="${state.nonce}"></style><h1>${reply.title} ${drawn} ${'Thủ tục hành chính. '.repeat(200)}</h1>${reply.title.includes('form') ? `<input name="_csrf" value="${csrfFor(node, state)}">` : ''}<script nonce="${state.nonce}"></script></html>`,
  })
})
let pageNumber = 0
beforeEach(() => {
  actor = anonymous
  now = new Date('2026-11-27T03:00:00Z')
  drawn = 0
  answer = () => page(h('p', null), { title: 'content' })
  pageNumber++
})

async function get(url: string, headers: Record<string, string> = {}) {
  const reply = await server.inject({ url, headers: { 'accept-encoding': 'gzip', ...headers } })
  const body = reply.headers['content-encoding'] === 'gzip' ? gunzipSync(reply.rawPayload).toString() : reply.body
  const policy = String(reply.headers['content-security-policy'] ?? '')
  return { status: reply.statusCode, headers: reply.headers, body, policyNonce: /script-src 'nonce-([^']+)'/.exec(policy)?.[1], nonces: [...body.matchAll(/nonce="([^"]*)"/g)].map((m) => m[1]!), token: /name="_csrf" value="([^"]*)"/.exec(body)?.[1], cookies: [reply.headers['set-cookie'] ?? []].flat() }
}
const address = (): string => `/trang/${pageNumber}`
const change = (): Promise<unknown> => database.db.begin(async (tx) => {
  await tx`UPDATE catalogue.sector SET name_en = 'changed'`
  publicChanged(tx as Tx)
})

test('a page is drawn once for all, and every visitor gets the nonce of his own policy', async () => {
  const [one, other] = [await get(address()), await get(address())]
  assert.equal(drawn, 1)
  assert.deepEqual([one.status, one.body.includes('content 1')], [200, true])
  for (const visitor of [one, other]) assert.deepEqual([...new Set(visitor.nonces)], [visitor.policyNonce])
  assert.notEqual(one.policyNonce, other.policyNonce)
  assert.equal(one.body.replaceAll(one.policyNonce!, ''), other.body.replaceAll(other.policyNonce!, ''))
  assert.ok(!`${one.body} ${JSON.stringify(one.headers)}`.includes(blank.nonce))
  assert.match(String(one.headers.vary), /accept-encoding/)
})

test('every visitor gets a cookie and a form token of his own, and the form of a remembered page can be sent', async () => {
  answer = () => page(h('p', null), { title: 'form' })
  const visitors = [await get(address()), await get(address())]
  assert.equal(drawn, 1)
  const [one, other] = visitors.map((v) => ({ cookie: v.cookies[0]!.split(';')[0]!, token: v.token! }))
  assert.notEqual(one!.cookie, other!.cookie)
  assert.notEqual(one!.token, other!.token)
  const send = (cookie: string, token: string) => server.inject({ method: 'POST', url: '/gui', headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams({ _csrf: token }).toString() })
  assert.equal((await send(one!.cookie, one!.token)).statusCode, 303)
  assert.equal((await send(one!.cookie, other!.token)).statusCode, 403)
  const again = await get(address(), { cookie: one!.cookie })
  assert.deepEqual([again.cookies, again.token, drawn], [[], one!.token, 1])
})

test('address with its query and language have pages of their own; a language that is asked for is kept in the cookie of who asked', async () => {
  assert.match((await get(address())).body, /lang="vi"/)
  assert.match((await get(address(), { cookie: 'mc_lang=en' })).body, /lang="en"/)
  const chosen = await get(`${address()}?lang=en`)
  assert.match(chosen.body, /lang="en"/)
  assert.equal(chosen.headers['content-language'], 'en')
  assert.ok(chosen.cookies.some((c) => c.startsWith('mc_lang=en')))
  assert.ok(!(await get(`${address()}?lang=en`, { cookie: 'mc_lang=en' })).cookies.some((c) => c.startsWith('mc_lang')))
  assert.match((await get(address())).body, /lang="vi"/)
  await get(`${address()}?trang=2`)
  assert.equal(drawn, 4)
})

test('who has logged in is never answered from the memory and never fills it', async () => {
  const person: Actor = { kind: 'person', id: 'p', subject: 's', name: 'Nguyễn Văn Thử', assurance: 2, methods: ['otp'], authenticatedAt: now, sessionId: 's' }
  answer = ({ ctx }) => page(h('p', null), { title: ctx.actor.kind })
  actor = person
  assert.match((await get(address())).body, /person 1/)
  actor = anonymous
  assert.match((await get(address())).body, /anonymous 2/)
  actor = person
  const own = await get(address())
  assert.match(own.body, /person 3/)
  assert.deepEqual([own.headers['cache-control'], own.headers.etag], ['no-store', undefined])
})

test('the handler of a page that is drawn for everybody gets nothing that belongs to the visitor', async () => {
  let seen: Req | undefined
  answer = (req) => { seen = req; return page(h('p', null), { title: 'content' }) }
  await get(address(), { cookie: 'secret=1', 'user-agent': 'one of a kind' })
  assert.deepEqual([seen!.cookies, seen!.headers, seen!.ip], [{}, {}, ''])
})

test('after a change in this process the very next request shows it, also when the page was being drawn meanwhile', async () => {
  await get(address())
  await change()
  assert.match((await get(address())).body, /content 2/)
  let draw: () => void = () => {}
  const held = new Promise<void>((resolve) => { draw = resolve })
  let begun: () => void = () => {}
  const inside = new Promise<void>((resolve) => { begun = resolve })
  answer = async () => { begun(); await held; return page(h('p', null), { title: 'old' }) }
  const slow = get(`${address()}?moi`)
  await inside
  await change()
  answer = () => page(h('p', null), { title: 'new' })
  assert.match((await get(`${address()}?moi`)).body, /new/)
  draw()
  assert.match((await slow).body, /old/)
  assert.match((await get(`${address()}?moi`)).body, /new/)
})

test('what another process changed is shown within a second', async () => {
  await get(address())
  await database.owner`UPDATE catalogue.sector SET name_en = 'elsewhere'`
  const changed = performance.now()
  while ((await get(address())).body.includes('content 1')) {
    assert.ok(performance.now() - changed < 1300)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
})

test('a page lasts until the time that it names, and no page outlives its day', async () => {
  answer = () => page(h('p', null), { title: 'content', until: new Date('2026-11-27T03:00:05Z') })
  await get(address())
  now = new Date('2026-11-27T03:00:04Z')
  assert.match((await get(address())).body, /content 1/)
  now = new Date('2026-11-27T03:00:05Z')
  answer = () => page(h('p', null), { title: 'content' })
  assert.match((await get(address())).body, /content 2/)
  now = new Date('2026-11-27T16:59:59Z')
  assert.match((await get(address())).body, /content 2/)
  now = new Date('2026-11-27T17:00:00Z')
  assert.match((await get(address())).body, /content 3/)
})

test('several who ask at once wait for one drawing', async () => {
  answer = async () => { await new Promise((resolve) => setTimeout(resolve, 20)); return page(h('p', null), { title: 'content' }) }
  const all = await Promise.all([1, 2, 3, 4].map(() => get(address())))
  assert.equal(drawn, 1)
  assert.equal(new Set(all.map((a) => a.policyNonce)).size, 4)
})

test('data, failures, other statuses and pages with cookies are not kept', async () => {
  answer = () => json({ hello: 1 })
  const programs = { accept: 'application/ld+json' }
  await get(address())
  assert.deepEqual([(await get(address(), programs)).body, (await get(address())).body, drawn], ['{"hello":1}', '{"hello":1}', 3])
  answer = () => page(h('p', null), { title: 'content' })
  await get(address())
  answer = () => json({ hello: 2 })
  assert.equal((await get(address(), programs)).body, '{"hello":2}', 'a program gets data where a page is remembered')
  await change()
  for (const [kind, next] of Object.entries<() => Reply>({ gone: () => page(h('p', null), { title: 'gone', status: 404 }), cookie: () => page(h('p', null), { title: 'cookie', cookies: [{ name: 'own', value: '1' }] }) })) {
    answer = next
    const first = await get(address())
    const nonce = [...new Set(first.nonces)]
    assert.deepEqual([first.status === 200, nonce], [kind === 'cookie', [first.policyNonce]])
    const before = drawn
    await get(address())
    assert.equal(drawn, before + 1)
  }
  answer = () => { throw new Error('out of order') }
  assert.equal((await get(address())).status, 500)
  answer = () => page(h('p', null), { title: 'again' })
  assert.match((await get(address())).body, /again/)
})

test('a browser that still has the page is told so, and keeps the policy of its copy; a page with a form is always sent', async () => {
  const first = await get(address())
  const etag = String(first.headers.etag)
  const kept = await get(address(), { 'if-none-match': etag })
  assert.deepEqual([kept.status, kept.body, kept.headers['content-security-policy'], kept.headers.etag], [304, '', undefined, etag])
  assert.equal((await get(address(), { 'if-none-match': 'W/"another"' })).status, 200)
  assert.equal((await get(address(), { 'if-none-match': etag, cookie: 'mc_lang=en' })).status, 200)
  answer = () => page(h('p', null), { title: 'form' })
  const form = await get(`${address()}?form`)
  assert.equal((await get(`${address()}?form`, { 'if-none-match': String(form.headers.etag) })).status, 200)
})

test('packed or not, the page is the same', async () => {
  const plain = await server.inject({ url: address() })
  const packed = await get(address())
  const bare = (body: string): string => body.replace(/nonce="[^"]*"/g, '')
  assert.equal(plain.headers['content-encoding'], undefined)
  assert.equal(bare(plain.body), bare(packed.body))
})

test('values are filled in at every place and length, and the checksum holds', () => {
  for (const text of ['', 'x', 'é'.repeat(70_000), ...Array.from({ length: 20 }, (_, i) => 'Thủ tục '.repeat(i * 37))]) {
    const html = `${blank.nonce}${text}${blank.csrf}${text}${blank.nonce}${text}`
    const filled = gunzipSync(gzipFor(finishPage(html, {}, ''), { nonce: 'n'.repeat(22), csrf: 'c'.repeat(43) })).toString()
    assert.equal(filled, html.replaceAll(blank.nonce, 'n'.repeat(22)).replaceAll(blank.csrf, 'c'.repeat(43)))
  }
})

test('the memory has a size, and what was not asked for longest goes first', () => {
  const finished = finishPage(Array.from({ length: 3000 }, (_, i) => (i * 7919) % 10_007).join(), {}, '')
  const memory = new PageMemory(finished.size * 10)
  const until = new Date(now.getTime() + 1000)
  for (let i = 0; i < 10; i++) memory.keep(`page ${i}`, 's', until, finished)
  assert.ok(memory.find('page 0', 's', now))
  memory.keep('page 10', 's', until, finished)
  assert.equal(memory.size, finished.size * 10)
  assert.deepEqual(['page 0', 'page 1', 'page 10'].map((key) => memory.find(key, 's', now) !== undefined), [true, false, true])
  assert.equal(memory.find('page 0', 'another state', now), undefined)
  assert.equal(memory.size, finished.size * 9, 'what is out of date takes no room')
})
})

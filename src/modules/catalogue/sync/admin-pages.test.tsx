import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Actor } from '../../../platform/actor.ts'
import { transact, systemCtx } from '../../../platform/ctx.ts'
import { statusOf } from '../../../platform/http/failures.ts'
import { page } from '../../../platform/http/reply.ts'
import { buildServer, csrfFor } from '../../../platform/http/server.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { renderFragment, type PageContext } from '../../../ui/index.ts'
import { exchange } from '../../exchange/index.ts'
import { organisations } from '../../organisations/index.ts'
import { catalogue } from '../index.ts'
import { portalClientRoutes, portalClientsPath } from '../portal-formats/portal-clients.page.tsx'
import { catalogueSyncPath, catalogueSyncRoutes } from './catalogue-sync.page.tsx'
import { keepCopyCheck } from './copy-check.store.ts'

async function site(t: TestContext, permissions: string[], code = 'VN') {
  const { db } = await testDatabase(t)
  const node = testNode(db, { code, modules: [organisations, exchange, catalogue], now: () => new Date('2026-11-22T09:00:00+07:00') })
  await organisations.seed!(node)
  const actor: Actor = { kind: 'officer', id: 'o1', name: 'Cán bộ', agencyCode: 'H21', unitId: null, roles: [], permissions: new Set(permissions), methods: ['pwd', 'otp'], authenticatedAt: new Date(), sessionId: 's' }
  const app = await buildServer(node, {
    routes: [...catalogueSyncRoutes, ...portalClientRoutes], authenticate: async () => actor, logInPaths: { person: '/a', officer: '/b' },
    failurePage: (failure) => page(<p>refused</p>, { title: '', status: statusOf(failure) }),
    render: (reply, req, state) => {
      const { name, brand, helpPhone } = node.config
      const context: PageContext = { t: req.ctx.t, lang: req.ctx.lang, nonce: state.nonce, csrf: csrfFor(node, state), actor, brand: { name, ...brand, phone: helpPhone }, path: '/admin', query: req.query, assets: (file) => `/assets/${file}`, islands: [], nav: [] }
      return renderFragment(reply.node, context)
    },
  })
  t.after(() => app.close())
  const get = (url: string) => app.inject({ url, headers: { cookie: 'mc_csrf_test=abc' } })
  const token = (await get(permissions.includes('catalogue.sync') ? catalogueSyncPath : portalClientsPath)).body.match(/name="_csrf" value="([^"]+)"/)?.[1] ?? ''
  const post = (url: string, fields: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url, headers: { cookie: 'mc_csrf_test=abc', 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams({ _csrf: token, ...fields }).toString() })
  return { node, get, post }
}

test('the page of copies says for each system how its copy is, since when, and what differs', async (t) => {
  const { node, get, post } = await site(t, ['catalogue.sync'])
  assert.match((await get(`${catalogueSyncPath}?lang=en`)).body, /No system is connected yet/)
  const ctx = systemCtx(node, 'test')
  const base = { madeAt: ctx.now, checkedAt: ctx.now, versions: 60, missing: 0, differing: 0, extra: 0, damaged: 0, entries: [] }
  await transact(ctx, async (tx) => {
    await keepCopyCheck(tx, { ...base, nodeCode: 'H21', missing: 1, entries: [{ code: '1.001193', version: 2, is: 'missing' }] })
    await keepCopyCheck(tx, { ...base, nodeCode: 'G01', differing: 2, extra: 1, entries: [{ code: '9.000001', version: 1, is: 'extra' }] })
    await keepCopyCheck(tx, { ...base, nodeCode: 'G24', madeAt: new Date(ctx.now.getTime() - 3 * 24 * 3600_000) })
  })
  const { body } = await get(`${catalogueSyncPath}?lang=en`)
  for (const part of ['Behind by 1 version<', '3 versions differ', 'Not heard for over two days', '09:00, 22/11/2026', 'Ministry of Public Security (G01)', 'href="/thu-tuc/1.001193/phien-ban/2"', 'The copy has it, the national portal does not']) assert.ok(body.includes(part), part)
  assert.match((await get(`${catalogueSyncPath}?lang=vi`)).body, /Thiếu 1 phiên bản/)
  assert.equal((await post(`${catalogueSyncPath}/ask`)).headers.location, `${catalogueSyncPath}?done=asked`)
})

test('at a local node the page tells of its own copy, and the button sends the comparison', async (t) => {
  const { node, get, post } = await site(t, ['catalogue.sync'], 'H21')
  assert.match((await get(`${catalogueSyncPath}?lang=en`)).body, /Not compared yet/)
  await post(`${catalogueSyncPath}/ask`)
  assert.equal((await node.db`SELECT FROM exchange.outbox WHERE service = 'catalogue.digest' AND to_node = 'VN'`).length, 1)
})

test('accounts of client systems: mistakes keep what was typed, the password is shown once, disabling asks first', async (t) => {
  const { node, get, post } = await site(t, ['catalogue.portal-clients'])
  const wrong = await post(`${portalClientsPath}?lang=en`, { username: 'Á', agency: 'H99' })
  assert.equal(wrong.statusCode, 400)
  for (const part of ['value="Á"', 'value="H99"', 'href="#username"', 'href="#agency"']) assert.ok(wrong.body.includes(part), part)
  const added = await post(`${portalClientsPath}?lang=en`, { username: 'Gia-Lai', agency: 'h21' })
  const password = /<span class="mc-code">([\w-]{24})<\/span>/.exec(added.body)?.[1]
  assert.ok(added.statusCode === 200 && password)
  const list = (await get(portalClientsPath)).body
  assert.ok(list.includes('gia-lai') && !list.includes(password))
  assert.ok(!(await node.db<{ h: string }[]>`SELECT password_hash AS h FROM catalogue.portal_client`)[0]!.h.includes(password))
  assert.equal((await post(portalClientsPath, { username: 'gia-lai', agency: 'H21' })).statusCode, 400)
  assert.match((await get(`${portalClientsPath}/gia-lai/disable?lang=en`)).body, /Disable the account gia-lai\?/)
  assert.equal((await post(`${portalClientsPath}/gia-lai/disable`)).statusCode, 303)
  assert.match((await get(`${portalClientsPath}?lang=en`)).body, /Disabled/)
  assert.equal((await get(`${portalClientsPath}/gia-lai/disable`)).statusCode, 404)
})

test('without the right neither page opens', async (t) => {
  const { get, post } = await site(t, [])
  for (const path of [catalogueSyncPath, portalClientsPath, `${portalClientsPath}/x/disable`]) assert.equal((await get(path)).statusCode, 403, path)
  for (const path of [`${catalogueSyncPath}/ask`, portalClientsPath, `${portalClientsPath}/x/disable`]) assert.equal((await post(path)).statusCode, 403, path)
})

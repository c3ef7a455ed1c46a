import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Actor } from '../../platform/actor.ts'
import { statusOf } from '../../platform/http/failures.ts'
import { page } from '../../platform/http/reply.ts'
import { buildServer, csrfFor } from '../../platform/http/server.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { renderFragment, type PageContext } from '../../ui/index.ts'
import { calendarHref, calendarPath, removeOverridePath } from './hrefs.ts'
import { calendarModule } from './index.ts'

async function site(t: TestContext, permissions: string[]) {
  const { db } = await testDatabase(t)
  const node = testNode(db, { modules: [calendarModule], now: () => new Date('2026-11-22T09:00:00+07:00') })
  const actor: Actor = { kind: 'officer', id: 'o1', name: 'Cán bộ', agencyCode: 'H21', unitId: null, roles: [], permissions: new Set(permissions), methods: ['pwd', 'otp'], authenticatedAt: new Date(), sessionId: 's' }
  const app = await buildServer(node, {
    routes: calendarModule.routes!(node), authenticate: async () => actor, logInPaths: { person: '/a', officer: '/b' },
    failurePage: (failure) => page(<p>refused</p>, { title: '', status: statusOf(failure) }),
    render: (reply, req, state) => {
      const { name, brand, helpPhone } = node.config
      const context: PageContext = { t: req.ctx.t, lang: req.ctx.lang, nonce: state.nonce, csrf: csrfFor(node, state), actor, brand: { name, ...brand, phone: helpPhone }, path: calendarPath, query: req.query, assets: (file) => `/assets/${file}`, islands: [], nav: [] }
      return renderFragment(reply.node, context)
    },
  })
  t.after(() => app.close())
  const get = (url: string) => app.inject({ url, headers: { cookie: 'mc_csrf_test=abc' } })
  const token = (await get(calendarPath)).body.match(/name="_csrf" value="([^"]+)"/)?.[1] ?? ''
  const post = (url: string, fields: Record<string, string>) =>
    app.inject({ method: 'POST', url, headers: { cookie: 'mc_csrf_test=abc', 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams({ _csrf: token, ...fields }).toString() })
  return { get, post }
}

test('the calendar page lists the year\'s days off with their reasons', async (t) => {
  const { get } = await site(t, ['calendar.manage'])
  const { body } = await get(`${calendarPath}?lang=en`)
  assert.match(body, /Working calendar 2026/)
  assert.match(body, /7:00–11:30, 13:30–17:00/)
  assert.match(body, /24\/11\/2026.*Vietnamese Culture Day/)
  assert.match(body, /27\/04\/2026.*In lieu of Hùng Kings/)
  assert.match(body, /22\/08\/2026.*Make-up day/)
})

test('a decision shows what it moves, then is confirmed and taken back; the date shows it', async (t) => {
  const { get, post } = await site(t, ['calendar.manage'])
  const added = await post(calendarPath, { 'date-day': '17', 'date-month': '3', 'date-year': '2027', kind: 'off', reason: 'Ngày hội tỉnh', source: 'QĐ 12/2027' })
  assert.equal(added.statusCode, 303)
  const change = String(added.headers.location)
  assert.match(change, /^\/admin\/calendar\/changes\//)
  assert.match((await get(change)).body, /17\/03\/2027.*Ngày hội tỉnh.*QĐ 12\/2027/)
  assert.doesNotMatch((await get(calendarHref(2027))).body, /Ngày hội tỉnh/, 'nothing holds before it is confirmed')
  const confirmed = await post(`${change}/confirm`, {})
  assert.deepEqual([confirmed.statusCode, confirmed.headers.location], [303, calendarHref(2027, true)])
  assert.equal((await post(`${change}/drop`, {})).statusCode, 409)
  assert.match((await get(calendarHref(2027))).body, /17\/03\/2027.*Ngày hội tỉnh.*QĐ 12\/2027/)
  const removed = await post(removeOverridePath, { date: '2027-03-17' })
  assert.equal((await post(`${String(removed.headers.location)}/confirm`, {})).statusCode, 303)
  assert.doesNotMatch((await get(calendarHref(2027))).body, /Ngày hội tỉnh/)
  assert.equal((await post(removeOverridePath, { date: '2027-03-17' })).statusCode, 404)
})

test('office hours of one agency are proposed, dropped, proposed again and confirmed; the rules stand beside them with their articles', async (t) => {
  const { get, post } = await site(t, ['calendar.manage'])
  const hours = { agencyCode: 'H21.101', 'validFrom-day': '1', 'validFrom-month': '10', 'validFrom-year': '2026', sessions: '7:30-12:00, 13:00-16:30', source: 'QĐ 9/2026' }
  const wrong = await post('/admin/calendar/hours', { ...hours, agencyCode: 'Pleiku', sessions: '12:00-7:30', 'validTo-day': '1', 'validTo-month': '9', 'validTo-year': '2026' })
  assert.equal(wrong.statusCode, 400)
  for (const field of ['agencyCode', 'sessions', 'validTo']) assert.match(wrong.body, new RegExp(`href="#${field}`))
  const dropped = String((await post('/admin/calendar/hours', hours)).headers.location)
  assert.equal((await post(`${dropped}/drop`, {})).headers.location, '/admin/calendar/hours')
  const change = String((await post('/admin/calendar/hours', hours)).headers.location)
  assert.match((await get(change)).body, /H21\.101.*01\/10\/2026.*7:30–12:00, 13:00–16:30/)
  assert.equal((await post(`${change}/confirm`, {})).headers.location, '/admin/calendar/hours?saved=1')
  const { body } = await get('/admin/calendar/hours?lang=en')
  assert.match(body, /H21\.101.*7:30–12:00, 13:00–16:30.*QĐ 9\/2026/)
  assert.match(body, /Nghị định 118\/2025\/NĐ-CP \(received from 01\/07\/2025 on\).*after 15:00.*Once, told 1 days.*Nghị định 61\/2018/)
  const gone = await post('/admin/calendar/hours/remove', { agency: 'H21.101', from: '2026-10-01' })
  assert.equal((await post(`${String(gone.headers.location)}/confirm`, {})).statusCode, 303)
  assert.equal((await post('/admin/calendar/hours/remove', { agency: 'H21.101', from: '2026-10-01' })).statusCode, 404)
})

test('a wrong decision is shown again with what was typed and a sentence for each field', async (t) => {
  const { post } = await site(t, ['calendar.manage'])
  const { statusCode, body } = await post(calendarHref(2026), { 'date-day': '31', 'date-month': '2', 'date-year': '2026', kind: '', reason: 'Bão số 9', source: '' })
  assert.equal(statusCode, 400)
  for (const field of ['date', 'kind', 'source']) assert.match(body, new RegExp(`href="#${field}"`))
  assert.match(body, /value="31"/)
  assert.match(body, /value="Bão số 9"/)
})

test('an officer without the right is refused', async (t) => {
  const { get } = await site(t, [])
  assert.equal((await get(calendarPath)).statusCode, 403)
})

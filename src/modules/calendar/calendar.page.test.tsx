import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Actor } from '../../platform/actor.ts'
import { statusOf } from '../../platform/http/failures.ts'
import { page } from '../../platform/http/reply.ts'
import { buildServer, csrfFor } from '../../platform/http/server.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { renderFragment, type PageContext } from '../../ui/index.ts'
import { systemCtx } from '../../platform/ctx.ts'
import { decideChange } from './decide-change.ts'
import { calendarHref, calendarPath, removeOverridePath } from './hrefs.ts'
import { calendarModule } from './index.ts'
import { loadCalendar } from './load-calendar.ts'
import { proposeChange } from './propose-change.ts'
import { defaultRuleSet, ruleNames } from './rule-set.ts'
import { runClock } from './run-clock.ts'

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

const newRules = {
  title: 'Nghị định 9/2027/NĐ-CP', code: 'nd-9-2027', 'validFrom-day': '1', 'validFrom-month': '1', 'validFrom-year': '2027', inDayCutoff: '16:00', workingDayHours: '8', firstReactionHours: '4', stops: 'supplement', afterSupplement: 'anew', extensions: '2', extensionNoticeDays: '3',
  ...Object.fromEntries(ruleNames.map((name) => [`article-${name}`, `Nghị định 9/2027/NĐ-CP, ${name}`])),
}

test('new rules of time limits are proposed with their ground, hold from their day, and are taken back before it', async (t) => {
  const { get, post } = await site(t, ['calendar.manage'])
  assert.match((await get('/admin/calendar/rules/new')).body, /name="inDayCutoff"[^>]*value="15:00"/, 'begins with what holds now')
  const wrong = await post('/admin/calendar/rules/new', { ...newRules, title: '', code: 'ND 9', 'validFrom-year': '2026', inDayCutoff: '25:00', workingDayHours: '0', afterSupplement: '', 'article-end': '' })
  assert.equal(wrong.statusCode, 400)
  for (const field of ['title', 'code', 'validFrom', 'inDayCutoff', 'workingDayHours', 'afterSupplement', 'article-end']) assert.match(wrong.body, new RegExp(`href="#${field}`), field)
  assert.match(wrong.body, /value="25:00"/, 'what was typed is still there')
  const change = String((await post('/admin/calendar/rules/new', newRules)).headers.location)
  assert.match((await get(change)).body, /Nghị định 9\/2027\/NĐ-CP \(tiếp nhận từ 01\/01\/2027\).*sau 16:00.*Trong 4 giờ.*Chờ người nộp bổ sung hồ sơ.*2 lần/)
  assert.equal((await post(`${change}/confirm`, {})).headers.location, '/admin/calendar/hours?saved=1')
  assert.match((await get('/admin/calendar/hours')).body, /Nghị định 118\/2025\/NĐ-CP \(tiếp nhận từ 01\/07\/2025 đến trước 01\/01\/2027\)/)
  assert.equal((await post('/admin/calendar/rules/new', { ...newRules, code: 'nd-10-2027' })).statusCode, 400, 'nothing begins before what is planned')
  const back = String((await post('/admin/calendar/rules/remove', { code: 'nd-9-2027' })).headers.location)
  assert.equal((await post(`${back}/confirm`, {})).statusCode, 303)
  assert.match((await get('/admin/calendar/hours')).body, /Nghị định 118\/2025\/NĐ-CP \(tiếp nhận từ 01\/07\/2025\)/)
  assert.equal((await post('/admin/calendar/rules/remove', { code: 'nd-118-2025' })).statusCode, 404, 'what holds stays')
})

test('a dossier counts by the rules of the day on which it was received', async (t) => {
  const { db } = await testDatabase(t)
  const node = testNode(db, { modules: [calendarModule] })
  const { title, code } = newRules
  const rules = { ...defaultRuleSet.rules, inDayCutoff: 960, afterSupplement: 'anew' as const }
  await decideChange(systemCtx(node, 'test'), { id: await proposeChange(systemCtx(node, 'test'), { kind: 'rules', data: { code, title, validFrom: '2999-01-01', rules, articles: {} } }), decision: 'confirmed' })
  const calendar = await loadCalendar(db)
  const limit = { value: 1, unit: 'working-day' } as const
  const run = (receivedAt: string) => runClock(calendar, { receivedAt: new Date(receivedAt), limit, options: { inDay: true }, ruleSet: null, changes: [] })
  assert.deepEqual([run('2998-12-31T15:30:00+07:00').ruleSet.code, run('2999-01-01T15:30:00+07:00').ruleSet.code], ['nd-118-2025', code])
  assert.equal(run('2999-01-02T15:30:00+07:00').due.toISOString(), '2999-01-02T10:00:00.000Z', 'before the new hour it is answered the same day')
})

test('the database itself keeps the rules that hold or held', async (t) => {
  const { db } = await testDatabase(t)
  await assert.rejects(db`DELETE FROM calendar.rule_set WHERE code = 'nd-118-2025'`, /hold or held/)
  await assert.rejects(db`UPDATE calendar.rule_set SET valid_to = '2030-01-01' WHERE code = 'nd-61-2018'`, /ended on/)
  await assert.rejects(db`UPDATE calendar.rule_set SET rules = '{}'`, /permission denied/)
})

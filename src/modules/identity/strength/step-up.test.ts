import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { json, text } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { TestBrowser } from '../testing/browser.ts'
import { smallCountry } from '../testing/small-country.tsx'
import { alsoKnown, known, logIn, proveAt } from '../testing/stories.ts'
import { demandStrength } from './demand-strength.ts'
import { forgetLogInWays } from '../ways/log-in-ways.ts'

/** A page for every log-in whose act asks for a certificate, a page for certificates alone, and an API. */
const got: Record<string, string | string[]>[] = []
const routes: Route[] = [
  { method: 'GET', path: '/thu/manh', access: { assurance: 3 }, handler: ({ ctx }) => text(`strong ${ctx.actor.kind === 'person' && ctx.actor.assurance}`) },
  { method: 'POST', path: '/thu/viet', access: 'person', handler: (req) => (demandStrength(req.ctx.actor, 3), got.push({ ...req.form.fields }), text('written')) },
  { method: 'POST', path: '/thu/viet-thuong', access: 'person', handler: (req) => (got.push({ ...req.form.fields }), text('written')) },
  { method: 'POST', path: '/api/thu', access: 'person', kind: 'api', handler: (req) => (demandStrength(req.ctx.actor, 3), json({})) },
]
const country = await smallCountry({ after }, { extraRoutes: routes })
const { national, province } = country

/** Token of the pages at a node, as any page of it carries one. */
async function csrfAt(browser: TestBrowser, url: string): Promise<string> {
  const { html } = await browser.open(`${url}/tai-khoan`)
  return /name="_csrf" value="([^"]+)"/.exec(html)![1]!
}

test('a page that asks for a certificate leads to the ways that reach it, and back to the same place', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser)
  const asked = await browser.open(`${national.url}/thu/manh?a=1`)
  assert.equal(asked.url, `${national.url}/dang-nhap/nang-muc?muc=3&tiep=${encodeURIComponent('/thu/manh?a=1')}`)
  assert.match(asked.html, /Cần đăng nhập ở mức xác thực 3/)
  assert.match(asked.html, /href="\/dang-nhap\/dinh-danh-dien-tu\?muc=3&amp;tiep=%2Fthu%2Fmanh%3Fa%3D1"/)
  assert.match(asked.html, /dang-nhap\/sim-ky-so/)
  await national.node.db`UPDATE identity.log_in_way SET valid_to = '2026-09-01' WHERE way = 'sim' AND valid_to IS NULL`
  forgetLogInWays()
  assert.doesNotMatch((await browser.open(asked.url)).html, /dang-nhap\/sim-ky-so/, 'a way that the rules have closed is not offered')
  await proveAt(country, browser, 3)
  assert.match((await browser.open(asked.url)).url, /\/thu\/manh\?a=1$/, 'who proved enough goes on')
  assert.equal(browser.page.html, 'strong 3')
})

test('at a local node the same page leads to the national node, which asks for more, and back', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { at: province.url })
  const asked = await browser.open(`${province.url}/thu/manh?a=1`)
  assert.match(asked.url, new RegExp(`^${national.url}/dang-nhap/nang-muc\\?muc=3&tiep=%2Fdang-nhap%2Ftiep%2F`))
  const tiep = new URL(asked.url).searchParams.get('tiep')!
  await proveAt(country, browser, 3)
  const back = await browser.open(`${national.url}${tiep}`)
  assert.equal(back.url, `${province.url}/thu/manh?a=1`)
  assert.equal(back.html, 'strong 3')
  assert.deepEqual((await province.database.owner`SELECT methods FROM identity.session ORDER BY created_at DESC LIMIT 1`)[0]!.methods, ['hwk', 'pin'])
})

test('who has proved more at the national node than at the local one is not asked again', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { at: province.url })
  await proveAt(country, browser, 3)
  const there = await browser.open(`${province.url}/thu/manh`)
  assert.equal(there.html, 'strong 3')
  assert.ok(there.hops.every((hop) => !hop.includes('/dang-nhap/tiep/')))
})

test('who does not want to prove more says so, and the local node says what follows', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { at: province.url })
  const asked = await browser.open(`${province.url}/thu/manh`)
  const leave = /href="(\/dang-nhap\/tiep\/[^"]+thoi=1)"/.exec(asked.html)![1]!
  const back = await browser.open(`${national.url}${leave}`)
  assert.equal(back.status, 400)
  assert.match(back.html, /không cho phép lần đăng nhập này/)
})

test('what was posted by somebody whose log-in was too weak is offered again after the step-up, with a button', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { at: province.url })
  const asked = await browser.post(`${province.url}/thu/viet?buoc=2`, { _csrf: await csrfAt(browser, province.url), name: 'Đặng “Thử”\nNghiệm', empty: '' })
  assert.match(asked.url, /\/dang-nhap\/nang-muc/)
  await proveAt(country, browser, 3)
  const offered = await browser.open(`${national.url}${new URL(asked.url).searchParams.get('tiep')!}`)
  assert.match(offered.url, new RegExp(`^${province.url}/lam-tiep/`))
  assert.match(offered.html, /Làm tiếp ở nơi đã dừng/)
  got.length = 0
  assert.equal((await browser.submit({}, '/thu/viet?buoc=2')).html, 'written')
  const { _csrf: _token, ...fields } = got[0]!
  assert.deepEqual(fields, { name: 'Đặng “Thử”\nNghiệm', empty: '' })
})

test('what was posted after the session had ended is offered again to the same person in the same browser only', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser)
  const csrf = await csrfAt(browser, national.url)
  country.moveClock(31 * 60)
  const asked = await browser.post(`${national.url}/thu/viet-thuong`, { _csrf: csrf, note: 'a' })
  assert.match(asked.url, new RegExp(`^${national.url}/dang-nhap\\?tiep=%2Flam-tiep%2F`))
  const resume = `${national.url}${new URL(asked.url).searchParams.get('tiep')!}`
  const stranger = new TestBrowser()
  await proveAt(country, stranger, 2, known)
  assert.equal((await stranger.open(resume)).status, 404, 'another browser')
  await proveAt(country, browser, 2, alsoKnown)
  assert.equal((await browser.open(resume)).status, 403, 'another person at this browser')
  await proveAt(country, browser, 2, known)
  await browser.open(resume)
  got.length = 0
  assert.equal((await browser.submit({}, '/thu/viet-thuong')).html, 'written')
  assert.equal(got[0]!.note, 'a')
  country.moveClock(31 * 60)
  assert.equal((await browser.open(resume)).status, 404, 'kept for half an hour')
  const [row] = await national.database.owner`SELECT sealed FROM identity.kept_form ORDER BY created_at DESC LIMIT 1`
  assert.doesNotMatch(String(row!.sealed), /note|thu\/viet/)
})

test('nothing is kept of a form that another site posts, of one that is too long, or where nobody was logged in', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser)
  const csrf = await csrfAt(browser, national.url)
  country.moveClock(31 * 60)
  const before = await national.database.owner`SELECT count(*)::int AS n FROM identity.kept_form`
  assert.equal((await browser.post(`${national.url}/thu/viet-thuong`, { note: 'a' })).status, 403)
  assert.notEqual((await browser.post(`${national.url}/thu/viet-thuong`, { _csrf: csrf, note: 'ă'.repeat(40_000) })).status, 200)
  browser.cookies.delete('mc_session_vn')
  await browser.post(`${national.url}/thu/viet-thuong`, { _csrf: csrf, note: 'a' })
  assert.deepEqual(await national.database.owner`SELECT count(*)::int AS n FROM identity.kept_form`, before)
})

test('files are not kept, and the page says so', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser)
  const csrf = await csrfAt(browser, national.url)
  const body = new FormData()
  for (const [name, value] of [['_csrf', csrf], ['note', 'with a file']] as const) body.append(name, value)
  body.append('paper', new Blob([Buffer.alloc(300_000)]), 'paper.pdf')
  const response = await fetch(`${national.url}/thu/viet`, { method: 'POST', body, redirect: 'manual', headers: { cookie: [...browser.cookies].map(([n, c]) => `${n}=${c.value}`).join('; ') } })
  assert.equal(response.status, 303)
  const token = /mc_form_vn=([^;]+)/.exec(response.headers.getSetCookie().join('\n'))![1]!
  browser.cookies.set('mc_form_vn', { value: token, path: '/' })
  const resume = new URL(response.headers.get('location')!, national.url).searchParams.get('tiep')!
  assert.match((await browser.open(`${national.url}${resume}`)).html, /Tệp đính kèm không được giữ/)
})

test('an API answers what is required, for programs too', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser)
  const response = await fetch(`${national.url}/api/thu`, { method: 'POST', headers: { authorization: `Bearer ${browser.cookie('mc_session_vn')}`, 'content-type': 'application/json' }, body: '{}' })
  assert.equal(response.status, 403)
  assert.match(response.headers.get('content-type')!, /problem\+json/)
  const problem = (await response.json()) as { code: string; params: object }
  assert.equal(problem.code, 'identity.STRONGER_LOG_IN_NEEDED')
  assert.deepEqual(problem.params, { level: 3 })
})

test('a visitor whom the national portal sends is logged in silently where he has a session there, and reads on as a visitor where not', async () => {
  const browser = new TestBrowser()
  const visitor = await browser.open(`${province.url}/?q=1&vnconnect=1`)
  assert.equal(visitor.url, `${province.url}/?q=1`)
  assert.equal(visitor.status, 200)
  assert.equal(browser.cookie('mc_session_h21'), undefined)
  assert.ok(visitor.hops.some((hop) => hop.includes('prompt=none')))
  await proveAt(country, browser, 2)
  const person = await browser.open(`${province.url}/?q=1&vnconnect=1`)
  assert.equal(person.url, `${province.url}/?q=1`)
  assert.ok(browser.cookie('mc_session_h21'))
})

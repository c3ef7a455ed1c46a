import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { buildApp } from '../../../app.ts'
import type { Sql, Tx } from '../../../platform/db.ts'
import { root } from '../../../platform/root.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { axeFindings, openBrowser } from '../../../ui/testing/browser.ts'
import { catalogue } from '../index.ts'
import { shippedQuestions } from '../questions/shipped-questions.ts'
import { reviewProcedures } from '../review/review-procedures.ts'
import { shippedProcedures } from '../seed/shipped-procedures.ts'
import { officer, site } from '../testing/site.tsx'
// @ts-expect-error plain JavaScript without types
import { buildAssets } from '../../../../scripts/build-assets.mjs'

const shots = process.env.SHOTS

suite('catalogue in the browser', () => {
let db: Sql
let node: Node
let manifest: Record<string, string>

before(async () => {
  manifest = (await buildAssets()) as Record<string, string>
  db = (await testDatabase()).db
  node = testNode(db, { code: 'VN', modules: [catalogue] })
  await catalogue.seed!(node)
  await db.begin((tx) => reviewProcedures(tx as Tx, node, shippedProcedures.map((p) => p.content.code), node.now()))
})

test('a page that the browser kept works under the policy with which it came', async (t) => {
  const { server } = await buildApp(node)
  const statuses: number[] = []
  server.addHook('onResponse', async (request, reply) => { if (request.url === '/thu-tuc/1.001193') statuses.push(reply.statusCode) })
  await server.listen({ port: 0, host: '127.0.0.1' })
  const browser = await openBrowser()
  t.after(async () => { await browser.close(); await server.close() })
  const at = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  const tab = await browser.newPage()
  const broken: string[] = []
  tab.on('pageerror', (e) => broken.push(e.message))
  tab.on('console', (line) => { if (line.type() === 'error') broken.push(line.text()) })
  // The button is shown by a script, the brand's colour comes from the style with the nonce.
  const works = async (): Promise<void> => {
    await tab.locator('[data-print]:not([hidden])').waitFor({ timeout: 8000 })
    assert.equal(await tab.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--mc-brand')), '#9B1B1E')
  }
  await tab.goto(`${at}/thu-tuc/1.001193`)
  await works()
  await tab.goto(`${at}/thong-tin`)
  await tab.goto(`${at}/thu-tuc/1.001193`)
  await works()
  assert.deepEqual(statuses, [200, 304])
  assert.deepEqual(broken, [])
})

test('suggestions are reached by keyboard, said to screen readers, and closed by Escape', async (t) => {
  const { server } = await buildApp(node)
  await server.listen({ port: 0, host: '127.0.0.1' })
  const browser = await openBrowser()
  t.after(async () => { await browser.close(); await server.close() })
  const at = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  const tab = await browser.newPage({ bypassCSP: true, viewport: { width: 390, height: 800 } })
  const broken: string[] = []
  tab.on('pageerror', (e) => broken.push(e.message))
  await tab.goto(`${at}/thu-tuc`)
  const box = tab.locator('#search')
  await box.pressSequentially('khai si')
  await tab.locator('[role=option]').first().waitFor({ timeout: 8000 })
  assert.equal(await box.getAttribute('role'), 'combobox')
  assert.equal(await box.getAttribute('aria-expanded'), 'true')
  assert.ok((await tab.locator('[role=option]').count()) <= 8)
  assert.match((await tab.locator('[role=status]').allTextContents()).join(' '), /gợi ý/)
  await box.press('ArrowDown')
  const chosen = await box.getAttribute('aria-activedescendant')
  assert.equal(await tab.locator(`#${chosen}`).getAttribute('aria-selected'), 'true')
  assert.deepEqual(await axeFindings(tab), [])
  if (shots) await tab.screenshot({ path: join(shots, 'suggest.png') })
  await box.press('Escape')
  assert.equal(await box.getAttribute('aria-expanded'), 'false')
  await box.press('ArrowDown')
  await box.press('ArrowDown')
  await box.press('ArrowUp')
  await box.press('Enter')
  assert.deepEqual(broken, [])
  await tab.waitForURL(/\/thu-tuc\/1\.001193$|su-kien=/)
})

test('axe finds nothing on questions, data quality and reports, for the public and for officers', async (t) => {
  const css = { portal: readFileSync(join(root, 'build/assets', manifest['app.css']!), 'utf8'), desk: readFileSync(join(root, 'build/assets', manifest['desk.css']!), 'utf8') }
  const { as, speak, get, post } = await site(t, node, catalogue.routes!(node), { whole: true })
  const browser = await openBrowser()
  t.after(() => browser.close())
  const tab = await browser.newPage({ bypassCSP: true, viewport: { width: 1100, height: 900 } })
  const look = async (name: string, html: string, sheet: string): Promise<void> => {
    await tab.setContent(html.replace('</head>', `<style>${sheet}</style></head>`))
    if (shots) await tab.screenshot({ path: join(shots, `${name.replace(/\W+/g, '-')}.png`), fullPage: true })
    assert.deepEqual(await axeFindings(tab), [], name)
  }
  for (const path of ['/hoi-dap', '/hoi-dap?q=zzzz', `/hoi-dap/${shippedQuestions[0]!.id}`, '/chat-luong-du-lieu', '/chat-luong-du-lieu?bo=G15', '/bao-loi-du-lieu?thu-tuc=1.001193', '/bao-loi-du-lieu/theo-doi?ma=BL-261122-AAAAAAAA', '/thu-tuc?q=zzzzqqq', '/thu-tuc/1.001193']) {
    speak(path.includes('hoi-dap') ? 'en' : 'vi')
    await look(path, (await get(path)).body, css.portal)
  }
  await look('a report with mistakes', (await post('/bao-loi-du-lieu', { kind: '', words: '' })).body, css.portal)
  const sent = await post('/bao-loi-du-lieu', { kind: 'wrong', code: '1.001193', words: 'Lệ phí ghi chưa đúng' })
  await look('a report sent', (await get(String(sent.headers.location))).body, css.portal)
  as(officer('G22', 'catalogue.questions', 'catalogue.quality', 'catalogue.review', 'catalogue.reports'))
  const [report] = await db<{ id: string }[]>`SELECT id FROM catalogue.report LIMIT 1`
  await post('/admin/quality-of-data/ask/1.004837', { request: '' }, '/admin/quality-of-data/procedure/1.004837')
  for (const path of ['/admin/questions', '/admin/questions/new', `/admin/questions/edit/${shippedQuestions[0]!.id}`, `/admin/questions/publish/${shippedQuestions[0]!.id}`, '/admin/quality-of-data', '/admin/quality-of-data/procedure/1.004837', '/admin/reports', `/admin/reports/${report!.id}`]) {
    speak(path.includes('reports') ? 'en' : 'vi')
    await look(path, (await get(path)).body, css.desk)
  }
})
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import type { VNode } from 'preact'
import type { Browser } from 'playwright-core'
import { root } from '../../platform/root.ts'
import { ErrorPage, Gallery, LiveRegion, loadAssets, renderDocument, renderFragment, type ErrorKind } from '../index.ts'
import { axeFindings, openBrowser } from '../testing/browser.ts'
import { samplePage } from '../testing/sample-page.ts'
// @ts-expect-error plain JavaScript without types
import { buildAssets } from '../../../scripts/build-assets.mjs'

// Hooks of a file without a suite would run for every file of the process.
suite('gallery', () => {
const kinds: ErrorKind[] = ['notFound', 'signIn', 'forbidden', 'conflict', 'csrf', 'tooLarge', 'tooMany', 'method', 'badRequest', 'unavailable', 'fault']
const types: Record<string, string> = { css: 'text/css', js: 'text/javascript', woff2: 'font/woff2' }
let browser: Browser
let server: Server
let address = ''
let loads = 0

function LiveExample(): VNode {
  return <LiveRegion source="/stream" at="14:05"><span data-live="total">1.234</span><p id="part" data-live-part>{loads}</p></LiveRegion>
}

before(async () => {
  await buildAssets()
  const assets = loadAssets(root)
  server = createServer((request, reply) => {
    const url = new URL(request.url ?? '/', 'http://x')
    if (url.pathname.startsWith('/assets/')) {
      reply.setHeader('content-type', types[url.pathname.split('.').pop()!] ?? 'text/plain').end(readFileSync(join(root, 'build', url.pathname)))
      return
    }
    if (url.pathname === '/stream') {
      reply.setHeader('content-type', 'text/event-stream').write(`data: ${JSON.stringify({ total: '<1.235>' })}\n\nevent: refresh\ndata: {}\n\n`)
      return
    }
    loads += url.pathname === '/live' ? 1 : 0
    const layout = (url.searchParams.get('layout') ?? 'portal') as 'portal' | 'desk' | 'bare'
    const page = samplePage(url.searchParams.get('lang') === 'en' ? 'en' : 'vi', { assets, path: url.pathname, demo: true, nav: [{ href: '/', key: 'ui.back' }, { href: '/x', key: 'ui.next' }], information: [{ href: '/i', key: 'ui.information' }] })
    reply.setHeader('content-security-policy', "default-src 'self'; script-src 'nonce-test-nonce'; style-src 'self' 'nonce-test-nonce'")
    reply.setHeader('content-type', 'text/html; charset=utf-8').end(renderDocument(url.pathname === '/live' ? <LiveExample /> : <Gallery />, page, { title: 'Gallery', layout }))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  server?.close()
})

for (const lang of ['vi', 'en'] as const) {
  test(`every label, hint and error of the gallery points at something that is there, in ${lang}`, () => {
    const html = renderDocument(<Gallery />, samplePage(lang), { title: 'Gallery' })
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((m) => m[1]!)
    // The two error summaries of the gallery share theirs; a page has one.
    assert.deepEqual(ids.filter((id, i) => ids.indexOf(id) !== i && id !== 'error-summary'), [])
    const targets = [...html.matchAll(/\s(?:for|aria-describedby|aria-labelledby|aria-controls)="([^"]+)"/g)].flatMap((m) => m[1]!.split(' '))
    assert.ok(targets.length > 20)
    assert.deepEqual(targets.filter((id) => !ids.includes(id)), [])
  })
}

for (const [layout, width, lang] of [['portal', 390, 'vi'], ['portal', 1280, 'en'], ['desk', 1280, 'vi'], ['desk', 390, 'en'], ['bare', 390, 'en']] as const) {
  test(`axe finds nothing and nothing is wider than the screen: ${layout}, ${width} px, ${lang}`, async () => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true, reducedMotion: 'reduce' })
    try {
      const page = await context.newPage()
      const faults: string[] = []
      page.on('pageerror', (error) => faults.push(error.message))
      await page.goto(`${address}?lang=${lang}&layout=${layout}`)
      assert.deepEqual(await axeFindings(page), [])
      assert.equal(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'), 0)
      assert.equal(await page.evaluate('[...document.querySelectorAll(".govuk-button, .govuk-input, .govuk-select, .mc-search__button, .mc-nav__link, .mc-language a, .mc-button-link, .mc-desk__link")].filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML).join()'), '')
      assert.deepEqual(faults, [])
    } finally { await context.close() }
  })
}

test('the keys of the desk move through a list and go to the search', async () => {
  const context = await browser.newContext({ bypassCSP: true })
  try {
    const page = await context.newPage()
    await page.goto(`${address}?layout=desk`)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    assert.equal(await page.evaluate('document.querySelector("tr[data-here] a").textContent'), 'H21.52.3-261121-0012')
    await page.keyboard.press('k')
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'H21.52.3-261120-0007')
    await page.keyboard.press('/')
    assert.equal(await page.evaluate('document.activeElement.type'), 'search')
  } finally { await context.close() }
})

test('figures move while the page is open, as text, and parts are fetched again', async () => {
  const context = await browser.newContext({ bypassCSP: true })
  try {
    const page = await context.newPage()
    await page.goto(`${address}live`)
    await page.waitForFunction('document.querySelector("[data-live=total]").textContent === "<1.235>"')
    assert.equal(await page.evaluate('document.querySelector("[data-live-on]").textContent'), 'Số liệu đang được cập nhật liên tục.')
    await page.waitForFunction('document.querySelector("#part").textContent === "2"')
  } finally { await context.close() }
})

test('a question of a choice that is not made is hidden, and shows when it is made', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  try {
    const page = await context.newPage()
    await page.goto(address)
    assert.equal(await page.isVisible('#sample-address'), true)
    await page.check('#sample-return')
    assert.equal(await page.isVisible('#sample-address'), false)
  } finally { await context.close() }
})

test('every kind of failure has a page that says what happened, what to do and where help is', () => {
  for (const lang of ['vi', 'en'] as const) {
    for (const kind of kinds) {
      const html = renderFragment(<ErrorPage kind={kind} reference={kind === 'fault' ? 'R-1' : undefined} />, samplePage(lang))
      assert.match(html, /<h1/)
      assert.match(html, /tel:19000000/)
      if (kind === 'fault') assert.match(html, /R-1/)
    }
  }
  assert.match(renderFragment(<ErrorPage kind="forbidden" right="ký kết quả" grantor="Văn phòng" />, samplePage()), /Quyền còn thiếu: ký kết quả\. Người cấp quyền: Văn phòng\./)
})
})

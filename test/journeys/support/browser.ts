import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, type TestContext } from 'node:test'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core'
import { translator, type Lang } from '../../../src/platform/i18n.ts'
import { demoPassword, findCitizen, findOfficer } from '../../../src/stand-ins/demo-people.ts'
import type { NodeSlug } from '../../../src/nodes.ts'
import { codeSentTo, generatorCode, type JourneyCountry } from './country.ts'
import { templateOf } from './templates.ts'
import { weighPages } from './weight.ts'

export interface VisitorOptions {
  /** Does the browser run scripts? Everything must work either way. */
  scripts?: boolean
  lang?: Lang
  /** Width in CSS pixels: 1280 or, for a telephone, 390. */
  width?: number
  /** Without scripts axe looks the pages over only where this asks for it: each costs a browser of its own. */
  axe?: boolean
  /** What else the browser has: certificates. */
  more?: BrowserContextOptions
}

/** A person at a browser of their own. */
export interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
  readonly lang: Lang
  readonly scripts: boolean
  readonly axe: boolean
  /** Logs an officer in once more: other journeys sit under the same name, and with one session too many the oldest ends. */
  again?: () => Promise<void>
  /** Words of the interface in the visitor's language. */
  t(key: string, params?: Record<string, string | number>): string
}

let browser: Promise<Browser> | undefined

after(async () => (await browser)?.close())

function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH || '/usr/bin/chromium'
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
}

/** Opens a browser context that is closed when the test ends. An error in a page's script fails the test. */
export async function visitor(t: TestContext, options: VisitorOptions = {}): Promise<Visitor> {
  const lang = options.lang ?? 'vi'
  browser ??= launch()
  const context = await (await browser).newContext({
    javaScriptEnabled: options.scripts ?? true, locale: lang === 'vi' ? 'vi-VN' : 'en-GB', timezoneId: 'Asia/Ho_Chi_Minh', viewport: { width: options.width ?? 1280, height: 900 }, ...options.more,
  })
  context.setDefaultTimeout(20_000)
  const faults: string[] = []
  weighPages(context)
  context.on('weberror', (error) => faults.push(error.error().message))
  t.after(async () => {
    if (t.error) await keepForLater(t.name, context)
    await context.close()
    assert.deepEqual(faults, [], 'errors in the scripts of the pages')
  })
  return { page: await context.newPage(), context, lang, scripts: options.scripts ?? true, axe: options.axe ?? options.scripts ?? true, t: translator(lang) }
}

let kept = 0

/** What the person saw when the journey failed: test-results/journeys/. */
async function keepForLater(name: string, context: BrowserContext): Promise<void> {
  mkdirSync('test-results/journeys', { recursive: true })
  for (const page of context.pages()) {
    const file = `test-results/journeys/${name.replace(/[^\w]+/g, '-').slice(0, 80)}-${++kept}`
    await page.screenshot({ path: `${file}.png`, fullPage: true, timeout: 5000 }).catch(() => {})
    writeFileSync(`${file}.html`, `<!-- ${page.url()} -->\n${await page.content().catch(() => '')}`)
  }
}

/** The language stays chosen for the browser. */
export async function open(who: Visitor, url: string): Promise<void> {
  const address = new URL(url)
  if (who.lang === 'en') address.searchParams.set('lang', 'en')
  await who.page.goto(address.href)
  if (!who.again || new URL(who.page.url()).pathname !== '/desk/login' || address.pathname === '/desk/login') return
  await who.again()
  await who.page.goto(address.href)
}

/** Logs a demo citizen in at a node: the national node asks for id number and code; a local node sends there and back. */
export async function logInAsCitizen(who: Visitor, place: JourneyCountry, idNumber: string, node: NodeSlug = 'national', path = '/tai-khoan', go: () => Promise<unknown> = () => open(who, place.at(node, path))): Promise<void> {
  const citizen = findCitizen(idNumber)!
  await go()
  await who.page.getByLabel(who.t('identity.field.idNumber')).fill(idNumber)
  await look(who)
  const since = new Date()
  await who.page.getByRole('button', { name: who.t('identity.log_in.send_code') }).click()
  await who.page.getByLabel(who.t('identity.field.code')).waitFor()
  await look(who)
  await who.page.getByLabel(who.t('identity.field.code')).fill(await codeSentTo(place, citizen.phone, since))
  await who.page.getByRole('button', { name: who.t('identity.code.confirm') }).click()
  await arrive(who, place.at(node, path))
}

/** Waits for a page after a log-in; an account that has not yet accepted the terms of use does so on the way. */
export async function arrive({ page, t }: Visitor, address: string): Promise<void> {
  const target = (url: URL): boolean => url.href.startsWith(address.replace(/\?.*/, ''))
  const terms = (url: URL): boolean => url.pathname === '/tai-khoan/dieu-khoan'
  await page.waitForURL((url) => target(url) && !terms(url) || terms(url))
  if (!terms(new URL(page.url()))) return
  await page.locator('[name=accept]').check()
  await page.getByRole('main').getByRole('button', { name: t('identity.life.continue') }).click()
  await page.waitForURL((url) => target(url) && !terms(url))
}

/** Logs a demo officer in: name and password, then the generator's code. */
export async function logInAsOfficer(who: Visitor, place: JourneyCountry, login: string, node: NodeSlug, path = '/desk'): Promise<void> {
  await open(who, place.at(node, `/desk/login?tiep=${encodeURIComponent(path)}`))
  await who.page.locator('[name=login]').fill(login)
  await who.page.locator('[name=password]').fill(demoPassword)
  await who.page.getByRole('button', { name: who.t('identity.officer.continue') }).click()
  await who.page.locator('[name=code]').fill(await generatorCode(login))
  await who.page.getByRole('button', { name: who.t('identity.officer.log_in') }).click()
  await who.page.waitForURL(place.at(node, path).replace(/\?.*/, '') + '**')
}

/** The sessions of officers who logged in during this run: one log-in each, because a generator's code is good once. */
const sessions = new Map<string, Promise<Cookies>>()
type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>

/** An officer at a browser, logged in. */
export async function officer(t: TestContext, place: JourneyCountry, login: string, node: NodeSlug, options: VisitorOptions = {}): Promise<Visitor> {
  const who = await visitor(t, options)
  const key = `${node}/${login}`
  const start = /^(one-stop|specialist|leader|unit-head)$/.test(findOfficer(login)?.role ?? '') ? '/desk' : '/admin'
  who.again = async () => {
    await who.context.clearCookies()
    sessions.set(key, logInAsOfficer(who, place, login, node, start).then(() => who.context.cookies()))
    await sessions.get(key)
  }
  const known = await sessions.get(key)
  if (known) {
    await who.context.addCookies(known.filter((c) => !/lang/i.test(c.name)))
    // A session that nobody used for a while is over: an administrator's after five minutes.
    if (!(await who.context.request.get(place.at(node, start))).url().includes('/desk/login')) return who
    await who.context.clearCookies()
  }
  const first = logInAsOfficer(who, place, login, node, start).then(() => who.context.cookies())
  sessions.set(key, first)
  first.catch(() => sessions.delete(key))
  await first
  return who
}

const seen = new Set<string>()
const unfinished = /\b(?:undefined|NaN|\[object Object\])\b|\{[a-zA-Z]+\}|\b(?:ui|platform|catalogue|dossiers|forms|identity|documents|process|quality|exchange|ledger|calendar|notifications|organisations)\.[a-zA-Z]+(?:\.[\w-]+)*\b/

/** Looks the page over: the visitor's language, no text left out, and, once for every kind of page, nothing for axe to find. */
export async function look(who: Visitor, status = 200): Promise<void> {
  const { page, lang } = who
  assert.equal(await page.locator('html').getAttribute('lang'), lang, page.url())
  const words = await page.locator('body').innerText()
  assert.equal(unfinished.exec(words)?.[0], undefined, `words of the program on ${page.url()}`)
  if (process.env.JOURNEY_PICTURES) await picture(who)
  // As a browser without scripts shows it, each width and language counts for itself.
  const kind = `${lang} ${templateOf(page.url(), status)}${who.scripts ? '' : ` ${page.viewportSize()!.width}`}`
  if (!who.axe || seen.has(kind)) return
  seen.add(kind)
  if (who.scripts) await assertAccessible(page)
  else await assertAccessibleWithoutScripts(page)
}

/** While writing a journey: `JOURNEY_PICTURES=FOLDER` keeps a picture of everything that is looked over. */
async function picture({ page, lang }: Visitor): Promise<void> {
  const folder = process.env.JOURNEY_PICTURES!
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${String(++kept).padStart(4, '0')}-${lang}-${page.viewportSize()!.width}-${new URL(page.url()).pathname.replace(/[^\w]+/g, '_').slice(0, 90)}.png`, fullPage: true })
}

/** axe is a script itself: the same document, with its styles and none of its scripts, in a browser that runs scripts. */
async function assertAccessibleWithoutScripts(page: Page): Promise<void> {
  const html = (await page.content()).replace(/<\/?noscript[^>]*>/g, '')
  const twin = await (await browser!).newPage({ viewport: page.viewportSize() })
  try {
    await twin.route('**/*', (route) => {
      if (route.request().resourceType() === 'script') return route.abort()
      return route.request().isNavigationRequest() && route.request().frame() === twin.mainFrame() ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }) : route.continue()
    })
    await twin.goto(page.url())
    await assertAccessible(twin)
  } finally {
    await twin.close()
  }
}

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Nothing that the machine-checkable part of WCAG 2.2 A and AA finds fault with. Needs a visitor with scripts. */
export async function assertAccessible(page: Page): Promise<void> {
  // Not addScriptTag: the pages' content security policy rightly forbids it.
  await page.evaluate(readFileSync(axeFile, 'utf8'))
  const violations = await page.evaluate(async () => {
    const { axe, document } = globalThis as unknown as { document: unknown; axe: { run(context: unknown, options: object): Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }> } }
    const found = await axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } })
    return found.violations.map((v) => `${v.id}: ${v.help} — ${v.nodes.map((n) => n.html).slice(0, 3).join(' | ')}`)
  })
  assert.deepEqual(violations, [], `accessibility of ${page.url()}`)
}

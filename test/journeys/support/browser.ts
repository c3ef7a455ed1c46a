import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, type TestContext } from 'node:test'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { translator, type Lang } from '../../../src/platform/i18n.ts'
import { demoPassword, findCitizen } from '../../../src/stand-ins/demo-people.ts'
import type { NodeSlug } from '../../../src/nodes.ts'
import { codeSentTo, generatorCode, type JourneyCountry } from './country.ts'

export interface VisitorOptions {
  /** Does the browser run scripts? Everything must work either way. */
  scripts?: boolean
  lang?: Lang
  /** Width in CSS pixels: 1280 or, for a telephone, 390. */
  width?: number
}

/** A person at a browser of their own. */
export interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
  readonly lang: Lang
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
    javaScriptEnabled: options.scripts ?? true, locale: lang === 'vi' ? 'vi-VN' : 'en-GB', timezoneId: 'Asia/Ho_Chi_Minh', viewport: { width: options.width ?? 1280, height: 900 },
  })
  context.setDefaultTimeout(20_000)
  const faults: string[] = []
  context.on('weberror', (error) => faults.push(error.error().message))
  t.after(async () => {
    await context.close()
    assert.deepEqual(faults, [], 'errors in the scripts of the pages')
  })
  return { page: await context.newPage(), context, lang, t: translator(lang) }
}

/** The language stays chosen for the browser. */
export async function open(who: Visitor, url: string): Promise<void> {
  const address = new URL(url)
  if (who.lang === 'en') address.searchParams.set('lang', 'en')
  await who.page.goto(address.href)
}

/** Logs a demo citizen in at a node: the national node asks for id number and code; a local node sends there and back. */
export async function logInAsCitizen(who: Visitor, place: JourneyCountry, idNumber: string, node: NodeSlug = 'national', path = '/tai-khoan'): Promise<void> {
  const citizen = findCitizen(idNumber)!
  await open(who, place.at(node, path))
  await who.page.getByLabel(who.t('identity.field.idNumber')).fill(idNumber)
  const since = new Date()
  await who.page.getByRole('button', { name: who.t('identity.log_in.send_code') }).click()
  await who.page.getByLabel(who.t('identity.field.code')).fill(await codeSentTo(place, citizen.phone, since))
  await who.page.getByRole('button', { name: who.t('identity.code.confirm') }).click()
  await who.page.waitForURL(place.at(node, path).replace(/\?.*/, '') + '**')
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

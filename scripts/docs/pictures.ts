// Takes the pictures of the README from a running country: node --import tsx scripts/docs/pictures.ts [port of the national node]
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { generateSync } from 'otplib'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { root } from '../../src/platform/root.ts'
import { demoPassword, findCitizen, findOfficer } from '../../src/stand-ins/demo-people.ts'

const port = Number(process.argv[2] ?? 3000)
const folder = join(root, 'docs/pictures')
const national = `http://127.0.0.1:${port}`
const province = `http://127.0.0.1:${port + 10}`
const mailbox = `http://127.0.0.1:${port + 900}`
const size = { width: 1120, height: 760 }

mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--force-color-profile=srgb'] })
try {
  const citizen = await visitor()
  await take(citizen, `${national}/`, 'home')
  await take(citizen, `${national}/thu-tuc/1.001193`, 'procedure')
  await take(citizen, `${national}/so-lieu`, 'figures')
  await takeFiling(citizen)
  await takeDesk(await visitor())
} finally {
  await browser.close()
}

async function visitor(): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', viewport: size })
  return context.newPage()
}

async function take(page: Page, url: string | undefined, name: string): Promise<void> {
  if (url) await page.goto(url)
  await page.evaluate(() => (globalThis as unknown as { document: { fonts: { ready: Promise<unknown> } } }).document.fonts.ready)
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path, scale: 'css' })
  console.log(`${name}.png: ${Math.round(statSync(path).size / 1024)} kB`)
}

/** A page of a form with something typed in. */
async function takeFiling(page: Page): Promise<void> {
  const person = findCitizen('064192000012')!
  await page.goto(`${national}/dang-nhap?tiep=/nop-ho-so/1.001193`)
  await page.locator('[name=idNumber]').fill(person.idNumber)
  const since = Date.now()
  await page.locator('main form button').first().click()
  await page.locator('[name=code]').fill(await codeFor(person.phone, since))
  await page.locator('main form button').first().click()
  await page.waitForURL('**/nop-ho-so/1.001193')
  await page.locator('main form button').first().click()
  await page.waitForURL('**/trang/*')
  await take(page, undefined, 'filing')
}

async function codeFor(phone: string, since: number): Promise<string> {
  for (let i = 0; i < 150; i++, await sleep(100)) {
    const messages = (await (await fetch(`${mailbox}/messages?to=${phone}`)).json()) as { at: string; text: string }[]
    const code = messages.filter((m) => Date.parse(m.at) >= since - 1000).map((m) => /\b\d{6}\b/.exec(m.text)?.[0]).find(Boolean)
    if (code) return code
  }
  throw new Error('No code arrived.')
}

/** The newest dossier in progress as an officer of the commune sees it. */
async function takeDesk(page: Page): Promise<void> {
  const officer = findOfficer('motcua.pleiku')!
  await page.goto(`${province}/desk/login`)
  await page.locator('[name=login]').fill(officer.login)
  await page.locator('[name=password]').fill(demoPassword)
  await page.locator('main form button').first().click()
  await page.locator('[name=code]').fill(generateSync({ secret: officer.totpSecret, period: 30 }))
  await page.locator('main form button').first().click()
  await page.waitForURL('**/desk')
  await page.locator('main a[href^="/desk/dossiers/"]').first().click()
  await page.waitForURL('**/desk/dossiers/*')
  await take(page, undefined, 'desk')
}

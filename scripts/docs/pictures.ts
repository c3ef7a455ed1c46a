// Takes the pictures of the README from a country of its own, begun anew: node --import tsx scripts/docs/pictures.ts
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { generateSync } from 'otplib'
import { chromium, type Browser, type Page } from 'playwright-core'
import { startCountry } from '../../src/country/start-country.ts'
import { nodeSlugs } from '../../src/nodes.ts'
import { root } from '../../src/platform/root.ts'
import { demoPassword, findCitizen, findOfficer } from '../../src/stand-ins/demo-people.ts'

const folder = join(root, 'docs/pictures')
const firstPort = Number(process.argv[2] ?? 4900)
const [national, province, mailbox] = [0, 10, 900].map((distance) => `http://127.0.0.1:${firstPort + distance}`)
const birth = '1.001193'

mkdirSync(folder, { recursive: true })
const data = mkdtempSync(join(tmpdir(), 'motcua-pictures-'))
const country = await startCountry({ fresh: true, history: true, nodes: nodeSlugs, host: '127.0.0.1', firstPort, dataDir: data, fsync: false })
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'] })
try {
  const citizen = await visitor(browser, 1120, 760)
  await take(citizen, 'procedure', `${national}/thu-tuc/${birth}`)
  await takeFiling(citizen)
  await takeDesk(await visitor(browser, 1280, 860))
  await takeFigures(await visitor(browser, 1120, 760))
} finally {
  await browser.close()
  await country.stop()
  rmSync(data, { recursive: true, force: true, maxRetries: 3 })
}

async function visitor(from: Browser, width: number, height: number): Promise<Page> {
  const context = await from.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', viewport: { width, height } })
  context.setDefaultTimeout(60_000)
  return context.newPage()
}

async function take(page: Page, name: string, url?: string): Promise<void> {
  if (url) await page.goto(url)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  report(name)
}

function report(name: string): void {
  console.log(`${name}.png: ${Math.round(statSync(join(folder, `${name}.png`)).size / 1024)} kB`)
}

/** The first page of a form, filled in beforehand from the account. */
async function takeFiling(page: Page): Promise<void> {
  const person = findCitizen('064192000012')!
  await page.goto(`${national}/dang-nhap?tiep=/nop-ho-so/${birth}`)
  await page.locator('[name=idNumber]').fill(person.idNumber)
  await page.locator('main form button').first().click()
  await page.locator('[name=code]').fill(await codeFor(person.phone))
  await page.locator('main form button').first().click()
  await page.waitForURL(`**/nop-ho-so/${birth}`)
  await page.locator('main form button').first().click()
  await page.waitForURL('**/trang/*')
  await take(page, 'filing')
}

async function codeFor(phone: string): Promise<string> {
  for (let i = 0; i < 300; i++, await sleep(200)) {
    const messages = (await (await fetch(`${mailbox}/messages?to=${phone}`)).json()) as { text: string }[]
    const code = messages.map((m) => /\b\d{6}\b/.exec(m.text)?.[0]).find(Boolean)
    if (code) return code
  }
  throw new Error('No code arrived.')
}

/** A dossier in the hands of a specialist, and its slip. */
async function takeDesk(page: Page): Promise<void> {
  const officer = findOfficer('chuyenmon.pleiku')!
  await page.goto(`${province}/desk/login`)
  await page.locator('[name=login]').fill(officer.login)
  await page.locator('[name=password]').fill(demoPassword)
  await page.locator('main form button').first().click()
  await page.locator('[name=code]').fill(generateSync({ secret: officer.totpSecret, period: 30 }))
  await page.locator('main form button').first().click()
  await page.waitForURL('**/desk')
  // The last of them is the least urgent: the newest.
  await page.locator('main a[href^="/desk/dossiers/"]').last().click()
  await page.waitForURL('**/desk/dossiers/*')
  const slip = page.locator('main a[href*="/documents/"]').first()
  for (let i = 0; i < 60 && (await slip.count()) === 0; i++, await sleep(1000)) await page.reload()
  await take(page, 'desk')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.locator('main svg[role=img]').first().locator('xpath=..').screenshot({ path: join(folder, 'process.png') })
  report('process')
  await page.setViewportSize({ width: 1120, height: 760 })
  const reply = await page.context().request.get(new URL((await slip.getAttribute('href'))!, page.url()).href)
  writeFileSync(join(data, 'slip.pdf'), await reply.body())
  const made = spawnSync('pdftoppm', ['-png', '-r', '80', '-f', '1', '-singlefile', join(data, 'slip.pdf'), join(folder, 'slip')])
  if (made.status !== 0) throw new Error(String(made.stderr))
  report('slip')
  await page.goto(`${province}/kiem-tra-van-ban`)
  await page.locator('main [name=file]').setInputFiles(join(data, 'slip.pdf'))
  await page.locator('main form button').first().click()
  await page.locator('main h2').first().waitFor()
  await take(page, 'verdict')
}

/** After the others: by now the past of all nodes has come up to the national one. */
async function takeFigures(page: Page): Promise<void> {
  await page.goto(`${national}/so-lieu`)
  for (let i = 0; i < 60 && (await page.locator('main table').count()) < 2; i++, await sleep(1000)) await page.reload()
  await take(page, 'figures')
  await take(page, 'home', `${national}/`)
}

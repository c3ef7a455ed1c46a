import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { root } from '../../platform/root.ts'

const places = [process.env.CHROMIUM, process.env.CHROMIUM_PATH, '/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].filter((p): p is string => Boolean(p))

/** Starts the machine's Chromium without a window. It asks nobody outside for anything. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = places.find((place) => existsSync(place))
  if (!executablePath) throw new Error('No Chromium was found. On Debian or Ubuntu: apt-get install chromium. Elsewhere: set CHROMIUM to its path.')
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--no-first-run'] })
}

/** What axe finds wrong on the page, one sentence for each finding. Needs a context with bypassCSP. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8'))
  return page.evaluate(async () => {
    interface Found { violations: { id: string; help: string; nodes: { target: string[] }[] }[] }
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<Found> } }
    const { violations } = await axe.run({ resultTypes: ['violations'] })
    return violations.map((v) => `${v.id}: ${v.help} (${v.nodes.slice(0, 5).map((n) => n.target.join(' ')).join('; ')})`)
  })
}

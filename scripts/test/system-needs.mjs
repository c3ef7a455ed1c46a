import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

// The headless shell does the same with half the work of a whole browser.
const chromiums = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/** What the tests need beyond npm packages: a name for people, the Debian package, and how to see that it is there. */
const needs = [
  { name: 'Chromium', package: 'chromium', better: 'chromium-headless-shell', present: () => chromiumPath() !== undefined },
  { name: 'the poppler tools (pdfsig, pdftotext, pdfinfo, pdffonts)', package: 'poppler-utils', present: () => ['pdfsig', 'pdftotext', 'pdfinfo', 'pdffonts'].every((tool) => runs(tool, '-v')) },
  { name: 'openssl', package: 'openssl', present: () => runs('openssl', 'version') },
]

export function chromiumPath() {
  return [process.env.CHROMIUM_PATH, ...chromiums].find((path) => path && existsSync(path))
}

/**
 * Installs what is missing where the system lets us: Debian or Ubuntu, as root or with sudo that asks nothing.
 * @returns {string[]} what is still missing, in words
 */
export function provideSystemNeeds() {
  const missing = needs.filter((need) => !need.present())
  if (missing.length === 0) return []
  const asRoot = rootCommand()
  if (runs('apt-get', '--version') && asRoot) {
    console.log(`Installing what the tests need: ${missing.map((need) => need.package).join(', ')} …`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const apt = (...args) => spawnSync(...command(asRoot, ['apt-get', '-qq', '-o', 'DPkg::Lock::Timeout=120', ...args]), { stdio: ['ignore', 'ignore', 'inherit'], env })
    apt('update')
    const known = (name) => spawnSync('apt-cache', ['show', name], { stdio: 'ignore' }).status === 0
    apt('install', '-y', '--no-install-recommends', ...missing.map((need) => (need.better && known(need.better) ? need.better : need.package)))
  }
  return missing.filter((need) => !need.present()).map((need) => `${need.name} (Debian package ${need.package})`)
}

const command = (asRoot, [first, ...rest]) => (asRoot.length > 0 ? [asRoot[0], [...asRoot.slice(1), first, ...rest]] : [first, rest])

function rootCommand() {
  if (process.getuid?.() === 0) return []
  return runs('sudo', '-n', 'true') ? ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND'] : undefined
}

function runs(program, ...args) {
  const { status, error } = spawnSync(program, args, { stdio: 'ignore' })
  // Some poppler tools answer -v with a status of their own.
  return !error && (status === 0 || args[0] === '-v')
}

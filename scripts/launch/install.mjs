import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fail } from './fail.mjs'

const installed = 'node_modules/.package-lock.json'
const stamp = 'node_modules/.motcua-installed'

/** Runs `npm ci` when node_modules is missing, cut short, or older than package-lock.json. */
export async function install() {
  process.chdir(new URL('../..', import.meta.url).pathname.replace(/^\/([A-Za-z]:)/, '$1'))
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
  const wanted = `${lock} ${process.platform} ${process.arch}\n`
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  if (!isFresh()) {
    console.log('Installing packages (npm ci) …')
    npmCi()
  }
  writeFileSync(stamp, wanted)
}

/** npm writes its own copy of the lock file last, so a newer one means that somebody else's install is whole. */
function isFresh() {
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs
}

function npmCi() {
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const cli = process.env.npm_execpath
  const byNode = cli && /\.c?js$/.test(cli)
  const result = byNode
    ? spawnSync(process.execPath, [cli, ...args], { stdio: 'inherit' })
    : spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { stdio: 'inherit', shell: process.platform === 'win32' })
  if (result.signal) process.exit(130)
  if (result.error || result.status !== 0) fail(`The packages could not be installed${result.error ? ` (${result.error.message})` : ''}: npm's message above says why; check the network and free disk space, then run the command again.`)
}

// All checks and tests: `npm test`. With file names, only those tests: `npm test -- src/modules/calendar/due-at.test.ts`.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { chromiumPath, provideSystemNeeds } from './test/system-needs.mjs'

const begun = Date.now()
const results = 'test-results'
const kinds = ['tests', 'suites', 'pass', 'fail', 'cancelled', 'skipped', 'todo']
const total = Object.fromEntries(kinds.map((kind) => [kind, 0]))
const failed = []
const running = new Set()
let interrupted = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)

const missing = provideSystemNeeds()
if (missing.length > 0) {
  console.error(`The tests need ${missing.join(' and ')}; install it and run npm test again.`)
  process.exit(1)
}
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

const chosen = process.argv.slice(2)
await step('build', ['scripts/build.mjs'])
if (chosen.length > 0) {
  await tests('chosen tests', chosen)
} else {
  const all = ['src', 'scripts', 'test', 'bench'].flatMap(testFiles)
  // The journeys wait for browsers and servers most of the time: on two cores they fit beside the rest, and the kills beside what is left of it
  // when the journeys are over. Their reports come at the end.
  const journeys = () => tests('journeys', all.filter(isJourney), { later: true }).then(() => tests('kills', all.filter(isCrash), { later: true }))
  const beside = availableParallelism() > 1 ? journeys() : undefined
  await step('types', [typeChecker(), '--noEmit', '-p', '.'])
  await tests('modules', all.filter((file) => !isJourney(file) && !isCrash(file)))
  await (beside ?? journeys())
}
if (interrupted) {
  console.log('✖ the run was interrupted')
  process.exit(130)
}
for (const kind of kinds) console.log(`ℹ ${kind} ${total[kind]}`)
console.log(`ℹ duration_ms ${Date.now() - begun}`)
console.log(failed.length > 0 ? `✖ failed: ${failed.join(', ')}` : '✔ all checks and tests passed')
process.exit(failed.length > 0 ? 1 : 0)

function isJourney(file) {
  return file.startsWith(join('test', 'journeys'))
}

/** Kills processes of a country of its own; beside journeys it would only show how slow two busy cores are. */
function isCrash(file) {
  return file.startsWith(join('test', 'crash'))
}

function testFiles(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.test\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function typeChecker() {
  return join('node_modules', 'typescript', 'bin', 'tsc')
}

/** One process for all files: starting one for each costs more than the tests themselves. */
async function tests(name, files, options = {}) {
  if (files.length === 0 || interrupted) return
  const counts = join(results, `${name.replace(' ', '-')}.json`)
  await step(name, [
    '--enable-source-maps', '--import', 'tsx', '--test', '--test-isolation=none', '--test-force-exit', '--test-timeout=300000',
    '--test-reporter=spec', '--test-reporter-destination=stdout', '--test-reporter=./scripts/test/count-reporter.mjs', `--test-reporter-destination=${counts}`, ...files,
  ], options)
  const line = existsSync(counts) ? readFileSync(counts, 'utf8').trim().split('\n').at(-1) : ''
  if (!line) return void (failed.includes(name) || failed.push(name))
  const own = JSON.parse(line)
  for (const [kind, field] of [['tests', 'tests'], ['suites', 'suites'], ['pass', 'passed'], ['fail', 'failed'], ['cancelled', 'cancelled'], ['skipped', 'skipped'], ['todo', 'todo']]) total[kind] += own[field] ?? 0
  if (own.failed + own.cancelled > 0 && !failed.includes(name)) failed.push(name)
}

/** Runs one program. With `later`, what it prints is kept and shown when it has ended. */
async function step(name, args, { later = false } = {}) {
  const started = Date.now()
  if (!later) console.log(`\n▶ ${name}`)
  const env = { ...process.env, NODE_ENV: 'test', CHROMIUM_PATH: chromiumPath() ?? '' }
  delete env.DATABASE_URL
  const kept = later ? openSync(join(results, `${name}.log`), 'w') : 'inherit'
  const code = await new Promise((done) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', kept, kept], env })
    running.add(child)
    child.once('error', (error) => { console.error(error.message); done(1) })
    child.once('exit', (status, signal) => {
      running.delete(child)
      if (signal) interrupted = true
      done(status ?? 1)
    })
  })
  if (interrupted) return
  if (later) console.log(`\n▶ ${name}\n${readFileSync(join(results, `${name}.log`), 'utf8').trimEnd()}`)
  console.log(`${code === 0 ? '✔' : '✖'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  if (code !== 0) failed.push(name)
}

/** Ctrl-C reaches the children by themselves; a signal to this process alone is passed on. Either way the run is over. */
function stop(signal) {
  interrupted = true
  for (const child of running) child.kill(signal)
}

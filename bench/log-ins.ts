/**
 * `npm run bench:log-ins`: whole log-ins over HTTP, from a local node to the national node, by id number and code from the telephone, and back. None may be lost.
 * Writes docs/bench-log-ins.md. Options: --log-ins N (1000), --connections C (24), --dry (the file stays as it is).
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, release } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../src/platform/root.ts'
import { logInOnce, smallBrowser } from './log-in-once.ts'
import { startLogInCountry, type LogInCountry, type Person } from './log-ins-country.ts'
import { cpuMs, machineCpuMs, residentMb, watchMemory } from './memory.ts'

const { values } = parseArgs({ options: { 'log-ins': { type: 'string', default: '1000' }, connections: { type: 'string', default: '24' }, dry: { type: 'boolean', default: false } } })
const wanted = Number(values['log-ins'])
const connections = Number(values.connections)
/** Before the measurement, so that it finds the programs as they are after some minutes of work. */
const warmUp = Math.min(300, wanted)
const goal = 80

// Stopping waits for processes, which alone do not keep this one alive.
const awake = setInterval(() => {}, 60_000)
const folder = join(root, 'var/bench-log-ins')
mkdirSync(folder, { recursive: true, mode: 0o700 })
const country = await startLogInCountry(folder, wanted + warmUp)
try {
  const idle = { national: residentMb(country.pids.national), province: residentMb(country.pids.province) }
  await drive(country, country.people.slice(0, warmUp))
  const memory = { national: watchMemory(country.pids.national, country.pids.database), province: watchMemory(country.pids.province) }
  const [before, machineBefore] = [processor(), machineCpuMs()]
  const run = await drive(country, country.people.slice(warmUp))
  const [after, machineAfter] = [processor(), machineCpuMs()]
  const total = (times: typeof before): number => Object.values(times).reduce((sum, ms) => sum + ms, 0)
  /** Processors that were busy with something else during the run: what they took is missing here. */
  const others = Math.max(0, machineAfter - machineBefore - total(after) + total(before)) / run.seconds / 1000
  const used = Object.entries(after).map(([name, ms]) => `${name} ${((ms - before[name as keyof typeof before]) / wanted).toFixed(1)} ms`)
  const [{ opened } = { opened: 0 }] = await country.databases.province<{ opened: number }[]>`SELECT count(*)::int AS opened FROM identity.session`
  const lost = wanted - run.latencies.length + Math.abs(opened - warmUp - run.latencies.length)
  const at = (share: number): number => run.latencies[Math.min(run.latencies.length - 1, Math.floor(run.latencies.length * share))] ?? 0
  const line = `${run.latencies.length} log-ins, ${lost} lost, ${(run.latencies.length / run.seconds).toFixed(1)}/s, p50 ${at(0.5).toFixed(0)} ms, p99 ${at(0.99).toFixed(0)} ms`
  const memoryLine = `national node ${Math.round(idle.national)} MB after start, ${Math.round(memory.national.peak())} MB at most; province ${Math.round(idle.province)} and ${Math.round(memory.province.peak())} MB; database server ${Math.round(memory.national.postgres())} MB`
  console.log(line)
  const processorLine = `processor time a log-in: ${used.join(', ')}, together ${((total(after) - total(before)) / wanted).toFixed(1)} ms; other programs kept ${others.toFixed(1)} of ${cpus().length} processors busy during the run`
  console.log(memoryLine)
  console.log(processorLine)
  if (!values.dry) writeFileSync(join(root, 'docs/bench-log-ins.md'), report({ perSecond: run.latencies.length / run.seconds, p50: at(0.5), p99: at(0.99), lost, memoryLine, processorLine }))
  if (lost > 0) process.exitCode = 1
} finally {
  await country.stop()
  clearInterval(awake)
}

/** Milliseconds of processor that each program has used so far. */
function processor(): { national: number; province: number; database: number; load: number } {
  const { national, province, database } = country.pids
  return { national: cpuMs(national), province: cpuMs(province), database: cpuMs(database), load: cpuMs(process.pid) - cpuMs(national) - cpuMs(province) }
}

/** Everybody logs in once, so many at a time. */
async function drive({ national, province, codeFor }: LogInCountry, people: readonly Person[]): Promise<{ latencies: number[]; seconds: number }> {
  const latencies: number[] = []
  const waiting = [...people]
  const begun = performance.now()
  await Promise.all(Array.from({ length: connections }, async (_, worker) => {
    const browser = smallBrowser(worker)
    for (let person = waiting.pop(); person; person = waiting.pop()) {
      const start = performance.now()
      try {
        await logInOnce(browser, province.baseUrl, national.baseUrl, person, codeFor)
        latencies.push(performance.now() - start)
      } catch (error) {
        console.error(error)
      }
    }
    await browser.close()
  }))
  return { latencies: latencies.sort((a, b) => a - b), seconds: (performance.now() - begun) / 1000 }
}

function report(r: { perSecond: number; p50: number; p99: number; lost: number; memoryLine: string; processorLine: string }): string {
  return `# Bench of log-ins

Repeat with \`npm run bench:log-ins\`. Load, both nodes and the database share the machine; ${connections} people log in at a time, each from an address of his own, each once.

A log-in is the whole way of a person: a page of the province sends him to the national node (OpenID Connect, code with PKCE), which asks for the id number, sends a
code by SMS, takes it, opens a session and sends him back; the province redeems the code, is told who it is, checks the signed identity token and opens a session of its own. That
is 9 requests of the browser and 1 between the nodes. Everybody comes to the province for the first time. The gateway for SMS stands in and hands the code on at once.

- ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, kernel ${release()}, Node ${process.versions.node}, PostgreSQL with fsync

| log-ins | lost | log-ins /s | p50 ms | p99 ms | at least ${goal}/s and none lost |
|---:|---:|---:|---:|---:|---|
| ${wanted} | ${r.lost} | ${r.perSecond.toFixed(0)} | ${r.p50.toFixed(0)} | ${r.p99.toFixed(0)} | ${r.perSecond >= goal && r.lost === 0 ? 'yes' : 'no'} |

Memory: ${r.memoryLine} (shared memory counted once).

Processor: ${r.processorLine}.
`
}

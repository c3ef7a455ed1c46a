/**
 * `npm run fuzz:identity`: malformed requests to every address of the identity module, of both kinds of node; a line for each address, a sum, and 1 as exit code where one
 * ended in a fault, hung, or showed how the program is made. Options: --requests N (10000), --workers W (2), --only REGEX of 'METHOD path', --go-on FILE (what an earlier run
 * printed: addresses that it passed with so many requests are left out). FUZZ_SEED repeats a run.
 */
import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { openHouse } from '../rights/support/house.ts'
import { addressesOf, arm, attack, told } from './support/attack.ts'

const { values } = parseArgs({ options: { requests: { type: 'string', default: '10000' }, workers: { type: 'string', default: String(Math.min(4, availableParallelism())) }, only: { type: 'string', default: '' }, 'go-on': { type: 'string' } } })
const seed = Number(process.env.FUZZ_SEED ?? 20261127)

interface Line { address: string; requests: number; deep: number; bad: string[]; seconds: number; heapMb: number }

if (process.env.FUZZ_WORK) await work(JSON.parse(process.env.FUZZ_WORK) as Work)
else await direct()

interface Work { index: number; of: number; requests: number; only: string; passed: string[] }

/** A worker has nodes and a database of its own, and every n-th address. */
async function work({ index, of, requests, only, passed }: Work): Promise<void> {
  for (const slug of ['national', 'province'] as const) {
    const closing: (() => Promise<unknown>)[] = []
    const house = await openHouse({ after: (stop) => void closing.push(stop) }, slug, { neighbours: true })
    const arms = await arm(house, addressesOf(house))
    const mine = addressesOf(house).filter((r) => new RegExp(only).test(`${r.method} ${r.path}`) && !passed.includes(`${slug} ${r.method} ${r.path}`)).filter((_, at) => at % of === index)
    for (const route of mine) {
      const begun = performance.now()
      const tally = await attack(arms, route, requests, seed)
      const line: Line = { address: `${slug} ${route.method} ${route.path}`, requests: tally.requests, deep: tally.deep, bad: tally.bad.map(told), seconds: (performance.now() - begun) / 1000, heapMb: heapNow() }
      process.send?.(line)
    }
    for (const stop of closing.reverse()) await stop()
  }
  process.disconnect?.()
  process.exit(0)
}

function heapNow(): number {
  globalThis.gc?.()
  return Math.round(process.memoryUsage().heapUsed / 1_048_576)
}

async function direct(): Promise<void> {
  const passed = [...(values['go-on'] ? readFileSync(values['go-on'], 'utf8') : '').matchAll(/^✔ (.+): (\d+) requests/gm)].filter(([, , n]) => Number(n) >= Number(values.requests)).map(([, address]) => address!)
  const begun = performance.now()
  const of = Number(values.workers)
  const lines: Line[] = []
  const failed: string[] = []
  await Promise.all(Array.from({ length: of }, (_, index) => new Promise<void>((done) => {
    const job: Work = { index, of, requests: Number(values.requests), only: values.only, passed }
    const worker = fork(import.meta.filename, [], { execArgv: ['--import', 'tsx', '--expose-gc'], env: { TEST_LOG: 'error', ...process.env, NODE_ENV: 'test', FUZZ_WORK: JSON.stringify(job) } })
    worker.on('message', (line: Line) => {
      lines.push(line)
      console.log(`${line.bad.length === 0 ? '✔' : '✖'} ${line.address}: ${line.requests} requests, ${Math.round((100 * line.deep) / Math.max(1, line.requests))} % past the door, ${Math.round(line.requests / line.seconds)}/s, heap ${line.heapMb} MB`)
      for (const bad of line.bad) console.log(`    ${bad}`)
    })
    worker.once('exit', (code) => {
      if (code !== 0) failed.push(`worker ${index} ended with ${code}`)
      done()
    })
  })))
  const sum = (of: (line: Line) => number): number => lines.reduce((total, line) => total + of(line), 0)
  const bad = sum((l) => l.bad.length)
  console.log(`${lines.length} addresses, ${sum((l) => l.requests)} requests, ${Math.round((100 * sum((l) => l.deep)) / Math.max(1, sum((l) => l.requests)))} % past the door, ${bad} findings, ${((performance.now() - begun) / 60_000).toFixed(1)} minutes, seed ${seed}`)
  for (const line of failed) console.log(`✖ ${line}`)
  process.exitCode = bad > 0 || failed.length > 0 ? 1 : 0
}

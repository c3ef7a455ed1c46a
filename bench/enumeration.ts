/**
 * `npm run bench:enumeration`: does an answer tell, by its time or its words, who has an account? For each entrance an account that exists and one that does not are tried
 * in turns, over HTTP. Writes docs/bench-enumeration.md; exit code 1 where medians or means differ by more than 10 ms or the answers differ otherwise than in their tokens.
 * Options: --tries N (1000, of each), --only REGEX, --dry (the file stays as it is).
 */
import { writeFileSync } from 'node:fs'
import { cpus, release } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../src/platform/root.ts'
import { openEntrances, type Answer, type Entrance } from './enumeration-entrances.ts'

const { values } = parseArgs({ options: { tries: { type: 'string', default: '1000' }, only: { type: 'string', default: '' }, dry: { type: 'boolean', default: false } } })
const tries = Number(values.tries)
const most = 10
const warmUp = Math.min(50, tries)

interface Result { name: string; median: [number, number]; mean: [number, number]; differ: string }

const stops: (() => Promise<unknown> | unknown)[] = []
const results: Result[] = []
try {
  const { entrances, between } = await openEntrances({ after: (stop) => void stops.push(stop) })
  for (const entrance of entrances.filter((e) => new RegExp(values.only).test(e.name))) {
    const result = await measure(entrance, between)
    results.push(result)
    console.log(line(result))
  }
} finally {
  for (const stop of stops.reverse()) await stop()
}
const failed = results.filter((r) => !isEven(r))
if (!values.dry && values.only === '') writeFileSync(join(root, 'docs/bench-enumeration.md'), report())
console.log(failed.length === 0 ? `✔ ${results.length} entrances tell nothing within ${most} ms` : `✖ ${failed.map((r) => r.name).join(', ')}`)
process.exit(failed.length === 0 ? 0 : 1)

async function measure(entrance: Entrance, between: () => Promise<void>): Promise<Result> {
  const times: [number[], number[]] = [[], []]
  let differ = ''
  for (let i = 0; i < tries + warmUp; i++) {
    if (!entrance.countsOn) await between()
    await entrance.before?.()
    const answers: Answer[] = []
    // Which comes first changes, so that neither always meets the warmer caches.
    for (const exists of i % 2 === 0 ? [true, false] : [false, true]) {
      const send = await entrance.ready(exists)
      const begun = performance.now()
      const answer = await send()
      const took = performance.now() - begun
      if (i >= warmUp) times[exists ? 0 : 1].push(took)
      answers[exists ? 0 : 1] = answer
    }
    const [known, unknown] = answers.map(plain) as [string, string]
    if (known !== unknown && differ === '') differ = whereTheyDiffer(known, unknown)
  }
  return { name: entrance.name, median: [median(times[0]), median(times[1])], mean: [mean(times[0]), mean(times[1])], differ }
}

/** An answer without what is new each time: tokens, ids, references, what was typed, and how long one still has to wait. */
function plain({ status, location, body, cookies, typed }: Answer): string {
  let text = [status, location, ...cookies.map((c) => c.replace(/=[^;]*/, '=…')), body].join('\n')
  for (const word of typed) text = text.replaceAll(word, '‹typed›')
  return text.replace(/nonce(-|=")[\w+/=-]+/g, 'nonce').replace(/(name="_csrf" value|data-options)="[^"]*"/g, '$1').replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, '‹id›').replace(/TK-[\w-]+/g, '‹reference›').replace(/\d+ (giây|phút)/g, '… $1').replace(/&quot;challenge&quot;:&quot;[\w-]+/g, '‹challenge›').replace(/"challenge":"[\w-]+/g, '‹challenge›')
}

function whereTheyDiffer(a: string, b: string): string {
  const at = [...a].findIndex((c, i) => c !== b[i])
  return `"${a.slice(Math.max(0, at - 30), at + 50)}" / "${b.slice(Math.max(0, at - 30), at + 50)}"`.replaceAll('\n', ' ')
}

function median(all: number[]): number {
  return all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0
}

/** Without the slowest twentieth: other programs of the machine. */
function mean(all: number[]): number {
  const kept = all.sort((a, b) => a - b).slice(0, Math.ceil(all.length * 0.95))
  return kept.reduce((sum, ms) => sum + ms, 0) / kept.length
}

function isEven({ median: [a, b], mean: [c, d], differ }: Result): boolean {
  return Math.abs(a - b) <= most && Math.abs(c - d) <= most && differ === ''
}

function line(r: Result): string {
  return `${isEven(r) ? '✔' : '✖'} ${r.name}: median ${r.median.map((ms) => ms.toFixed(2)).join(' / ')} ms, mean ${r.mean.map((ms) => ms.toFixed(2)).join(' / ')} ms${r.differ ? `, answers differ: ${r.differ}` : ''}`
}

function report(): string {
  const row = (r: Result): string => `| ${r.name} | ${r.median[0].toFixed(1)} | ${r.median[1].toFixed(1)} | ${(r.median[0] - r.median[1]).toFixed(2)} | ${r.mean[0].toFixed(1)} | ${r.mean[1].toFixed(1)} | ${(r.mean[0] - r.mean[1]).toFixed(2)} | ${r.differ === '' ? 'yes' : 'no'} |`
  return `# Bench of enumeration

Repeat with \`npm run bench:enumeration\`. Does an answer tell who has an account? Each entrance is tried ${tries} times with an account that exists and ${tries} times with one that
does not, in turns and over HTTP; nodes, stand-ins and database share the machine. Times in milliseconds; the mean leaves out the slowest twentieth. "Same" means: status, headers that set cookies,
address and page are the same byte by byte, apart from tokens, ids and what was typed. More than ${most} ms between the two fails.

- ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, kernel ${release()}, Node ${process.versions.node}

| entrance | median, exists | does not | difference | mean, exists | does not | difference | same |
|---|---:|---:|---:|---:|---:|---:|---|
${results.map(row).join('\n')}

Looking somebody up at the desk tells an officer by intention whether there is an account; there it is the refusal of a desk that asks too fast which must say nothing more.
A passkey names its own account: what is compared is a key that this node knows, with a signature that is wrong, and one that it does not know.
`
}

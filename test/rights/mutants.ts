/**
 * `npm run rights:mutants [-- WORD]`: takes each check of "whose object is it" out of the program, one at a time, and runs the matrix on the routes that
 * hang on it. A mutant that the matrix does not notice is a hole in the matrix. WORD picks those whose file or routes have it. The rights of routes
 * themselves are taken away in the matrix's own test.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../../src/platform/root.ts'
import { checks, type Mutant } from './support/checks.ts'

/** Two cores, and each run waits for its database half of the time. */
const atOnce = 2
const longestMs = 240_000

interface Asked { node: string; routes: string; mutant?: Mutant }

/** What the matrix says of one run: its first mismatch, undefined where it holds. */
function run({ node, routes, mutant }: Asked): Promise<{ mismatch: string | undefined; out: string }> {
  const child = spawn(process.execPath, ['--import', './test/rights/support/mutate.mjs', '--import', 'tsx', '--test', '--test-isolation=none', '--test-force-exit', 'test/rights/rights-matrix.test.ts'], {
    cwd: root, timeout: longestMs, stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'test', RIGHTS_ONLY: routes, RIGHTS_NODE: node, RIGHTS_MUTANT: mutant ? JSON.stringify({ ...mutant, file: join('src', mutant.file) }) : 'null' },
  })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => void (out += part.toString()))
  return new Promise((done) => child.on('close', () => done({ out, mismatch: /needs it once|was not loaded/.test(out) ? undefined : /'(.*(?: expected, |shows |was refused and yet).*)'/.exec(out)?.[1] })))
}

const word = process.argv[2] ?? ''
const wanted = checks.filter((m) => m.file.includes(word) || m.routes.source.includes(word))
const begun = Date.now()
let failed = 0

// With every check in its place the matrix is silent on these routes: else it would "notice" anything.
for (const [node, mutants] of Map.groupBy(wanted, (m) => m.node)) {
  const { mismatch, out } = await run({ node, routes: [...new Set(mutants.map((m) => m.routes.source))].join('|') })
  const holds = mismatch === undefined && /ℹ fail 0/.test(out)
  if (!holds) failed++
  console.log(holds ? `✔ ${node}: with every check the matrix holds` : `✖ ${node}: the matrix does not hold with every check\n${mismatch ?? out.slice(-1500)}`)
}

const waiting = [...wanted]
await Promise.all(Array.from({ length: atOnce }, async () => {
  for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
    const { mismatch, out } = await run({ node: mutant.node, routes: mutant.routes.source, mutant })
    if (mismatch === undefined) failed++
    console.log(`${mismatch === undefined ? '✖ SURVIVED' : '✔ noticed '} ${mutant.file}: without ${mutant.check.replace(/\s+/g, ' ').slice(0, 100)}\n    ${mismatch ?? out.slice(-1500)}`)
  }
}))
console.log(`${wanted.length} checks, ${failed} could be taken out unnoticed, in ${Math.round((Date.now() - begun) / 1000)} s`)
process.exit(failed > 0 ? 1 : 0)

// Loads published procedures into the catalogue of the national node: npm run import -- FILE [--report FILE]
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { importFile, importReport } from '../src/modules/catalogue/index.ts'
import { systemCtx } from '../src/platform/ctx.ts'
import type { Node } from '../src/platform/node.ts'
import { root } from '../src/platform/root.ts'
import { StartFailure } from '../src/platform/start-failure.ts'
import { withNationalNode } from './national-node.ts'

const usage = `npm run import -- FILE [--node national] [--report FILE]
  FILE      procedures as JSON lines, plain or gzip
  --report  where the report goes (var/import/…)`

async function main(): Promise<void> {
  const { positionals, values } = readArgs()
  const given = positionals[0]
  if (values.help || !given || positionals.length > 1) throw new StartFailure(usage)
  if (values.node !== 'national') throw new StartFailure('Procedures are imported at the national node; the other nodes receive them from there.')
  const file = resolve(given)
  await withNationalNode((node) => run(node, file, values.report))
}

async function run(node: Node, file: string, reportFile: string | undefined): Promise<void> {
  const ctx = systemCtx(node, 'import')
  const bar = progressBar()
  const result = await importFile(ctx, { file, onProgress: bar.show }).catch((error: NodeJS.ErrnoException) => {
    bar.end()
    if (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'EACCES') throw new StartFailure(`${file} cannot be read (${error.code}). Name a file of procedures as JSON lines, plain or gzip.`)
    if (error.code?.startsWith('Z_')) throw new StartFailure(`${file} is damaged: it begins like a gzip file but cannot be unpacked (${error.code}).`)
    throw error
  })
  bar.end()
  const report = reportFile ? resolve(reportFile) : join(root, 'var/import', `${ctx.now.toISOString().slice(0, 19).replace(/[:T]/g, '-')}-${basename(file)}.md`)
  mkdirSync(dirname(report), { recursive: true })
  writeFileSync(report, importReport(result, basename(file), ctx.now))
  const { lines, created, amended, unchanged, kept, refused, oddities, seconds } = result
  console.log(`${lines} procedures in ${seconds.toFixed(1)} s: ${created} new, ${amended} amended, ${unchanged} unchanged, ${kept} of our own kept, ${refused} not imported.`)
  console.log(`${oddities.length} oddities: ${report}`)
  if (lines === refused) throw new StartFailure(`${file} holds no procedures that can be imported.`)
}

/** One line on a terminal; every two thousandth line otherwise. */
function progressBar(): { show(lines: number): void; end(): void } {
  const { stderr } = process
  return {
    show(lines) {
      if (stderr.isTTY) stderr.write(`\r${'█'.repeat(Math.min(40, Math.floor(lines / 100))).padEnd(40, '·')} ${lines}`)
      else if (lines > 0 && lines % 2000 === 0) stderr.write(`${lines}\n`)
    },
    end() {
      if (stderr.isTTY) stderr.write('\n')
    },
  }
}

function readArgs() {
  try {
    return parseArgs({ allowPositionals: true, options: { node: { type: 'string', default: 'national' }, report: { type: 'string' }, help: { type: 'boolean', short: 'h' } } })
  } catch (error) {
    throw new StartFailure(`${(error as Error).message}\n${usage}`)
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof StartFailure ? error.message : error)
  process.exitCode = 1
})

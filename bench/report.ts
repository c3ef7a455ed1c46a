import { cpus, release } from 'node:os'
import type { Sql } from '../src/platform/db.ts'
import type { Filled } from './fill-dossiers.ts'
import type { Measured } from './measure.ts'

export interface Row { name: string; http: Measured; bare: Measured }

interface Report { rows: readonly Row[]; filled: Filled; connections: number; seconds: number; idle: number; peak: number; database: number; db: Sql }

const whole = (n: number): string => Math.round(n).toLocaleString('en')
const ms = (n: number): string => n.toFixed(1)

/** docs/bench.md: what was measured, on what, and how to repeat it. */
export async function report(r: Report): Promise<string> {
  const [version] = await r.db<{ v: string }[]>`SELECT current_setting('server_version') AS v`
  const line = ({ name, http, bare }: Row): string => `| ${name} | ${whole(http.perSecond)} | ${ms(http.p50)} | ${ms(http.p99)} | ${whole(bare.perSecond)} | ${ms(bare.p99)} | **${(http.perSecond / bare.perSecond).toFixed(2)}** |`
  return `# Bench

Repeat with \`npm run bench\`. Load, node and database share the machine; the load comes from one process over ${r.connections} kept-alive
connections, ${r.seconds} seconds a measurement after a warm-up. "Bare" is the same database in the same run, asked by a plain client on
${r.connections} connections for the same reads and writes, sent statement by statement inside a transaction, without HTTP, checks or rights.
The two take turns, a third of the time each turn, so that what disk and machine do meanwhile falls on both.

- ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, kernel ${release()}, Node ${process.versions.node}, PostgreSQL ${version!.v} with fsync
- ${whole(r.filled.dossiers)} dossiers with about 1 kB of answers each, filled in ${whole(r.filled.seconds)} s, ${whole(r.filled.bytes / 1e6)} MB on disk

| | over HTTP /s | p50 ms | p99 ms | bare /s | bare p99 ms | ratio |
|---|---:|---:|---:|---:|---:|---:|
${r.rows.map(line).join('\n')}

Memory: node process ${whole(r.idle)} MB after start, ${whole(r.peak)} MB at most under load; database server ${whole(r.database)} MB (shared memory counted once).

A filing is validated by its form definition, checked for rights and competence, and kept as one statement: dossier, content, event.
The bare filing writes the same rows and one message row more, since the program's outbox is written by a follower of the ledger, which runs
meanwhile on the same machine. An officer's step is a form post with session, right and CSRF check; it locks the dossier and the process, closes the task, moves the tokens,
opens the next task, writes the dossier where the step moves it, and appends the events, all in one transaction. Steps of different dossiers
that come together share one, and its commit. The bare step is the same: two locks, the task closed, the next one, the marking, the dossier, two events.
`
}

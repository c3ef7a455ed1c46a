/**
 * `npm run bench:search`: how well and how fast the catalogue's search answers. Imports real procedures into a database of its own, asks
 * real questions with and without diacritics, then fills up to 6,500 procedures and measures the time of a search. Writes docs/bench-search.md.
 * Ends with 1 when a share is below its aim. Options: --data FOLDER (procedures.jsonl.gz, procedure-names.jsonl.gz, faq/*.jsonl), --questions (prints those that fail), --searches N (1500).
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { calendarModule } from '../src/modules/calendar/index.ts'
import { catalogue, importFile, searchProcedures } from '../src/modules/catalogue/index.ts'
import { readIndex } from '../src/modules/catalogue/search/read-index.ts'
import { everydayQuestions } from '../src/modules/catalogue/search/everyday-questions.ts'
import { scoreQuestion } from '../src/modules/catalogue/search/score.ts'
import { plainWords } from '../src/modules/catalogue/search/search-index.ts'
import { suggest } from '../src/modules/catalogue/search/suggest.ts'
import { organisations } from '../src/modules/organisations/index.ts'
import { systemCtx } from '../src/platform/ctx.ts'
import { openDatabase, type Sql } from '../src/platform/db.ts'
import { root } from '../src/platform/root.ts'
import { testDatabase } from '../src/platform/testing/database.ts'
import { testNode } from '../src/platform/testing/node.ts'

const { values } = parseArgs({ options: { data: { type: 'string', default: process.env.MOTCUA_DATA ?? '' }, questions: { type: 'boolean', default: false }, searches: { type: 'string', default: '1500' } } })
const data = values.data
const file = (name: string): string => join(data, name)
if (!existsSync(file('procedures.jsonl.gz')) || !existsSync(file('faq/dvc_faq_qa_500.jsonl'))) {
  console.error('The real procedures and questions are not part of the project: --data or MOTCUA_DATA names the folder that holds procedures.jsonl.gz, procedure-names.jsonl.gz and faq/.')
  process.exit(1)
}

interface NamedRow { code: string; name: string; field?: string; ministry?: string; levels?: string[] }
interface Question { question: string; expected_procedure_title: string }

const lines = <T>(text: string): T[] => text.split('\n').filter((l) => l.trim() !== '').map((l) => JSON.parse(l) as T)
const percent = (n: number, of: number): string => `${((100 * n) / of).toFixed(1)} %`
const strip = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')
const scratch = mkdtempSync(join(tmpdir(), 'motcua-bench-'))

/** Titles as they are compared: words only, without what stands before a name by mistake. */
const title = (name: string): string => plainWords(name).replace(/^(ten )?thu tuc /, '')

async function importRows(db: Sql, rows: readonly object[], name: string): Promise<void> {
  const path = join(scratch, name)
  writeFileSync(path, rows.map((r) => JSON.stringify(r)).join('\n'))
  await importFile(systemCtx(testNode(db, { code: 'VN' }), 'bench'), { file: path })
}

/** Codes that count as the expected procedure: those of that title, or where none has it, of the titles that share four fifths of all words. */
function expectedCodes(names: ReadonlyMap<string, string>, wanted: string): { codes: Set<string>; exact: boolean } {
  const asked = title(wanted)
  const same = [...names].filter(([, name]) => name === asked).map(([code]) => code)
  if (same.length > 0) return { codes: new Set(same), exact: true }
  const words = new Set(asked.split(' '))
  const alike = [...names].flatMap(([code, name]) => {
    const own = new Set(name.split(' '))
    const common = [...own].filter((w) => words.has(w)).length
    return common / (own.size + words.size - common) >= 0.8 ? [code] : []
  })
  return { codes: new Set(alike), exact: false }
}

async function quality(db: Sql, names: ReadonlyMap<string, string>, questions: readonly Question[], change: (text: string) => string) {
  let right = 0, first = 0, exactRight = 0
  const wrong: string[] = []
  for (const { question, expected_procedure_title: wanted } of questions) {
    const { codes, exact } = expectedCodes(names, wanted)
    const { rows } = await searchProcedures(db, { q: change(question), size: 5 })
    const at = rows.findIndex((r) => codes.has(r.code))
    if (at >= 0) right++
    if (at >= 0 && exact) exactRight++
    if (at === 0) first++
    if (at < 0) wrong.push(`${change(question)}\n    wanted ${wanted}\n    found  ${rows.map((r) => `${r.code} ${r.name.vi.slice(0, 90)}`).join('\n           ')}`)
  }
  return { right, first, exactRight, wrong }
}

async function latency(ask: (question: string) => Promise<unknown>, asked: readonly string[], times: number) {
  for (const question of asked.slice(0, 100)) await ask(question)
  const spent: number[] = []
  for (let i = 0; i < times; i++) {
    const begun = performance.now()
    await ask(asked[i % asked.length]!)
    spent.push(performance.now() - begun)
  }
  spent.sort((a, b) => a - b)
  const share = (p: number): number => spent[Math.min(spent.length - 1, Math.floor(spent.length * p))]!
  return { p50: share(0.5), p99: share(0.99), max: spent.at(-1)! }
}

const heap = (): number => {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1024 / 1024
}

const { db, url } = await testDatabase()
try {
  const node = testNode(db, { code: 'VN', modules: [organisations, calendarModule, catalogue] })
  await catalogue.seed!(node)
  const named = lines<NamedRow>(gunzipSync(readFileSync(file('procedure-names.jsonl.gz'))).toString('utf8'))
  console.log('Importing real procedures …')
  await importFile(systemCtx(node, 'bench'), { file: file('procedures.jsonl.gz') })
  const known = new Set((await db<{ code: string }[]>`SELECT code FROM catalogue.procedure`).map((r) => r.code))
  await importRows(db, named.filter((n) => !known.has(n.code)), 'named.jsonl')
  const rows = await db<{ code: string; name: string }[]>`SELECT code, name_vi AS name FROM catalogue.procedure`
  const names = new Map(rows.map((r) => [r.code, title(r.name)]))
  // The shipped edition of a procedure has a plainer name; the published title means the same code.
  const published = new Map(named.map((n) => [n.code, title(n.name)]))
  const titles = new Map([...names].map(([code, name]) => [code, published.get(code) ?? name]))
  const questions = lines<Question>(readFileSync(file('faq/dvc_faq_qa_500.jsonl'), 'utf8'))
  const popular = (JSON.parse(readFileSync(file('faq/popular_procedures.json'), 'utf8')) as { popular_procedures: { name: string }[] }).popular_procedures
    .map((p) => ({ question: p.name.replace(/\s*\(.*\)$/, ''), expected_procedure_title: p.name.replace(/\s*\(.*\)$/, '') })).filter((q) => expectedCodes(titles, q.expected_procedure_title).codes.size > 0)
  const with_ = await quality(db, titles, questions, (t) => t)
  const without = await quality(db, titles, questions, strip)
  const common = await quality(db, titles, popular, strip)
  const everyday = await askEveryday(db)
  const known2 = questions.filter((q) => expectedCodes(titles, q.expected_procedure_title).exact).length
  if (values.questions) for (const text of new Set([...with_.wrong, ...without.wrong, ...common.wrong, ...everyday.wrong])) console.log(`\n- ${text}`)

  const filling = named.filter((n) => !/\.\d{3}\.\d{2}\.\d{2}\./.test(n.code)).slice(0, Math.max(0, 6500 - names.size)).map((n, i) => ({ ...n, code: `9.${String(100_000 + i)}`, name: `${n.name} (địa bàn ${i % 34})` }))
  await importRows(db, filling, 'filling.jsonl')
  const asked = [...questions.map((q) => q.question), ...questions.map((q) => strip(q.question)), ...rows.filter((_, i) => i % 25 === 0).map((r) => r.name), 'bang lai', 'gplx', 'so do', 'ket hom', 'khai sih', 'dang ky']
  const index = await readIndex(db)
  // A second handle has an index of its own: what the heap grows by is one index.
  const other = openDatabase(url, { max: 1 })
  await other`SELECT 1`
  const before = heap()
  const begun = performance.now()
  const second = await readIndex(other)
  const built = performance.now() - begun
  const memory = heap() - before
  if (second.size !== index.size) throw new Error('The two indexes differ.')
  await other.end()
  const thinking = await latency((q) => Promise.resolve(scoreQuestion(index, q)), asked, Number(values.searches))
  const whole = await latency((q) => searchProcedures(db, { q, size: 20 }), asked, Number(values.searches))
  const starts = asked.flatMap((q) => [q.slice(0, 6), q.slice(0, 14)])
  const typing = await latency((q) => suggest(db, q, 'vi'), starts, Number(values.searches))
  const text = `# How well and how fast search answers

Measured by \`npm run bench:search\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.versions.node}, PostgreSQL of the tests on the same machine (${(await import('node:os')).cpus().length} cores, other work running beside).

| What | Figure | Aim |
|---|---|---|
| Expected procedure among the first five, as written | ${percent(with_.right, questions.length)} (${with_.right} of ${questions.length}; first place ${with_.first}) | 85 % |
| The same without diacritics | ${percent(without.right, questions.length)} (${without.right} of ${questions.length}; first place ${without.first}) | 80 % |
| – where the expected title is in the catalogue letter by letter (${known2} questions) | ${percent(with_.exactRight, known2)} as written, ${percent(without.exactRight, known2)} without diacritics | |
| Names of the procedures most asked for, without diacritics | ${common.right} of ${popular.length} | |
| Everyday questions written for this project, as written and without diacritics | ${percent(everyday.right, everyday.all)} (${everyday.right} of ${everyday.all}) | 85 % |
| Search at ${index.size.toLocaleString('en')} procedures, one after the other | p50 ${whole.p50.toFixed(1)} ms, p99 ${whole.p99.toFixed(1)} ms, longest ${whole.max.toFixed(1)} ms | p99 20 ms |
| – of it in the program itself | p50 ${thinking.p50.toFixed(1)} ms, p99 ${thinking.p99.toFixed(1)} ms, longest ${thinking.max.toFixed(1)} ms | |
| Suggestions while typing | p50 ${typing.p50.toFixed(1)} ms, p99 ${typing.p99.toFixed(1)} ms | p99 20 ms |
| Index in memory | ${memory.toFixed(1)} MB, made in ${built.toFixed(0)} ms | 15 MB |

How: ${names.size.toLocaleString('en')} procedures with their published names are in the catalogue when the questions are asked; copies of names fill it up to ${index.size.toLocaleString('en')} for the times.
A question counts when a procedure with the expected title is among the first five. ${questions.length - known2} questions expect a title that the catalogue does not have letter by letter; there a title that shares four fifths of all words counts.
No rule and no entry of the glossary names a question or a procedure of that file. The list of words that frame a question was written with the file in sight, the glossary was not;
the everyday questions, by the same author as the glossary, are about other procedures, and the tests ask them too.
`
  writeFileSync(join(root, 'docs/bench-search.md'), text)
  console.log(text)
  const shares = [[with_.right / questions.length, 0.85], [without.right / questions.length, 0.8], [everyday.right / everyday.all, 0.85]] as const
  if (shares.some(([share, aim]) => share < aim)) process.exitCode = 1
} finally {
  rmSync(scratch, { recursive: true, force: true })
  await db.end({ timeout: 2 })
}
process.exit()

async function askEveryday(on: Sql) {
  let right = 0
  const wrong: string[] = []
  const there = new Set((await on<{ code: string }[]>`SELECT code FROM catalogue.procedure`).map((r) => r.code))
  const asked = everydayQuestions.filter((e) => e.codes.some((code) => there.has(code))).flatMap((e) => [e, { ...e, question: strip(e.question) }])
  for (const { question, codes } of asked) {
    const { rows } = await searchProcedures(on, { q: question, size: 5 })
    if (rows.some((r) => codes.includes(r.code))) right++
    else wrong.push(`${question}\n    wanted ${codes.join(', ')}\n    found  ${rows.map((r) => `${r.code} ${r.name.vi.slice(0, 90)}`).join('\n           ')}`)
  }
  return { right, all: asked.length, wrong }
}

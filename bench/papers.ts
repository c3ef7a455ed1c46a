/**
 * `npm run bench:papers`: milliseconds of processor that papers take, by template and part, and those that one life of a dossier asks for, as a node makes, signs and keeps them.
 * Processor time, not the clock, so that it may be measured beside other work. Writes docs/bench-papers.md.
 * Options: --lives N (200), --each N papers of each template (40), --dry (the file stays as it is).
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, release, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { signPdf, type SignerName } from '../src/modules/documents/index.ts'
import { templateNames, templates, type TemplateName } from '../src/modules/documents/templates/templates.ts'
import { sampleKeys } from '../src/modules/documents/testing/sample-pdf.ts'
import { createPaperCompiler } from '../src/modules/documents/typeset/paper-compiler.ts'
import { renderPdf, wordsOf } from '../src/modules/documents/typeset/render-pdf.ts'
import { typesetter } from '../src/modules/documents/typeset/typesetter.ts'
import { root } from '../src/platform/root.ts'
import { localFiles } from '../src/platform/files.ts'
import { cpuMs } from './memory.ts'

const { values } = parseArgs({ options: { lives: { type: 'string', default: '200' }, each: { type: 'string', default: '40' }, dry: { type: 'boolean', default: false } } })
const lives = Number(values.lives)
const each = Number(values.each)
/** As many agencies as `npm run bench:lives` has; each returns after so many lives. */
const agencies = 40
/** Before the measurement each agency gets its keys, and the engine compiles itself. */
const warmUp = agencies

const parts = ['data', 'QR code', 'layout', 'PDF'] as const
type Part = (typeof parts)[number] | 'signatures' | 'keeping'

// Stopping waits for the typesetter, which alone does not keep this process alive.
const awake = setInterval(() => {}, 60_000)
const folder = mkdtempSync(join(tmpdir(), 'motcua-papers-'))
const node = sampleKeys(folder)
const files = localFiles(join(folder, 'files'))
const compiler = createPaperCompiler(join(root, 'src/modules/documents/templates'), join(root, 'node_modules/@expo-google-fonts/tinos'))

/** The hand-overs of a routine dossier fill seven rows of its control slip. */
const { steps, mark } = templates['control-slip'].sample
const samples: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(templateNames.map((name) => [name, templates[name].sample])),
  'control-slip': { ...templates['control-slip'].sample, steps: Array.from({ length: 7 }, (_, i) => steps[i % steps.length]) },
  // All papers of a life bear its one code.
  'household-business-certificate': { ...templates['household-business-certificate'].sample, mark },
}

const seal = (n: number): SignerName => ({ agencyCode: `H21.${n % agencies}`, name: `Ủy ban nhân dân phường ${n % agencies}` })
const leader = (n: number): SignerName => ({ officerId: `019a0000-0000-7000-8000-${String(n % agencies).padStart(12, '0')}`, name: 'Trần Thị Bích Hạnh', title: 'Chủ tịch' })
/** What a routine dossier gets in its life, and who signs it. */
const ofLife: readonly { name: TemplateName; signers(n: number): SignerName[] }[] = [
  { name: 'appointment-slip', signers: (n) => [seal(n)] },
  { name: 'household-business-certificate', signers: (n) => [leader(n), seal(n)] },
  { name: 'control-slip', signers: (n) => [seal(n)] },
]

const ofAgency = new Set(['agency', 'superior', 'organisation', 'place', 'returnPlace', 'receivingUnit', 'handlingAgency', 'from', 'to'])
const ofProcedure = new Set(['form', 'procedure', 'request'])

/** The sample as another person's, at one of the agencies: what the procedure says stays, what an agency says comes again with it, all else is new. */
function another(value: unknown, n: number, key = ''): unknown {
  if (ofProcedure.has(key)) return value
  if (typeof value === 'string') return value.includes(' ') ? `${value} ${ofAgency.has(key) ? n % agencies : n}` : key === 'code' || key === 'dossierCode' || key === 'url' ? `${value}-${n}` : value
  if (Array.isArray(value)) return value.map((one) => another(one, n, key))
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, another(one, n, name)]))
}

const spent = (): number => { const { user, system } = process.cpuUsage(); return (user + system) / 1000 }

interface Cost { papers: number; bytes: number; ms: Map<Part, number> }
const costs = (): Map<TemplateName, Cost> => new Map(templateNames.map((name) => [name, { papers: 0, bytes: 0, ms: new Map() }]))

/** Typesets a paper in this process, each part by itself. */
async function make(name: TemplateName, n: number, into: Cost): Promise<Buffer> {
  let from = spent()
  const took = (part: Part): void => {
    const now = spent()
    into.ms.set(part, (into.ms.get(part) ?? 0) + now - from)
    from = now
  }
  const { data, qr } = wordsOf(name, another(samples[name], n) as never)
  took('data')
  const code = qr === null ? null : await compiler.qrCode(qr)
  took('QR code')
  const laidOut = compiler.layOut(name, { ...data, qr: code })
  took('layout')
  const pdf = compiler.write(laidOut, Math.floor(node.now().getTime() / 1000))
  took('PDF')
  into.papers += 1
  into.bytes += pdf.length
  return pdf
}

async function signAndKeep(pdf: Buffer, signers: readonly SignerName[], into: Cost): Promise<void> {
  const before = spent()
  let signed = pdf
  for (const signer of signers) signed = await signPdf(node, signed, { signer })
  const between = spent()
  await files.put(signed)
  into.ms.set('signatures', (into.ms.get('signatures') ?? 0) + between - before)
  into.ms.set('keeping', (into.ms.get('keeping') ?? 0) + spent() - between)
}

/** What a life asks for, part by part. */
async function measureLives(): Promise<Map<TemplateName, Cost>> {
  let cost = costs()
  for (let n = -warmUp; n < lives; n++) {
    if (n === 0) cost = costs()
    for (const { name, signers } of ofLife) await signAndKeep(await make(name, n + warmUp, cost.get(name)!), signers(n + warmUp), cost.get(name)!)
  }
  return cost
}

/** The same with the typesetter in its own process, as a node does it: milliseconds a life. */
async function measureWhole(): Promise<number> {
  let before = 0
  const processor = (): number => spent() + cpuMs(typesetter.pid()!)
  for (let n = -warmUp; n < lives; n++) {
    if (n === 0) before = processor()
    for (const { name, signers } of ofLife) await signAndKeep(await renderPdf(node, name, another(samples[name], n + 1_000_000) as never), signers(n + warmUp), { papers: 0, bytes: 0, ms: new Map() })
  }
  return (processor() - before) / lives
}

/** Every template in turn: nothing is remembered but what all papers share. */
async function measureEach(): Promise<Map<TemplateName, Cost>> {
  let cost = costs()
  for (let n = -5; n < each; n++) {
    if (n === 0) cost = costs()
    // Each round begins with another one: what is forgotten from time to time does not always fall on the same.
    for (const k of templateNames.keys()) {
      const name = templateNames[(k + n + 5) % templateNames.length]!
      await make(name, n + 2_000_000, cost.get(name)!)
    }
  }
  return cost
}

const perPaper = (cost: Cost, part: Part): number => (cost.ms.get(part) ?? 0) / Math.max(1, cost.papers)
const sum = (cost: Cost): number => [...cost.ms.keys()].reduce((total, part) => total + perPaper(cost, part), 0)
const figure = (ms: number): string => ms.toFixed(ms < 10 ? 2 : 1)

function table(rows: readonly (readonly [string, Cost])[], columns: readonly Part[]): string {
  const line = ([name, cost]: readonly [string, Cost]): string => `| ${name} | ${columns.map((part) => figure(perPaper(cost, part))).join(' | ')} | **${figure(sum(cost))}** | ${Math.round(cost.bytes / Math.max(1, cost.papers) / 1000)} |`
  return `| paper | ${columns.join(' | ')} | all | kB |\n|---|${columns.map(() => '---:|').join('')}---:|---:|\n${rows.map(line).join('\n')}`
}

try {
  const life = await measureLives()
  const inParts = ofLife.reduce((total, { name }) => total + sum(life.get(name)!), 0)
  const whole = await measureWhole()
  const all = await measureEach()
  const page = `# Papers

Repeat with \`npm run bench:papers\`. Milliseconds of processor a paper, in Node and typesetter; the clock may show more where other programs run. Each paper says other things about other people, at one of ${agencies} agencies in turn.
"Data" is their check against the schema of the template, "layout" and "PDF" are the typesetter's (PDF/A-2a, tagged, fonts cut to the letters used). A signature is PAdES B-T: two RSA signatures, one of them of the time-stamp.
"Keeping" hashes the file and writes it; the rows of the database are not in it.

- ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]!.model.trim()}, kernel ${release()}, Node ${process.versions.node}

## The papers of one life

Slip of appointment (one seal), result (signature of the leader and seal) and control slip with seven hand-overs (one seal), ${lives} lives, in one process: **${figure(inParts)} ms a life**. With the typesetter in a process of its own, as a node does it: **${figure(whole)} ms a life**.

${table(ofLife.map(({ name }) => [name, life.get(name)!] as const), [...parts, 'signatures', 'keeping'])}

## Every template

All ${templateNames.length} in turn, ${each} of each, not signed.

${table(templateNames.map((name) => [name, all.get(name)!] as const), parts)}
`
  console.log(page)
  if (!values.dry) writeFileSync(join(root, 'docs/bench-papers.md'), page)
} finally {
  await typesetter.stop()
  rmSync(folder, { recursive: true, force: true })
  clearInterval(awake)
}

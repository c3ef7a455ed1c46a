import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { Parser } from 'n3'
import { contentHash } from '../../../platform/canonical-json.ts'
import type { ProcedureInput } from '../content.ts'
import { convertRow } from '../import/convert-row.ts'
import { Oddities } from '../import/oddities.ts'
import { checkContent } from '../publish-procedure.ts'
import { lifeEvents } from '../seed/life-events.ts'
import { shippedProcedures } from '../seed/shipped-procedures.ts'
import { addressesBelow } from './addresses.ts'
import { cpsvApContext } from './cpsv-ap-context.ts'
import { datasetOf, publicServiceOf } from './cpsv-ap.ts'
import { shapesText, validateShapes, type Verdict } from './testing/validate-shapes.ts'

suite('cpsv-ap', () => {
const at = addressesBelow('https://portal.example')
const events = new Map(lifeEvents.map((e) => [e.code, { audience: e.audience, vi: e.vi, en: e.en }]))
const entry = (content: ProcedureInput) => publicServiceOf(at, { code: content.code, version: 1, content, hash: contentHash(content), validFrom: '2026-01-01', validTo: null, decisionNumber: '1/QĐ', publishedAt: new Date('2026-01-01T00:00:00Z'), status: 'in-force', signature: 'a.b.c' }, events)
const graph = (contents: readonly ProcedureInput[]) => ({ '@context': cpsvApContext(at), '@graph': [datasetOf(at), ...contents.map(entry)] })
const bare: ProcedureInput = {
  code: '1.000001', name: { vi: 'Thủ tục thử' }, sector: { code: 'thử nghiệm', name: { vi: 'Thử' } }, levels: [], agencies: { executing: [], competent: [], authorised: [], cooperating: [] }, subjects: [], steps: [], methods: [], components: [], requirements: [],
  legalBases: [{ number: '1/2026/QĐ "<thử>"' }], results: [], onlineLevel: 'none', filingScope: 'province', related: [], keywords: [], lifeEvents: [],
}
const conforms = (v: Verdict) => assert.deepEqual([v.bySeverity, v.first], [{ Violation: 0, Warning: 0, Info: 0 }, []])

test('the constraints kept here are those of the published shapes', { skip: process.env.MOTCUA_DATA ? false : 'set MOTCUA_DATA to the folder of the published shapes' }, async () => {
  const kept = new Parser().parse(await readFile(new URL('testing/cpsv-ap-3.2.0-shapes.ttl', import.meta.url), 'utf8'))
  const published = new Parser().parse(shapesText()).filter((q) => !/shacl#(description|name)$|rdf-schema#/.test(q.predicate.value))
  assert.deepEqual(kept.map((q) => JSON.stringify(q)).sort(), published.map((q) => JSON.stringify(q)).sort())
})

test('all shipped procedures in one graph keep every shape of CPSV-AP 3.2', async (t) => {
  const verdict = await validateShapes(graph(shippedProcedures.map((p) => p.content)))
  t.diagnostic(`${shippedProcedures.length} procedures, ${verdict.triples} triples: ${JSON.stringify(verdict.bySeverity)}`)
  conforms(verdict)
  assert.ok(verdict.triples > 50 * shippedProcedures.length)
})

test('a procedure of which hardly anything is known, and one with odd signs and figures, keep the shapes too', async () => {
  conforms(await validateShapes(graph([bare])))
  const odd: ProcedureInput = { ...bare, code: '1.000002', methods: [{ channel: 'online', limit: { value: 0.5, unit: 'day' }, fees: [{ amount: null }, { amount: 1, note: { vi: 'x' } }] }, { channel: 'online', limit: { value: 1.5, unit: 'hour' }, fees: [] }, { channel: 'desk', limit: { value: 2.5, unit: 'month' }, fees: [] }, { channel: 'post', limit: { value: 7, unit: 'working-day' }, fees: [] }],
    components: [{ name: { vi: 'Tờ khai' }, originals: 1, copies: 0, source: 'you-have-it', documentType: 'KQ.G15.000031', form: { name: 'm', url: 'https://x.example/a b?c={d}|"e"' } }], lifeEvents: ['co-con', 'unknown-event'], keywords: ['"quote"\n\\'], related: ['1.000001'] }
  conforms(await validateShapes(graph([odd])))
})

test('the check can fail: what a shape demands is missed when it is taken away', async () => {
  const { hasCompetentAuthority: _, ...without } = entry(shippedProcedures[0]!.content)
  const verdict = await validateShapes({ '@context': cpsvApContext(at), '@graph': [datasetOf(at), without] })
  assert.equal(verdict.bySeverity.Violation, 1)
  assert.match(verdict.first[0]!, /hasCompetentAuthority/)
})

test('every property and class of the graph has a meaning: nothing is lost on the way from JSON', async () => {
  // safe mode of the processor refuses terms without a definition; a probe shows that it does.
  await assert.rejects(validateShapes({ '@context': cpsvApContext(at), id: 'https://portal.example/x', notDefined: 1 }))
  await assert.rejects(validateShapes({ '@context': 'https://elsewhere.example/context', id: 'https://portal.example/x' }), /elsewhere/)
})

test('figures arrive: fee, time, working days, papers of the driving licence', async () => {
  const licence = entry(shippedProcedures.find((p) => p.content.code === '3.000347')!.content) as { hasCost: { hasValue: string }[]; workingDays: number; hasInput: unknown[] }
  assert.deepEqual([licence.hasCost[0]!.hasValue, licence.workingDays, licence.hasInput.length > 2], ['115000', 5, true])
})

const realFile = process.env.MOTCUA_DATA ? join(process.env.MOTCUA_DATA, 'procedures.jsonl.gz') : undefined
test('all real procedures keep every shape', { skip: realFile && existsSync(realFile) ? false : 'set MOTCUA_DATA to the folder that holds procedures.jsonl.gz' }, async (t) => {
  const lines = gunzipSync(await readFile(realFile!)).toString('utf8').split('\n').filter(Boolean)
  const total: Verdict = { triples: 0, bySeverity: { Violation: 0, Warning: 0, Info: 0 }, first: [] }
  let procedures = 0
  for (let i = 0; i < lines.length; i += 150) {
    const contents = lines.slice(i, i + 150).flatMap((line) => {
      const row = JSON.parse(line) as Record<string, unknown>
      return [checkContent(convertRow(row, new Oddities(String(row.code)), new Map([['bộ tư pháp', 'G15']])).content)]
    })
    const verdict = await validateShapes(graph(contents))
    procedures += contents.length
    total.triples += verdict.triples
    for (const [severity, n] of Object.entries(verdict.bySeverity)) total.bySeverity[severity] = (total.bySeverity[severity] ?? 0) + n
    total.first.push(...verdict.first)
  }
  t.diagnostic(`${procedures} procedures, ${total.triples} triples: ${JSON.stringify(total.bySeverity)}`)
  conforms(total)
  assert.ok(procedures > 2000)
})
})

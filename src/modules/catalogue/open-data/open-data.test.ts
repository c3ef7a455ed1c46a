import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import type { FastifyInstance } from 'fastify'
import type { JWK } from 'jose'
import readXlsxFile from 'read-excel-file/node'
import { buildApp } from '../../../app.ts'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { runDue } from '../../../platform/jobs.ts'
import type { Node } from '../../../platform/node.ts'
import { root } from '../../../platform/root.ts'
import { testDatabase, type TestDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { exchange, signingKeyId } from '../../exchange/index.ts'
import { drainFollowers, ledger } from '../../ledger/index.ts'
import { catalogue, publishProcedure } from '../index.ts'
import { shippedProcedures } from '../seed/shipped-procedures.ts'
import { latestDumps, type Dump } from './dump.store.ts'
import { makeDumps } from './make-dumps.ts'
import { signVersions } from './sign-version.ts'
import { validateShapes } from './testing/validate-shapes.ts'
import { verifyDump } from './verify-dump.ts'
import { csvOf } from './write-csv.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('open-data', () => {
const folder = mkdtempSync(join(tmpdir(), 'motcua-open-data-'))
let database: TestDatabase
let node: Node
let server: FastifyInstance
let now = new Date('2026-11-22T03:00:00Z')
let dumps: Dump[]

const fileOf = (name: string): Promise<Buffer> => node.files.get(dumps.find((d) => d.name.startsWith(name))!.fileId)
const get = (url: string, headers: Record<string, string> = {}) => server.inject({ method: 'GET', url, headers })

async function publish(change: object, code = '1.001193'): Promise<void> {
  const ctx = systemCtx(node, 'test')
  const content = { ...shippedProcedures.find((p) => p.content.code === code)!.content, ...change }
  await transact(ctx, (tx) => publishProcedure(tx, ctx, { content, validFrom: '2026-11-22', decisionNumber: '7/QĐ-BTP', decisionDate: '2026-11-20' }))
}

before(async () => {
  database = await testDatabase()
  node = testNode(database.db, { code: 'VN', modules: [ledger, exchange, catalogue], now: () => now })
  await catalogue.seed!(node)
  server = (await buildApp(node)).server
  // As when a node starts: its keys are there before its first act.
  await signingKeyId(node)
  await publish({ name: { vi: '=HYPERLINK("http://x")' } })
  dumps = await makeDumps(node)
})
after(() => server.close())

test('the whole catalogue lies ready as JSON, JSON-LD, CSV and XLSX, each with its true digest and size', async () => {
  assert.deepEqual(dumps.map((d) => d.format).sort(), ['csv', 'csv', 'csv', 'csv', 'csv', 'json', 'jsonld', 'xlsx'])
  for (const dump of dumps) {
    const reply = await get(`/du-lieu-mo/tap-tin/${dump.name}`)
    assert.deepEqual([reply.statusCode, createHash('sha256').update(reply.rawPayload).digest('hex'), reply.rawPayload.length], [200, dump.fileId, dump.size], dump.name)
  }
  const { body } = await get('/du-lieu-mo')
  for (const dump of dumps) assert.ok(body.includes(dump.name) && body.includes(dump.fileId), dump.name)
  assert.equal((await get('/du-lieu-mo/tap-tin/khong-co.json')).statusCode, 404)
})

test('an unchanged catalogue makes no new files; a publication makes the job that does', async () => {
  assert.deepEqual(await makeDumps(node), [])
  await publish({ keywords: ['mới'] }, '1.001612')
  await drainFollowers(node)
  now = new Date('2026-11-22T03:11:00Z')
  while ((await runDue(node)) > 0);
  const newer = await latestDumps(node.db)
  assert.ok(newer.length === dumps.length && newer.every((d) => d.name.includes('20261122T0311')))
  assert.match((await get('/du-lieu-mo')).body, /Các lần trước/)
})

test('a stranger checks the JSON dump offline: every hash, every signature, and finds what was changed', async () => {
  const bytes = await fileOf('danh-muc')
  const { keys } = (await get('/.well-known/catalogue-keys.json')).json() as { keys: JWK[] }
  const good = await verifyDump(bytes, keys)
  assert.deepEqual([good.faults, good.pinned, good.versions], [[], true, shippedProcedures.length + 1])
  const dump = JSON.parse(gunzipSync(bytes).toString()) as { versions: { hash: string; content: { name: { vi: string } }; signature: string | null; validFrom: string; decisionNumber: string | null }[]; keys: unknown[] }
  const changed = async (change: (d: typeof dump) => void, pinned = true): Promise<string> => {
    const copy = structuredClone(dump)
    change(copy)
    return (await verifyDump(gzipSync(JSON.stringify(copy)), pinned ? keys : undefined)).faults.join('; ')
  }
  assert.match(await changed((d) => { d.versions[3]!.content.name.vi += '.' }), /does not have the hash/)
  assert.match(await changed((d) => { d.versions[3]!.validFrom = '2020-01-01' }), /over something else/)
  assert.match(await changed((d) => { d.versions[3]!.decisionNumber = '1/QĐ' }), /over something else/)
  assert.match(await changed((d) => { d.versions[3]!.signature = null }), /no signature/)
  assert.match(await changed((d) => { d.versions[3]!.signature = d.versions[3]!.signature!.replace(/.{5}$/, 'AAAAA') }), /not right/)
  assert.match(await changed((d) => { d.versions.push(d.versions[3]!) }), /twice/)
  assert.match(await changed((d) => { d.keys = [] }, false), /not among those that are trusted/)
  await assert.rejects(verifyDump(Buffer.from('{}')), /not a JSON dump/)
})

test('the command says so too, with the exit code of a check', async () => {
  const file = join(folder, 'dump.json.gz')
  writeFileSync(file, await fileOf('danh-muc'))
  writeFileSync(join(folder, 'keys.json'), (await get('/.well-known/catalogue-keys.json')).body)
  const run = (...args: string[]) => spawnSync(process.execPath, ['--import', 'tsx', 'scripts/verify-catalogue.ts', ...args], { cwd: root, encoding: 'utf8' })
  const good = run(file, '--keys', join(folder, 'keys.json'))
  assert.deepEqual([good.status, good.stderr], [0, ''])
  assert.match(good.stdout, /60 versions, 0 faults/)
  writeFileSync(join(folder, 'other.json'), '{"keys":[]}')
  assert.equal(run(file, '--keys', join(folder, 'other.json')).status, 1)
})

test('OpenSSL checks a signature with the published key', async (t) => {
  try {
    execFileSync('openssl', ['version'])
  } catch {
    t.skip('there is no openssl on this machine')
    return
  }
  writeFileSync(join(folder, 'key.pem'), (await get('/.well-known/catalogue-key.pem')).body)
  const jws = (await get(`/du-lieu-mo/tap-tin/${dumps[0]!.name}.jws`)).body
  const [header, payload, signature] = jws.split('.') as [string, string, string]
  writeFileSync(join(folder, 'signed'), `${header}.${payload}`)
  writeFileSync(join(folder, 'signature'), Buffer.from(signature, 'base64url'))
  const check = () => spawnSync('openssl', ['pkeyutl', '-verify', '-pubin', '-inkey', join(folder, 'key.pem'), '-rawin', '-in', join(folder, 'signed'), '-sigfile', join(folder, 'signature')], { encoding: 'utf8' })
  assert.equal(check().status, 0)
  assert.equal((JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sha256: string }).sha256, dumps[0]!.fileId)
  writeFileSync(join(folder, 'signed'), `${header}.${payload}x`)
  assert.notEqual(check().status, 0)
})

test('a version signed before stays signed the same; one that was changed behind the back is signed anew', async () => {
  const rows = await node.db<{ code: string; version: number; hash: string; origin: 'shipped'; validFrom: string; decisionNumber: string | null; decisionDate: string | null; publishedAt: Date }[]>`
    SELECT code, version, content_hash AS hash, origin, valid_from AS "validFrom", decision_number AS "decisionNumber", decision_date AS "decisionDate", published_at AS "publishedAt" FROM catalogue.procedure_version WHERE code = '1.001193' AND version = 1`
  const sign = (v = rows[0]!) => node.db.begin((tx) => signVersions(tx as Tx, node, [v])) as Promise<Map<string, string>>
  const [first, second] = [await sign(), await sign()]
  assert.equal(first.get('1.001193 1'), second.get('1.001193 1'))
  assert.notEqual((await sign({ ...rows[0]!, validFrom: '1999-01-01' })).get('1.001193 1'), first.get('1.001193 1'))
})

test('the JSON-LD dump loads without a network, holds every procedure in force once, and keeps the shapes', async () => {
  const dump = JSON.parse(gunzipSync(await fileOf('danh-muc-20261122T0300.jsonld')).toString()) as { '@graph': { type: string; identifier?: string }[] }
  const codes = dump['@graph'].filter((e) => e.type === 'PublicService').map((e) => e.identifier)
  assert.deepEqual(codes.toSorted(), shippedProcedures.map((p) => p.content.code).toSorted())
  const verdict = await validateShapes(dump)
  assert.deepEqual([verdict.bySeverity, verdict.first], [{ Violation: 0, Warning: 0, Info: 0 }, []])
})

test('tables carry the texts whole, and no cell of theirs is a formula', async () => {
  const rows = parse(await fileOf('thu-tuc'), { bom: true, columns: true }) as Record<string, string>[]
  const birth = rows.find((r) => r.code === '1.001193')!
  assert.deepEqual([rows.length, birth.version, birth.name_vi, birth.decision_number], [shippedProcedures.length, '2', `'=HYPERLINK("http://x")`, '7/QĐ-BTP'])
  for (const bad of ['=1+1', '+1', '-1', '@x', '\t=1', ' =1', '＝1']) assert.match(csvOf([[bad]]), /^"?'/, bad)
  assert.equal(csvOf([['a-b', -5, null, 'x "y"\nz']]), 'a-b,-5,,"x ""y""\nz"\r\n')
  const sheets = await readXlsxFile(await fileOf('danh-muc-20261122T0300.xlsx'))
  assert.deepEqual(sheets.map((s) => s.sheet), ['Thủ tục', 'Cách thức, phí', 'Thành phần hồ sơ', 'Kết quả', 'Căn cứ pháp lý'])
  const first = sheets[0]!.data as unknown[][]
  assert.equal(first.length, shippedProcedures.length + 1)
  assert.ok(first.some((r) => r[2] === '=HYPERLINK("http://x")'))
})

test('a version has one address for people and programs: by suffix and by what the reader accepts', async () => {
  const path = '/thu-tuc/1.001193/phien-ban/1'
  const page = await get(path, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })
  assert.match(String(page.headers['content-type']), /text\/html/)
  assert.match(String(page.headers.vary), /accept\b/)
  for (const reply of [await get(`${path}.jsonld`), await get(path, { accept: 'application/ld+json' }), await get(path, { accept: 'text/html;q=0.5, application/ld+json' })]) {
    assert.match(String(reply.headers['content-type']), /ld\+json/)
    const context = (await get('/api/v1/catalogue/cpsv-ap.context.jsonld')).json() as object
    const document = reply.json() as { '@context': string; '@graph': { identifier?: string; versionInfo?: string }[] }
    assert.deepEqual([document['@graph'][1]!.identifier, document['@graph'][1]!.versionInfo], ['1.001193', '1'])
    assert.deepEqual((await validateShapes(document, { [document['@context']]: context })).bySeverity, { Violation: 0, Warning: 0, Info: 0 })
  }
  assert.equal((await get(`${path}.json`)).json().hash.length, 64)
  assert.equal((await get('/thu-tuc/1.001193.jsonld')).json()['@graph'][1].versionInfo, '2')
  assert.equal((await get('/thu-tuc/1.001193/phien-ban/99.jsonld')).statusCode, 404)
  assert.equal((await get('/thu-tuc/9.999999.jsonld')).statusCode, 404)
})
})

import assert from 'node:assert/strict'
import { suite, test, type TestContext } from 'node:test'
import type { Actor } from '../../../platform/actor.ts'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { runDue } from '../../../platform/jobs.ts'
import type { Module } from '../../../platform/module.ts'
import { eventually, exchangeCountry, type TestNode } from '../../exchange/testing/exchange-country.ts'
import { drainFollowers } from '../../ledger/index.ts'
import { catalogueFeed, procedureService, receiveProcedure } from '../catalogue-feed.ts'
import { contentHash } from '../../../platform/canonical-json.ts'
import type { ProcedureInput } from '../content.ts'
import { publishProcedure } from '../publish-procedure.ts'
import { copyState } from './catalogue-sync.page.tsx'
import { digestCatalogue } from './catalogue-digest.ts'
import { listCopyChecks, type CopyCheck } from './copy-check.store.ts'
import { askDigests, digestJob, digestQueue, sendDigest, syncServices } from './sync-catalogue.ts'

suite('sync-catalogue', () => {
const sample: ProcedureInput = {
  code: '1.000001', name: { vi: 'Thủ tục thử nghiệm' }, sector: { code: 'TEST', name: { vi: 'Lĩnh vực thử nghiệm' } }, levels: ['province'],
  agencies: { executing: [], competent: [], authorised: [], cooperating: [] }, subjects: ['citizen'], steps: [], methods: [], components: [], requirements: [], legalBases: [], results: [],
  onlineLevel: 'none', filingScope: 'province', related: [], keywords: [], lifeEvents: [],
}
const modules = (code: string): Module[] => [{ name: 'catalogue', ...(code === 'VN' ? { followers: () => [catalogueFeed] } : {}), services: { [procedureService]: receiveProcedure, ...syncServices }, jobs: { [digestQueue]: digestJob } }]
const same = async (a: TestNode, b: TestNode): Promise<boolean> => JSON.stringify(await digestCatalogue(a.database.db)) === JSON.stringify(await digestCatalogue(b.database.db))

async function publish(n: TestNode, ...changes: object[]): Promise<void> {
  const ctx = systemCtx(n.node, 'test')
  for (const change of changes) await transact(ctx, (tx) => publishProcedure(tx, ctx, { content: { ...sample, ...change }, validFrom: '2026-01-01' }))
  await drainFollowers(n.node)
}

async function country(t: TestContext, actor?: Actor) {
  const { VN, H21 } = await exchangeCountry(t, { modules, ...(actor ? { actor } : {}) })
  await VN!.start()
  await H21!.start()
  await eventually('enrolment', async () => (await VN!.database.db`SELECT FROM exchange.node_certificate WHERE status = 'active'`).length === 2)
  await drainFollowers(VN!.node)
  return { VN: VN!, H21: H21! }
}

const checkAt = async (n: TestNode): Promise<CopyCheck | undefined> => (await listCopyChecks(n.database.db))[0]
const compare = async (H21: TestNode, VN: TestNode): Promise<CopyCheck> => {
  const before = (await checkAt(VN))?.madeAt.getTime() ?? 0
  await sendDigest(systemCtx(H21.node, 'test'))
  await eventually('the comparison', async () => ((await checkAt(VN))?.madeAt.getTime() ?? 0) > before)
  return (await checkAt(VN))!
}

test('equal copies are found equal, and the local node hears it', async (t) => {
  const { VN, H21 } = await country(t)
  await publish(VN, {}, { code: '1.000002' }, { keywords: ['mới'] })
  await eventually('the copies', () => same(VN, H21))
  const check = await compare(H21, VN)
  assert.deepEqual([check.nodeCode, check.versions, check.missing, check.differing, check.extra, check.since, check.equalAt !== null], ['H21', 3, 0, 0, 0, null, true])
  await eventually('the word to the local node', async () => (await checkAt(H21))?.nodeCode === 'VN')
  assert.equal(copyState(check, new Date()), 'equal')
  assert.equal(copyState(check, new Date(Date.now() + 3 * 24 * 3600_000)), 'silent')
})

test('content that was changed behind the back, a version that is lost, and one that nobody published are found; the first two are put right', async (t) => {
  const { VN, H21 } = await country(t)
  await publish(VN, {}, { code: '1.000002' }, { code: '1.000003' })
  await eventually('the copies', () => same(VN, H21))
  await H21.database.owner`UPDATE catalogue.procedure_version SET content = jsonb_set(content, '{name,vi}', '"Tên khác"') WHERE code = '1.000001'`
  await H21.database.owner`DELETE FROM catalogue.version_signature WHERE code = '1.000002'`
  await H21.database.owner`DELETE FROM catalogue.procedure_version WHERE code = '1.000002'`
  await H21.database.owner`INSERT INTO catalogue.procedure_version (code, version, content, content_hash, origin, valid_from, published_at) SELECT '9.000001', 1, content, content_hash, origin, valid_from, published_at FROM catalogue.procedure_version WHERE code = '1.000003'`
  const found = await compare(H21, VN)
  assert.deepEqual(found.entries, [{ code: '1.000001', version: 1, is: 'differing' }, { code: '1.000002', version: 1, is: 'missing' }, { code: '9.000001', version: 1, is: 'extra' }])
  assert.ok(found.since)
  assert.equal(copyState(found, new Date()), 'differs')
  await eventually('the repair', async () => (await digestCatalogue(H21.database.db)).filter(([code]) => code !== '9.000001').join() === (await digestCatalogue(VN.database.db)).join())
  const again = await compare(H21, VN)
  assert.deepEqual(again.entries.map((e) => e.is), ['extra'])
  assert.deepEqual(again.since, found.since)
})

test('what is damaged at the national node itself is told, and not sent as the truth', async (t) => {
  const { VN, H21 } = await country(t)
  await publish(VN, {}, { code: '1.000002' })
  await eventually('the copies', () => same(VN, H21))
  await H21.database.owner`UPDATE catalogue.procedure_version SET content_hash = content_hash, content = jsonb_set(content, '{name,vi}', '"A"') WHERE code = '1.000001'`
  await VN.database.owner`UPDATE catalogue.procedure_version SET content = jsonb_set(content, '{name,vi}', '"B"') WHERE code = '1.000001'`
  const found = await compare(H21, VN)
  assert.deepEqual([found.damaged, found.differing, copyState(found, new Date())], [1, 0, 'damaged'])
})

test('a local node that was away for days catches up by itself, and then is equal', async (t) => {
  const { VN, H21 } = await country(t)
  await publish(VN, {})
  await eventually('the first copy', () => same(VN, H21))
  await H21.crash()
  for (let day = 1; day <= 5; day++) await publish(VN, { keywords: [`ngày ${day}`] }, { code: `1.0001${day}0`, name: { vi: `Thủ tục ngày ${day}` } })
  assert.equal(await same(VN, H21), false)
  await H21.start()
  await eventually('everything that was published meanwhile', () => same(VN, H21), 20_000)
  assert.equal((await compare(H21, VN)).entries.length, 0)
})

test('the national node asks, and every local node answers by a job', async (t) => {
  const { VN, H21 } = await country(t)
  await publish(VN, {})
  await eventually('the copy', () => same(VN, H21))
  assert.equal(await askDigests(systemCtx(VN.node, 'test')), 1)
  await eventually('the job', async () => (await runDue(H21.node)) > 0)
  await eventually('the comparison', async () => (await checkAt(VN))?.missing === 0)
})

test('a signature of somebody else, or none, keeps a version out', async (t) => {
  const { VN, H21 } = await country(t)
  await publish(VN, {})
  await eventually('the copy', () => same(VN, H21))
  const [kept] = await H21.database.db<{ jws: string }[]>`SELECT jws FROM catalogue.version_signature WHERE code = '1.000001'`
  assert.ok(kept, 'the signature stays with the copy')
  const [row] = await VN.database.db<{ content: object }[]>`SELECT content FROM catalogue.procedure_version`
  const forged = [['1.000777', undefined], ['1.000778', 'a.b.c'], ['1.000779', kept.jws]] as const
  for (const [code, signature] of forged) {
    const content = { ...row!.content, code }
    const record = { content, version: 1, hash: contentHash(content), origin: 'authored', decisionNumber: null, decisionDate: null, validFrom: '2026-01-01', publishedAt: new Date().toISOString() }
    const id = await VN.send({ to: 'H21', service: procedureService, subject: code, payload: { ...record, ...(signature ? { signature } : {}) } })
    await eventually(`the refusal of ${signature}`, async () => (await VN.database.db`SELECT FROM exchange.outbox WHERE id = ${id} AND state = 'dead'`).length === 1)
  }
  assert.equal((await H21.database.db`SELECT FROM catalogue.procedure_version WHERE code LIKE '1.00077%'`).length, 0)
})
})

import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { systemCtx, transact } from '../../platform/ctx.ts'
import { isRefusal } from '../../platform/errors.ts'
import type { Node } from '../../platform/node.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { listEvents } from '../ledger/index.ts'
import { canonicalJson, contentHash } from '../../platform/canonical-json.ts'
import type { ProcedureInput } from './content.ts'
import { applyProcedure, catalogue, getCurrentProcedure, getProcedureVersion, listVersions, procedureForExchange, procedureNames, publishProcedure, type Publication } from './index.ts'
import { runDue } from '../../platform/jobs.ts'

const sample: ProcedureInput = {
  code: '1.000001', name: { vi: 'Thủ tục thử', en: 'Sample procedure' }, sector: { code: 'thu', name: { vi: 'Thử' } }, levels: ['commune'],
  agencies: { executing: [], competent: [], authorised: [], cooperating: [] }, subjects: ['citizen'], steps: [{ text: { vi: 'Nộp hồ sơ' } }], methods: [], components: [], requirements: [], legalBases: [],
  results: [{ code: 'KQ.G15.000031', name: { vi: 'Giấy khai sinh' } }], onlineLevel: 'none', filingScope: 'province', related: [], keywords: [], lifeEvents: [],
}

async function national(t: TestContext, code = 'VN', now?: () => Date): Promise<Node> {
  const { db } = await testDatabase(t)
  return testNode(db, { code, modules: [catalogue], ...(now ? { now } : {}) })
}

const publish = (node: Node, publication: Partial<Publication> & { content: unknown }) => {
  const ctx = systemCtx(node, 'test')
  return transact(ctx, (tx) => publishProcedure(tx, ctx, publication))
}

test('the first publication is version 1 and the ledger says so', async (t) => {
  const node = await national(t)
  const published = await publish(node, { content: sample, validFrom: '2026-01-01' })
  assert.deepEqual([published.version, published.isNew], [1, true])
  const events = await listEvents(node.db, '1.000001')
  assert.deepEqual(events.map((e) => [e.type, e.data.version]), [['catalogue.procedure_published', 1]])
})

test('the same content in another order of keys makes no new version', async (t) => {
  const node = await national(t)
  await publish(node, { content: sample })
  const again = await publish(node, { content: Object.fromEntries(Object.entries(sample).reverse()) })
  assert.deepEqual([again.version, again.isNew], [1, false])
  assert.equal((await listEvents(node.db, '1.000001')).length, 1)
})

test('an amendment makes a version with its own first day, and both stay readable', async (t) => {
  const node = await national(t)
  await publish(node, { content: sample, validFrom: '2026-01-01' })
  await publish(node, { content: { ...sample, name: { vi: 'Thủ tục mới', en: 'New' } }, validFrom: '2026-06-01' })
  assert.equal((await getCurrentProcedure(node.db, '1.000001', '2026-05-31'))?.version, 1)
  assert.equal((await getCurrentProcedure(node.db, '1.000001', '2026-06-01'))?.version, 2)
  assert.equal(await getCurrentProcedure(node.db, '1.000001', '2025-12-31'), undefined)
  const first = await getProcedureVersion(node.db, '1.000001', 1)
  assert.deepEqual([first?.content.name.vi, first?.validTo], ['Thủ tục thử', '2026-06-01'])
  assert.deepEqual((await listVersions(node.db, '1.000001')).map((v) => v.version), [2, 1])
})

test('a version of the future shows in lists only from its day on', async (t) => {
  let now = new Date('2026-11-22T03:00:00Z')
  const node = await national(t, 'VN', () => now)
  await publish(node, { content: sample, validFrom: '2026-01-01' })
  await publish(node, { content: { ...sample, name: { vi: 'Tên mới' } }, validFrom: '2027-01-01' })
  assert.equal((await procedureNames(node.db, ['1.000001'], 'vi')).get('1.000001'), 'Thủ tục thử')
  now = new Date('2027-01-01T00:00:00+07:00')
  await node.db`UPDATE platform.job SET run_at = now() - interval '1 second'`
  await runDue(node)
  assert.equal((await procedureNames(node.db, ['1.000001'], 'vi')).get('1.000001'), 'Tên mới')
})

test('where the English is missing a reader gets the Vietnamese and is told so', async (t) => {
  const node = await national(t)
  await publish(node, { content: { ...sample, name: { vi: 'Chỉ tiếng Việt' } }, validFrom: '2026-01-01' })
  const procedure = await getCurrentProcedure(node.db, '1.000001', '2026-11-22')
  assert.deepEqual([procedure?.content.name.en, procedure?.translated, procedure?.content.steps[0]?.text.en], ['Chỉ tiếng Việt', false, 'Nộp hồ sơ'])
})

test('content with a mistake is refused by field', async (t) => {
  const node = await national(t)
  const { sector: _, ...missing } = sample
  await assert.rejects(publish(node, { content: missing }), (e) => isRefusal(e, 'CONTENT_INVALID') && String(e.params.mistakes).includes('sector'))
  await assert.rejects(publish(node, { content: { ...sample, code: 'abc' } }), (e) => isRefusal(e, 'CONTENT_INVALID'))
  await assert.rejects(publish(node, { content: null }), (e) => isRefusal(e, 'CONTENT_INVALID'))
})

test('a local node does not publish', async (t) => {
  const node = await national(t, 'H21')
  await assert.rejects(publish(node, { content: sample }), (e) => isRefusal(e, 'NOT_AUTHOR'))
})

test('a local node takes a version over once, and puts right a copy that differs', async (t) => {
  const author = await national(t)
  await publish(author, { content: sample, validFrom: '2026-01-01' })
  const record = await procedureForExchange(author.db, { code: '1.000001', version: 1 })
  const local = await national(t, 'H21')
  const ctx = systemCtx(local, 'test')
  const apply = (change: object = {}) => transact(ctx, (tx) => applyProcedure(tx, ctx, { ...record, ...change }))
  assert.equal(await apply(), 'new')
  assert.equal(await apply(), 'known')
  const other = { ...sample, keywords: ['khác'] }
  assert.equal(await apply({ content: other, hash: contentHash(other) }), 'corrected')
  assert.equal(await apply(), 'corrected')
  assert.deepEqual((await getProcedureVersion(local.db, '1.000001', 1))?.content, (await getProcedureVersion(author.db, '1.000001', 1))?.content)
  await assert.rejects(apply({ content: other }), (e) => isRefusal(e, 'HASH_MISMATCH'))
})

test('published versions cannot be deleted by the application', async (t) => {
  const node = await national(t)
  await publish(node, { content: sample })
  await assert.rejects(async () => node.db`DELETE FROM catalogue.procedure_version`, { code: '42501' })
})

test('two publishers at the same time make two versions, not one number twice', async (t) => {
  const node = await national(t)
  const versions = await Promise.all([1, 2, 3].map((n) => publish(node, { content: { ...sample, keywords: [`${n}`] } })))
  assert.deepEqual(versions.map((v) => v.version).sort(), [1, 2, 3])
})

test('canonical JSON sorts keys and leaves out what is undefined', () => {
  assert.equal(canonicalJson({ b: 1, a: [{ d: undefined, c: 'x' }] }), '{"a":[{"c":"x"}],"b":1}')
})

test('the shipped procedures are the same at the national and at a local node, and a second seed changes nothing', async (t) => {
  const author = await national(t)
  const local = await national(t, 'H21')
  for (const node of [author, local, author, local]) await catalogue.seed!(node)
  const hashes = async (node: Node) => (await node.db`SELECT code, version, content_hash, valid_from FROM catalogue.procedure_version ORDER BY code`).map((r) => ({ ...r }))
  assert.deepEqual(await hashes(author), await hashes(local))
  const licence = await getCurrentProcedure(local.db, '3.000347', '2026-11-22')
  assert.deepEqual(licence?.content.service?.competence, { level: 'ministry', nodeCode: 'G01', agencyCode: 'G01.08' })
  assert.equal(licence?.content.service?.fee.amount, 115_000)
  assert.deepEqual((await getCurrentProcedure(local.db, '1.001612', '2026-11-22'))?.content.service?.limit, { value: 3, unit: 'working-day' })
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test, type TestContext } from 'node:test'
import { createCtx, transact, type Ctx } from '../../platform/ctx.ts'
import { isRefusal } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import * as documents from './index.ts'
import { outcomes } from './verification/verdict.ts'
import { templates } from './templates/templates.ts'

async function house(t: TestContext): Promise<{ ctx: Ctx }> {
  const { db } = await testDatabase(t)
  return { ctx: createCtx(testNode(db)) }
}
const paper = (change: Partial<documents.NewDocument> = {}): documents.NewDocument => ({ kind: 'refusal', subject: newId(), title: 'Phiếu từ chối', number: '3/PTC-PVHCC', bytes: Buffer.from(newId()), ...change })

test('a stored paper is found by id, by dossier, by its bytes and by its key, and its hash is in the ledger', async (t) => {
  const { ctx } = await house(t)
  const document = paper({ key: 'slip:1', signedAt: new Date('2026-11-23T02:00:00Z') })
  const id = await transact(ctx, (tx) => documents.storeDocument(tx, ctx, document))
  const found = await documents.findDocument(ctx.db, id)
  assert.deepEqual([found?.kind, found?.number, found?.fileName, found?.mediaType, found?.size, found?.revokedAt], ['refusal', '3/PTC-PVHCC', 'refusal-3-PTC-PVHCC.pdf', 'application/pdf', 36, null])
  assert.deepEqual(found?.signedAt, document.signedAt)
  assert.deepEqual(await ctx.node.files.get(found!.fileId!), document.bytes)
  assert.deepEqual((await documents.listDocuments(ctx.db, document.subject)).map((d) => d.id), [id])
  assert.equal((await documents.findDocumentByFile(ctx.db, found!.fileId!))?.id, id)
  assert.equal((await documents.findDocumentByKey(ctx.db, 'slip:1'))?.id, id)
  const events = await ctx.db`SELECT type, subject, data FROM ledger.event ORDER BY id`
  assert.deepEqual(events.map((e) => ({ ...e })), [{ type: 'document.stored', subject: id, data: { kind: 'refusal', about: document.subject, sha256: found!.fileId, size: 36 } }])
})

test('the same key stores once, also when two come at the same moment', async (t) => {
  const { ctx } = await house(t)
  const document = paper({ key: 'once' })
  const ids = await Promise.all([1, 2, 3].map(() => transact(ctx, (tx) => documents.storeDocument(tx, ctx, document))))
  assert.equal(new Set(ids).size, 1)
  assert.equal((await ctx.db`SELECT 1 FROM ledger.event`).length, 1)
})

test('a revoked paper says when and why; it cannot be revoked twice, nor a missing one at all', async (t) => {
  const { ctx } = await house(t)
  const id = await transact(ctx, (tx) => documents.storeDocument(tx, ctx, paper()))
  await transact(ctx, (tx) => documents.revokeDocument(tx, ctx, id, 'Cấp sai họ tên'))
  const found = await documents.findDocument(ctx.db, id)
  assert.deepEqual([found?.revokedAt, found?.revokedReason], [ctx.now, 'Cấp sai họ tên'])
  for (const which of [id, newId()]) await assert.rejects(transact(ctx, (tx) => documents.revokeDocument(tx, ctx, which, 'x')), (e) => isRefusal(e, 'NOT_IN_FORCE'))
})

test('the program may not delete a paper', async (t) => {
  const { ctx } = await house(t)
  await assert.rejects(async () => ctx.db`DELETE FROM documents.document`, { code: '42501' })
})

test('an issued paper is typeset, signed by officer and agency, kept, and valid at its own node', async (t) => {
  const { ctx } = await house(t)
  t.after(() => documents.documents.stop?.(ctx.node))
  const officer = { officerId: newId(), name: 'Nguyễn Hữu Quế', title: 'Giám đốc' }
  const id = await transact(ctx, (tx) => documents.issueDocument(tx, ctx, { template: 'apology', data: templates.apology.sample, subject: newId(), title: 'Xin lỗi', signers: [{ signer: officer }, { signer: 'agency' }] }))
  const found = await documents.findDocument(ctx.db, id)
  assert.deepEqual(found?.signedAt, ctx.now)
  const verdict = await documents.verifyPdf(await ctx.node.files.get(found!.fileId!), await documents.currentTrust(ctx.node, ctx.db))
  assert.deepEqual([verdict.outcome, ...verdict.signatures.map((s) => s.signer?.name)], ['valid', 'Nguyễn Hữu Quế', 'Nút thử nghiệm'])
})

test('a paper signed at one node is valid at another once that node trusts its root', async (t) => {
  const { ctx } = await house(t)
  const { db } = await testDatabase(t)
  const national = createCtx(testNode(db, { code: 'VN' }))
  const pdf = await documents.signPdf(ctx.node, await documents.renderPdf(ctx.node, 'refusal', templates.refusal.sample), { signer: 'agency' })
  const judge = async () => documents.verifyPdf(pdf, await documents.currentTrust(national.node, national.db))
  assert.equal((await judge()).outcome, 'untrusted')
  const pem = await documents.rootCertificatePem(ctx.node)
  for (let i = 0; i < 2; i++) await transact(national, (tx) => documents.trustRoot(tx, national, { nodeCode: 'H21', pem }))
  assert.deepEqual((await documents.listTrustedRoots(national.db)).map((r) => r.nodeCode), ['H21'])
  assert.equal((await national.db`SELECT 1 FROM ledger.event WHERE type = 'document.root_trusted'`).length, 1)
  const verdict = await judge()
  assert.deepEqual([verdict.outcome, verdict.signatures[0]?.trustedBy], ['valid', 'H21'])
  await documents.documents.stop?.(ctx.node)
})

test('what is no root certificate is not trusted', async (t) => {
  const { ctx } = await house(t)
  const { openAuthority } = await import('./signing/authority.ts')
  const { X509Certificate } = await import('node:crypto')
  const leaf = new X509Certificate((await (await openAuthority(ctx.node)).signer('agency')).certificateChain[0]!).toString()
  for (const pem of ['', 'hello', leaf]) await assert.rejects(transact(ctx, (tx) => documents.trustRoot(tx, ctx, { nodeCode: 'H21', pem })), (e) => isRefusal(e, 'NOT_A_ROOT'))
})

test('every text is there in both languages with the same blanks, and every outcome and kind of change has words', () => {
  const read = (lang: string): Record<string, string> => JSON.parse(readFileSync(new URL(`text/${lang}.json`, import.meta.url), 'utf8')) as Record<string, string>
  const [vi, en] = [read('vi'), read('en')]
  assert.deepEqual(Object.keys(en).sort(), Object.keys(vi).sort())
  const blanks = (text: string | undefined): string => [...(text ?? '').matchAll(/\{\w+\}/g)].map(String).sort().join()
  for (const key of Object.keys(vi)) assert.equal(blanks(en[key]), blanks(vi[key]), key)
  for (const outcome of outcomes) for (const part of ['', '.tag', '.text']) assert.ok(vi[`outcome.${outcome}${part}`], outcome)
  const used = readFileSync(new URL('verification/verdict.ts', import.meta.url), 'utf8')
  for (const [type, prefix] of [['ChangeKind', 'change'], ['Coverage', 'coverage'], ['Trustworthiness', 'trust']] as const) {
    const words = [...(new RegExp(`type ${type} =([^]*?)\\n\\n`).exec(`${used}\n\n`)?.[1] ?? '').matchAll(/'([\w-]+)'/g)].map((m) => m[1])
    assert.ok(words.length >= 4, type)
    for (const word of words) assert.ok(vi[`${prefix}.${word}`], `${prefix}.${word}`)
  }
})

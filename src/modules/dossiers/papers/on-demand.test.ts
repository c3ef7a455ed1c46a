import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { newId } from '../../../platform/ids.ts'
import { runDue } from '../../../platform/jobs.ts'
import { needs, run } from '../../documents/testing/tools.ts'
import { bytesOf, currentTrust, findDocument, listDocuments, makeNext, verifyPdf } from '../../documents/index.ts'
import { drainFollowers, listEvents } from '../../ledger/index.ts'
import { listTasks } from '../../process/index.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { completeStep } from '../complete-step.ts'
import { findDossier } from '../dossiers.store.ts'
import { requestSupplement } from '../request-supplement.ts'
import { signResult } from '../sign-result.ts'
import { smallOffice, type Sitting, type SmallOffice } from '../testing/small-office.ts'
import { draftResult } from './build-result.ts'

suite('papers typeset on demand', () => {
let office!: SmallOffice
let staff!: Record<'one-stop' | 'specialist' | 'leader', Sitting>
let owner!: Sitting
before(async () => {
  office = await smallOffice({ papers: 'on-demand' })
  staff = { 'one-stop': await office.officer('one-stop'), specialist: await office.officer('specialist'), leader: await office.officer('leader') }
  owner = await office.person()
})
after(() => office.stop())

async function finished(): Promise<string> {
  const { db } = office.node
  const id = await office.file(owner)
  await acceptDossier(staff['one-stop'].ctx, { dossierId: id })
  for (let task = (await listTasks(db, { subject: id, open: true }))[0]; task; task = (await listTasks(db, { subject: id, open: true }))[0]) {
    const { ctx } = staff[task.role as keyof typeof staff]
    if (task.act === 'sign') await signResult(ctx, { dossierId: id, taskId: task.id })
    else await completeStep(ctx, { dossierId: id, taskId: task.id, ...(task.outcomes[0] ? { outcome: task.outcomes[0].value } : {}), ...(task.act === 'draft-result' ? { draft: await draftResult(ctx, (await findDossier(db, id))!, {}) } : {}) })
  }
  await drainFollowers(office.node)
  return id
}
const letters = async (id: string): Promise<unknown[]> => (await listEvents(office.node.db, id)).filter((e) => e.type === 'dossier.letter_issued').map((e) => e.data.kind)
const ordered = async (): Promise<number> => (await office.node.db<{ n: number }[]>`SELECT count(*)::int AS n FROM documents.paper_order`)[0]!.n

test('the whole life needs no typesetting; who opens a paper gets it signed and sealed, and two at once get the same', async () => {
  const { node } = office
  const id = await finished()
  while (await runDue(node)) { /* nothing of it may typeset */ }
  const papers = await listDocuments(node.db, id)
  assert.deepEqual(papers.map((d) => [d.kind, d.fileId]).sort(), [['appointment-slip', null], ['control-slip', null], ['result', null]])
  assert.deepEqual(await letters(id), [], 'other nodes hear of a letter when it is there')
  assert.equal((await listEvents(node.db, papers[0]!.id))[0]!.type, 'document.ordered', 'and the ledger holds what was ordered')
  const page = await office.get(owner, `/ho-so/${id}`)
  const hrefs = [...page.body.matchAll(new RegExp(`href="(/ho-so/${id}/[^"]+)"`, 'g'))].map((m) => m[1]!).filter((href) => papers.some((d) => href.includes(d.id)))
  assert.equal(new Set(hrefs).size, 2, 'the two that are the owner’s stand on his page')
  const result = papers.find((d) => d.kind === 'result')!
  const href = hrefs.find((one) => one.includes(result.id))!
  const [one, other] = await Promise.all([office.get(owner, href), office.get(owner, href)])
  assert.equal(one.statusCode, 200)
  assert.deepEqual(one.rawPayload, other.rawPayload)
  const verdict = await verifyPdf(one.rawPayload, await currentTrust(node, node.db))
  assert.equal(verdict.outcome, 'valid', JSON.stringify(verdict))
  assert.equal(verdict.signatures.length, 2)
  const kept = (await findDocument(node.db, result.id))!
  assert.ok(kept.fileId && kept.size)
  assert.deepEqual(kept.signedAt, result.signedAt, 'signed when the leader signed, not when it was opened')
  assert.deepEqual(await letters(id), ['result'], 'once, though two opened it')
  assert.equal(await ordered(), 2)
})

test('a slip says what held when it was ordered, though the date has moved since', needs('pdftotext'), async () => {
  const { node } = office
  const id = await office.file(owner)
  const { promisedAt } = await acceptDossier(staff['one-stop'].ctx, { dossierId: id })
  await drainFollowers(node)
  await node.db`UPDATE dossiers.dossier SET due_at = due_at + interval '400 days' WHERE id = ${id}`
  const [slip] = await listDocuments(node.db, id)
  const pdf = (await office.get(owner, `/ho-so/${id}/giay-to/${slip!.id}`)).rawPayload
  const { stdout } = await run('pdftotext', ['slip.pdf', '-'], { 'slip.pdf': pdf })
  assert.ok(stdout.includes(civilDate(promisedAt!).split('-').reverse().join('/')), stdout)
})

test('a wish from the national node to get the result in another way comes after the slip that says the first way; so does an answer', needs('pdftotext'), async () => {
  const { node } = office
  const wishes: [string, object][] = [['dossier.return', { way: 'online', deskCode: null, recipient: null }], ['dossier.answer', { answer: 'Đã bổ sung', files: [] }]]
  for (const [service, payload] of wishes) {
    const id = await office.file(owner)
    await acceptDossier(staff['one-stop'].ctx, { dossierId: id })
    if (service === 'dossier.answer') await requestSupplement(staff['one-stop'].ctx, { dossierId: id, reason: 'Thiếu', items: ['Giấy tờ'] })
    await drainFollowers(node)
    const slip = async () => (await listDocuments(node.db, id)).find((d) => d.kind === 'appointment-slip')!
    assert.equal((await slip()).fileId, null)
    const ctx = systemCtx(node, 'test')
    const handler = node.modules.flatMap((m) => m.services?.[service] ?? [])[0]!
    await transact(ctx, (tx) => handler(tx, ctx, { id: newId(), from: 'VN', service, subject: id, payload, sentAt: node.now() }))
    assert.notEqual((await slip()).fileId, null, service)
    const { stdout } = await run('pdftotext', ['slip.pdf', '-'], { 'slip.pdf': await bytesOf(ctx, await slip()) })
    assert.ok(!stdout.includes('Trả trực tuyến'), stdout)
  }
})

test('what nobody opens is made when the node has time, each once; a paper that cannot be made lets the others pass', async () => {
  const { node } = office
  await node.db`UPDATE documents.paper_order SET maker = 'nobody' WHERE document_id = (SELECT min(document_id::text)::uuid FROM documents.paper_order)`
  const id = await finished()
  for (let i = 0; i < 20 && (await makeNext(node)); i++) { /* until nothing is due */ }
  assert.ok((await listDocuments(node.db, id)).every((d) => d.fileId !== null))
  assert.deepEqual((await letters(id)).sort(), ['appointment-slip', 'result'], 'the control slip stays inside')
  const [left] = await node.db<{ failures: number; late: boolean }[]>`SELECT failures, try_at > now() AS late FROM documents.paper_order`
  assert.deepEqual({ ...left }, { failures: 1, late: true })
})
})

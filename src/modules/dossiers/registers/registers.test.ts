import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import readExcelFile from 'read-excel-file/node'
import type { Actor, Officer } from '../../../platform/actor.ts'
import { createCtx, type Ctx } from '../../../platform/ctx.ts'
import type { BodyReply } from '../../../platform/http/reply.ts'
import { emptyForm, type Req, type Route } from '../../../platform/http/route.ts'
import { newId } from '../../../platform/ids.ts'
import { runDue } from '../../../platform/jobs.ts'
import type { Node } from '../../../platform/node.ts'
import { findOfficialForm, listDocuments, renderPdf } from '../../documents/index.ts'
import { needs, run } from '../../documents/testing/tools.ts'
import { drainFollowers } from '../../ledger/index.ts'
import { listTasks, type Task } from '../../process/index.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { extendDossier } from '../clock/extend-dossier.ts'
import { completeStep } from '../complete-step.ts'
import { findDossier } from '../dossiers.store.ts'
import { draftResult } from '../papers/build-result.ts'
import { buildSlip } from '../papers/build-slip.ts'
import { requestSupplement } from '../request-supplement.ts'
import { signResult } from '../sign-result.ts'
import { requestWithdrawal, stopDossier } from '../withdraw-dossier.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { ownDossierRoutes } from '../pages/portal/own-dossier.page.tsx'
import { deskPaperRoutes } from './desk-papers.routes.ts'
import { issueBatchSlip } from './issue-batch-slip.ts'
import { listFile } from './list-file.ts'
import { registerRoutes } from './register.page.tsx'
import { business, smallOffice, type SmallOffice } from '../testing/small-office.ts'

suite('papers and registers of dossiers', () => {
let now = new Date('2026-11-20T02:00:00Z').getTime()
let person!: Actor
let office!: SmallOffice
let node!: Node
let agency = ''
before(async () => {
  office = await smallOffice({ now: () => new Date(now) })
  ;({ node, here: agency } = office)
  const accountId = newId()
  await node.db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${accountId}, 'subject-1', '052090000099', 'Nguyễn Văn Thử Nghiệm', '1990-03-12', '0900000099', 2, now(), now())`
  person = { kind: 'person', id: accountId, subject: 'subject-1', name: 'Nguyễn Văn Thử Nghiệm', assurance: 2, methods: ['otp'], authenticatedAt: node.now(), sessionId: newId() }
})
after(() => office.stop())

const officer = (role: string): Ctx => {
  const who: Officer = { kind: 'officer', id: '00000000-0000-4000-8000-000000000001', name: 'Phan Một Cửa', agencyCode: agency, unitId: null, roles: [role], permissions: new Set(['dossiers.view', 'dossiers.receive', 'dossiers.handle']), methods: ['pwd', 'otp'], authenticatedAt: node.now(), sessionId: newId() }
  return createCtx(node, { actor: who })
}
const citizen = (): Ctx => createCtx(node, { actor: person })

const file = (code = business, fixed?: Record<string, unknown>): Promise<string> => office.file({ ctx: citizen() }, { procedure: code, ...(fixed && { fixed }) })

async function finish(id: string): Promise<void> {
  for (let i = 0; i < 12; i++) {
    const [task] = await listTasks(node.db, { subject: id, open: true })
    if (!task) return
    now += 3_600_000
    await finishOne(id, task)
  }
}

async function finishOne(id: string, task: Task): Promise<void> {
  const ctx = officer(task.role)
  if (task.act === 'sign') await signResult(ctx, { dossierId: id, taskId: task.id })
  else await completeStep(ctx, { dossierId: id, taskId: task.id, outcome: task.outcomes[0]?.value, ...(task.act === 'draft-result' ? { draft: await draftResult(ctx, (await findDossier(node.db, id))!, {}) } : {}) })
}

async function settle(): Promise<void> {
  for (let i = 0; i < 2; i++) {
    await drainFollowers(node)
    while (await runDue(node) > 0);
  }
}

const words = async (pdf: Uint8Array): Promise<string> => (await run('pdftotext', ['a.pdf', '-'], { 'a.pdf': pdf })).stdout.replace(/\s+/g, ' ').normalize('NFC')
const paperOf = async (id: string, kind: string): Promise<Buffer> => {
  const found = (await listDocuments(node.db, id)).find((doc) => doc.kind === kind)
  assert.ok(found, `${kind} is kept with the dossier`)
  return node.files.get(found.fileId!)
}
const author = () => ({ name: 'Phan Một Cửa', at: node.now(), sealedAt: node.now() })
const contains = (text: string, parts: readonly string[]): void => { for (const part of parts) assert.ok(text.includes(part), `${part} is missing in: ${text}`) }

async function ask(routes: readonly Route[], path: string, query: Record<string, string> = {}, params: Record<string, string> = {}, ctx = officer('one-stop')): Promise<BodyReply> {
  const route = routes.find((r) => r.path === path)!
  return await route.handler({ ctx, params, query, form: emptyForm, json: undefined, headers: {}, cookies: {}, ip: '127.0.0.1', raw: {} as Req['raw'] }) as BodyReply
}

test('the forms are those of the circular on the day of issue: six until 2025, seven now', async () => {
  const kinds = ['appointment-slip', 'supplement-request', 'refusal', 'apology', 'stop-notice', 'control-slip', 'register'] as const
  const on = (day: string) => Promise.all(kinds.map(async (kind) => (await findOfficialForm(node.db, kind, day))?.number ?? null))
  assert.deepEqual(await on('2025-09-14'), ['01', '02', '03', '04', null, '05', '06'])
  assert.deepEqual(await on('2025-09-15'), ['01', '02', '03', '04', '05', '06', '07'])
  assert.equal((await findOfficialForm(node.db, 'apology', '2024-01-01'))?.title, 'Phiếu xin lỗi và hẹn lại ngày trả kết quả')
})

test('the same slip is worded by the form of its day', needs('pdftotext'), async () => {
  const id = await file()
  await acceptDossier(officer('one-stop'), { dossierId: id })
  assert.deepEqual(await extendDossier(officer('specialist'), { dossierId: id, date: '2026-12-01', reason: 'Chờ xác minh.' }), [])
  const dossier = (await findDossier(node.db, id))!
  const on = async (day: string) => {
    const form = (await findOfficialForm(node.db, 'apology', day))!
    const slip = await buildSlip(officer('one-stop'), 'apology', dossier, author(), form)
    return words(await renderPdf(node, 'apology', { ...slip, head: { ...slip.head, number: '3/XL' } } as never))
  }
  contains(await on('2025-01-01'), ['PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ', 'Mẫu số 04, Thông tư 01/2018/TT-VPCP'])
  contains(await on('2026-11-20'), ['đề nghị gia hạn thời gian giải quyết. Thời gian trả kết quả mới', 'Số: 3/XL', 'Mẫu số 04, Thông tư 03/2025/TT-VPCP'])
})

test('the appointment slip has every field of form 01, its number and its place in the register', needs('pdftotext', 'pdfsig'), async () => {
  const id = await file('2.000815', { kind: 'both', foreign: 'no' })
  await acceptDossier(officer('one-stop'), { dossierId: id })
  await settle()
  const slip = await paperOf(id, 'appointment-slip')
  const code = (await findDossier(node.db, id))!.code!
  contains(await words(slip), [
    'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ', `Mã hồ sơ: ${code}`, 'Quyển số: 2026, Số thứ tự: 261120-', '/TNHS', 'Bộ phận tiếp nhận và trả kết quả: Bộ phận một cửa', 'Tiếp nhận hồ sơ của: Nguyễn Văn Thử Nghiệm', 'Người nộp hồ sơ: Nguyễn Văn Thử Nghiệm',
    'Địa chỉ: 27 đường Wừu', 'Số điện thoại: 0900000099', 'Email: thu@example.vn', 'Mã số tổ chức: 052090000099', 'Nội dung yêu cầu giải quyết:', 'Bản chính', 'Bản chứng thực', 'Bản photo', 'Bản điện tử', 'số trang:', 'số bản giấy:', 'bản ký điện tử:',
    '2. Số lượng hồ sơ: 01 bộ', '3. Thời gian giải quyết', '4. Thời gian nhận hồ sơ', '5. Thời gian trả kết quả', 'Nơi trả kết quả', 'NGƯỜI TIẾP NHẬN HỒ SƠ', 'Mẫu số 01, Thông tư 03/2025/TT-VPCP',
  ])
  assert.match((await run('pdfsig', ['-nocert', 'a.pdf'], { 'a.pdf': slip })).stdout, /Signature is Valid/)
})

test('a slip given on paper is made twice, one copy to keep and one for the applicant', needs('pdftotext'), async () => {
  const id = await file()
  await acceptDossier(officer('one-stop'), { dossierId: id })
  const form = (await findOfficialForm(node.db, 'appointment-slip', '2026-11-20'))!
  const slip = await buildSlip(officer('one-stop'), 'appointment-slip', (await findDossier(node.db, id))!, author(), form)
  const text = await words(await renderPdf(node, 'appointment-slip', { ...slip, online: false } as never))
  contains(text, ['Liên: Lưu', 'Liên: Giao người nộp hồ sơ', 'NGƯỜI NỘP HỒ SƠ'])
})

test('a request for a supplement names the unit, the stage, each paper and who helps; its number runs by agency and year', needs('pdftotext'), async () => {
  const ids = [await file(), await file()]
  for (const id of ids) await requestSupplement(officer('specialist'), { dossierId: id, reason: 'Bản chụp bị mờ.', items: ['Nội dung kê khai'] })
  await settle()
  const texts = await Promise.all(ids.map(async (id) => words(await paperOf(id, 'supplement-request'))))
  contains(texts[0]!, ['PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ', 'Đơn vị: Bộ phận một cửa', 'Giai đoạn: tiếp nhận hồ sơ', 'Nội dung kê khai', 'Lý do: Bản chụp bị mờ.', 'số điện thoại', 'NGƯỜI HƯỚNG DẪN', 'Mẫu số 02'])
  assert.deepEqual(texts.map((text) => /Số: (\d+\/BSHS)/.exec(text)?.[1]).sort(), ['1/BSHS', '2/BSHS'])
})

test('who asks to stop gets notice 05 with when he asked; the old circular had none', needs('pdftotext'), async () => {
  const id = await file()
  await acceptDossier(officer('one-stop'), { dossierId: id })
  await requestWithdrawal(citizen(), { dossierId: id, reason: 'Nộp lại sau.' })
  await stopDossier(officer('one-stop'), { dossierId: id })
  await settle()
  contains(await words(await paperOf(id, 'stop-notice')), ['Về việc dừng giải quyết hồ sơ', 'Ngày 20/11/2026, Ông/Bà đề nghị dừng', 'Nộp lại sau.', '1/TB'])
  contains(await words(await paperOf(id, 'control-slip')), ['Dừng giải quyết'])
})

test('the control slip tells every hand-over from the ledger and is kept, sealed, when the result was returned; the applicant does not see it', needs('pdftotext', 'pdfsig'), async () => {
  const id = await file()
  await acceptDossier(officer('one-stop'), { dossierId: id })
  const open = await ask(deskPaperRoutes, '/desk/dossiers/:id/control-slip', {}, { id })
  contains(await words(open.body as Buffer), ['Đang giải quyết'])
  await finish(id)
  await settle()
  const slip = await paperOf(id, 'control-slip')
  contains(await words(slip), ['PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ', 'Kèm theo hồ sơ của: Nguyễn Văn Thử Nghiệm', 'Cơ quan (bộ phận) giải quyết', '1. Giao: Người nộp hồ sơ', 'Tiếp nhận hồ sơ', 'Trước hạn', 'Trả kết quả', 'Mẫu số 06'])
  assert.match((await run('pdfsig', ['-nocert', 'a.pdf'], { 'a.pdf': slip })).stdout, /Signature is Valid/)
  const letters = await node.db<{ kind: string }[]>`SELECT data->>'kind' AS kind FROM ledger.event WHERE subject = ${id} AND type = 'dossier.letter_issued'`
  assert.deepEqual(letters.map((l) => l.kind).sort(), ['appointment-slip', 'result'])
  const document = (await listDocuments(node.db, id)).find((doc) => doc.kind === 'control-slip')!.id
  await assert.rejects(ask(ownDossierRoutes, '/ho-so/:id/giay-to/:document', {}, { id, document }, citizen()), (e) => isRefusal(e, 'NOT_FOUND'))
})

test('the register lists what was received in the period, as PDF and as a workbook', needs('pdftotext'), async () => {
  const [returned, running] = [await file(), await file()]
  for (const id of [returned, running]) await acceptDossier(officer('one-stop'), { dossierId: id })
  await finish(returned)
  const days = (from: [string, string, string], until: [string, string, string]): Record<string, string> => ({ 'from-day': from[0], 'from-month': from[1], 'from-year': from[2], 'until-day': until[0], 'until-month': until[1], 'until-year': until[2] })
  const november = days(['1', '11', '2026'], ['30', '11', '2026'])
  const pdf = await ask(registerRoutes, '/desk/register/export', { ...november, format: 'pdf', procedure: '1.001612' })
  const codes = await Promise.all([returned, running].map(async (id) => (await findDossier(node.db, id))!.code!))
  const text = await words(pdf.body as Buffer)
  contains(text, ['SỔ THEO DÕI HỒ SƠ', 'Từ ngày 01/11/2026 đến ngày 30/11/2026', ...codes, 'Mẫu số 07, Thông tư 03/2025/TT-VPCP'])
  const xlsx = await ask(registerRoutes, '/desk/register/export', { ...november, format: 'xlsx', state: 'returned' })
  const sheet = (await readExcelFile(xlsx.body as Buffer)) as unknown as { data?: string[][] }[] & string[][]
  const rows = (sheet[0]!.data ?? sheet) as string[][]
  assert.equal(rows[0]![1], 'Mã hồ sơ')
  const line = rows.find((row) => row[1] === codes[0])!
  assert.deepEqual([line[4], line[6], line[8]], ['Nguyễn Văn Thử Nghiệm', '0900000099', 'Trực tuyến'])
  assert.match(line[11]!, /\d\d\/11\/2026/)
  assert.ok(!rows.some((row) => row[1] === codes[1]), 'only those in the chosen state')
  const empty = await ask(registerRoutes, '/desk/register/export', { ...days(['1', '1', '2020'], ['31', '1', '2020']), format: 'pdf' })
  contains(await words(empty.body as Buffer), ['Mẫu số 06, Thông tư 01/2018/TT-VPCP'])
})

test('one slip for many dossiers of one person has the record of what was handed over; those of two persons get none', needs('pdftotext'), async () => {
  const [a, b] = [await file(), await file()]
  for (const id of [a, b]) await acceptDossier(officer('one-stop'), { dossierId: id })
  const codes = await Promise.all([a, b].map(async (id) => (await findDossier(node.db, id))!.code!))
  const both = await Promise.all([a, b].map(async (id) => (await findDossier(node.db, id))!))
  const slip = await issueBatchSlip(officer('one-stop'), both)
  assert.deepEqual(await issueBatchSlip(officer('one-stop'), both), slip, 'the same dossiers get the same slip')
  for (const id of [a, b]) contains(await words(await paperOf(id, 'batch-slip')), ['Số lượng hồ sơ: 02', 'BIÊN BẢN GIAO NHẬN HỒ SƠ', ...codes, 'NGƯỜI GIAO'])
  const [c] = [await file()]
  await acceptDossier(officer('one-stop'), { dossierId: c })
  await node.db`UPDATE dossiers.content SET applicant = applicant || '{"idNumber": "052090000101"}' WHERE dossier_id = ${c}`
  await assert.rejects(issueBatchSlip(officer('one-stop'), [both[0]!, (await findDossier(node.db, c))!]), (e) => isRefusal(e, 'NOT_ONE_OWNER'))
  await assert.rejects(issueBatchSlip(officer('one-stop'), [(await findDossier(node.db, await file()))!]), (e) => isRefusal(e, 'NOT_FOUND'), 'not received yet')
})

test('results that wait for the desk stand on the hand-over sheet; the list of dossiers is a file too, and too long a list is refused', needs('pdftotext'), async () => {
  const id = await file()
  await acceptDossier(officer('one-stop'), { dossierId: id })
  for (let task = (await listTasks(node.db, { subject: id, open: true }))[0]; task && task.act !== 'return'; task = (await listTasks(node.db, { subject: id, open: true }))[0]) await finishOne(id, task)
  const sheet = await ask(deskPaperRoutes, '/desk/result-hand-over', { format: 'pdf' })
  contains(await words(sheet.body as Buffer), ['PHIẾU BÀN GIAO KẾT QUẢ', (await findDossier(node.db, id))!.code!, 'NGƯỜI NHẬN'])
  const list = await ask(deskPaperRoutes, '/desk/export', { format: 'xlsx', state: 'finished' })
  assert.match(String(list.headers!['content-disposition']), /ho-so-\d{4}-\d\d-\d\d\.xlsx/)
  await assert.rejects(listFile(officer('one-stop'), 'pdf', { name: 'x', title: 'x', chosen: [], columns: [['x', 1]], rows: Array.from({ length: 1001 }, () => ['x']) }), (e) => isRefusal(e, 'LIST_TOO_LONG'))
})
})

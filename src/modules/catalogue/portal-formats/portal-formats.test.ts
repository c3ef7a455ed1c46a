import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../../../app.ts'
import { systemCtx } from '../../../platform/ctx.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { organisations } from '../../organisations/index.ts'
import { contentHash } from '../../../platform/canonical-json.ts'
import type { ProcedureInput } from '../content.ts'
import { convertRow } from '../import/convert-row.ts'
import { Oddities } from '../import/oddities.ts'
import { catalogue, getCurrentProcedure } from '../index.ts'
import { readStoredContent } from '../procedure.store.ts'
import { shippedProcedures } from '../seed/shipped-procedures.ts'
import { addPortalClient, disablePortalClient, type AddedClient } from './add-portal-client.ts'
import { callPortal, PortalAnswerError, type CallLimits } from './call-portal.ts'
import { carriedContent } from './carried-content.ts'
import { pullCatalogue } from './pull-catalogue.ts'
import { readProcedure } from './read-procedure.ts'
import { writeProcedure } from './write-procedure.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('portal-formats', () => {
let node: Node
let server: FastifyInstance
let url: string
let client: AddedClient
let now = new Date('2026-11-22T03:00:00Z')
const dstcode = 'VN:GOV:000.00.00.G22:vpcp'

before(async () => {
  const { db } = await testDatabase()
  node = testNode(db, { code: 'VN', modules: [organisations, catalogue], now: () => now })
  await organisations.seed!(node)
  await catalogue.seed!(node)
  client = (await addPortalClient(systemCtx(node, 'test'), { username: 'gia-lai', agencyCode: 'H21' })) as AddedClient
  server = (await buildApp(node)).server
  url = await server.listen({ host: '127.0.0.1', port: 0 })
})
after(() => server.close())

const account = (change: object = {}) => ({ adapterUrl: url, authEndpoint: '/api/v1/portal/login', integrationEndpoint: '/api/v1/portal/data', username: client.username, password: client.password, madonvi: 'H21', dstcode, ...change })
const noPause: CallLimits = { pauseMs: 1, timeoutMs: 3000 }
const head = { version: 1, decisionNumber: '12/QĐ-BTP', inForce: true }

/** A province's client as the public description of the formats has it; it knows nothing of this program. */
async function provinceCall(path: string, body: object): Promise<any> {
  const reply = await fetch(url + path, { method: 'POST', headers: { Accept: 'application/json', 'Content-Type': 'application/json', Charset: 'utf-8', dstcode }, body: JSON.stringify(body) })
  return await reply.json()
}

test('a province’s client that knows only the described formats reads the whole catalogue', async () => {
  const login = await provinceCall('/api/v1/portal/login', { username: client.username, password: client.password })
  assert.deepEqual([login.error_code, typeof login.session], [0, 'string'])
  const pull = async (service: string, more: object = {}) => await provinceCall('/api/v1/portal/data', { session: login.session, madonvi: 'H21', service, ...more })
  const list = await pull('LayDanhSachTTHC')
  assert.equal(list.error_code, 0)
  assert.deepEqual(list.result.map((p: any) => p.MATTHC), shippedProcedures.map((p) => p.content.code).toSorted())
  for (const { MATTHC } of list.result) {
    const { error_code, result: [p] } = await pull('LayThuTuc', { maTTHC: MATTHC })
    assert.equal(error_code, 0)
    for (const key of ['ID', 'MATTHC', 'TENTTHC', 'MACOQUANCONGBO', 'LOAITTHC', 'MOTADOITUONGTHUCHIEN', 'DIACHITIEPNHAN', 'QUYETDINH', 'IDQUYETDINHCONGBO', 'YEUCAU', 'TUKHOA', 'TRANGTHAI', 'MOTACOQUANTHUCHIEN', 'MOTACOQUANTHAMQUYEN', 'MOTA']) assert.equal(typeof p[key], 'string', `${MATTHC} ${key}`)
    for (const key of ['TRINHTUTHUCHIEN', 'CAPTHUCHIEN', 'LINHVUCTHUCHIEN', 'CACHTHUCTHUCHIEN', 'DOITUONGTHUCHIEN', 'THANHPHANHOSO', 'KETQUATHUCHIEN', 'CANCUPHAPLY', 'COQUANTHUCHIEN', 'COQUANCOTHAMQUYEN', 'COQUANDUOCUYQUYEN', 'COQUANPHOIHOP', 'TTHCLIENQUAN', 'TTHCLIENTHONG']) assert.ok(Array.isArray(p[key]), `${MATTHC} ${key}`)
  }
  const licence = (await pull('LayThuTuc', { maTTHC: '3.000347' })).result[0]
  const online = licence.CACHTHUCTHUCHIEN.find((c: any) => c.KENH === '2')
  assert.deepEqual([online.THOIGIAN[0].THOIGIANGIAIQUYET, online.THOIGIAN[0].DONVITINH, online.THOIGIAN[0].PHILEPHI[0].SOTIEN], ['5', 'Ngày làm việc', '115000'])
  assert.deepEqual(Object.keys(licence.THANHPHANHOSO[0].GIAYTO[0]).sort(), ['MAGIAYTO', 'MA_KQ_THAYTHE', 'SOBANCHINH', 'SOBANSAO', 'TENGIAYTO', 'TENMAUDON', 'URL'])
  const agencies = (await pull('LayDanhMucCoQuan')).result
  assert.ok(agencies.some((a: any) => a.MADONVI === 'G15' && a.TENDONVI === 'Bộ Tư pháp' && a.CAPDONVI === '1'))
  assert.ok((await pull('LayDanhMucLinhVuc')).result.some((l: any) => l.MALINHVUC === 'ho-tich' && l.TENLINHVUC === 'Hộ tịch' && l.MANGANH === 'G15'))
  assert.equal((await pull('LayDanhMucTinhThanh')).result.length, 34)
  assert.equal((await pull('LayDanhMucPhuongXa', { maTinhThanh: '52' })).result.length, 135)
  assert.ok((await pull('LayDanhMucPhuongXa')).result.length > 3000)
  const countries = (await pull('LayDanhMucQuocGia')).result
  assert.ok(countries.length > 190 && countries.length < 260, `${countries.length}`)
  assert.ok(countries.some((c: any) => c.MAQUOCGIA === 'VN' && c.TENQUOCGIA === 'Việt Nam'))
})

test('refusals come as error_code and message: password, session, service, parameter, foreign agency, nonsense', async () => {
  const { session } = await provinceCall('/api/v1/portal/login', { username: client.username, password: client.password })
  const code = async (path: string, body: object) => { const a = await provinceCall(path, body); assert.equal(typeof a.message, 'string'); return a.error_code }
  const data = '/api/v1/portal/data'
  assert.equal(await code('/api/v1/portal/login', { username: 'nobody', password: 'x' }), 1)
  assert.equal(await code('/api/v1/portal/login', { username: ['x'], password: 3 }), 4)
  assert.equal(await code(data, { session: 'x', madonvi: 'H21', service: 'LayDanhSachTTHC' }), 2)
  assert.equal(await code(data, { session, madonvi: 'H21', service: 'constructor' }), 3)
  assert.equal(await code(data, { session, madonvi: 'H21', service: 'LayThuTuc' }), 4)
  assert.equal(await code(data, { session, madonvi: 'H21', service: 'LayThuTuc', maTTHC: { $gt: '' } }), 4)
  assert.equal(await code(data, { session, madonvi: 'H21', service: 'LayThuTuc', maTTHC: '9.999999' }), 5)
  assert.equal(await code(data, { session, madonvi: 'H22', service: 'LayDanhSachTTHC' }), 7)
  assert.equal(await code(data, { session, madonvi: 'H21.101', service: 'LayDanhMucGioiTinh' }), 0)
  assert.equal(await code(data, []), 8)
})

test('guessing a password is slowed down, and an ended account is out at once', async () => {
  const other = (await addPortalClient(systemCtx(node, 'test'), { username: 'an-giang', agencyCode: 'H01' })) as AddedClient
  const login = (password: string) => provinceCall('/api/v1/portal/login', { username: other.username, password })
  const { session } = await login(other.password)
  const codes = []
  for (let i = 0; i < 7; i++) codes.push((await login('wrong')).error_code)
  assert.deepEqual([codes[0], codes.at(-1)], [1, 6])
  assert.equal((await login(other.password)).error_code, 6)
  await disablePortalClient(systemCtx(node, 'test'), other.username)
  assert.equal((await provinceCall('/api/v1/portal/data', { session, madonvi: 'H01', service: 'LayDanhMucGioiTinh' })).error_code, 2)
  assert.deepEqual(await addPortalClient(systemCtx(node, 'test'), { username: 'an-giang', agencyCode: 'X99' }), [{ field: 'agency', key: 'catalogue.portalFormats.badAgency' }])
})

test('our client renews a session that has ended by itself', async () => {
  const portal = callPortal(account(), noPause)
  assert.equal((await portal.pull('LayDanhMucGioiTinh')).length, 2)
  now = new Date(now.getTime() + 31 * 60_000)
  assert.equal((await portal.pull('LayDanhMucGioiTinh')).length, 2)
  await assert.rejects(callPortal(account({ password: 'wrong' }), noPause).pull('LayDanhMucGioiTinh'), (e) => e instanceof PortalAnswerError && e.service === 'login' && e.code === '1')
})

test('what goes through the messages and comes back has the same hash, for all that the format carries', () => {
  const names = new Map(shippedProcedures.flatMap((p) => (p.content.owner?.code ? [[p.content.owner.code, p.content.owner.name.vi] as const] : [])))
  const rich: ProcedureInput = {
    ...shippedProcedures[0]!.content, code: '1.000001.000.00.00.H21', kind: { vi: 'TTHC được luật giao quy định chi tiết' }, receivingPlace: { vi: 'Trung tâm' }, subjectsNote: { vi: 'Người có công' }, requirements: [{ vi: 'Một' }, { vi: 'Hai' }],
    steps: [{ case: { vi: 'A' }, text: { vi: '1' } }, { case: { vi: 'A' }, text: { vi: '2' } }, { text: { vi: '3' } }, { case: { vi: 'A' }, text: { vi: '4' } }], legalBases: [{ number: '1/2026/NĐ-CP', name: { vi: 'Nghị định' }, issuer: { vi: 'Chính phủ' }, issuedOn: '2026-01-02', effectiveOn: '2026-02-28' }],
    methods: [{ channel: 'post', limitNote: { vi: 'Ngay trong ngày' }, fees: [{ amount: null, note: { vi: 'Theo HĐND' } }], note: { vi: 'x' } }, { channel: 'desk', limit: { value: 0.5, unit: 'day' }, limitNote: { vi: 'trừ ngày lễ' }, fees: [{ amount: 0 }, { amount: 5000, note: { vi: 'bản' } }] }],
    components: [{ case: { vi: 'B' }, name: { vi: 'Đơn' }, originals: 1, copies: 2, source: 'you-bring-it', documentType: 'KQ.G15.000001', replacedBy: 'KQ.G15.000031', form: { name: 'Mẫu 1', url: 'https://x.example/m.docx' }, requiredWhen: { vi: 'khi cần' } }],
    agencies: { executing: [{ code: 'H21', name: { vi: 'UBND' } }], competent: [{ name: { vi: 'Sở' } }], authorised: [{ code: 'H21.1', name: { vi: 'Phòng' } }], cooperating: [{ name: { vi: 'Công an' } }] }, related: ['1.000002'],
  }
  for (const content of [rich, ...shippedProcedures.map((p) => p.content)]) {
    const oddities = new Oddities(content.code)
    const message = JSON.parse(JSON.stringify(writeProcedure(content, head))) as Record<string, unknown>
    const { content: back, decisionNumber } = readProcedure(message, oddities, names)
    assert.deepEqual(back, carriedContent(content), content.code)
    assert.equal(contentHash(back), contentHash(carriedContent(content)))
    assert.equal(decisionNumber, '12/QĐ-BTP')
  }
  // The reduction is not allowed to hide what is there: it keeps every list as long as it was.
  for (const key of ['steps', 'methods', 'components', 'requirements', 'legalBases', 'results', 'subjects', 'keywords', 'related', 'levels'] as const) assert.equal(carriedContent(rich)[key].length, rich[key].length, key)
})

const realFile = process.env.MOTCUA_DATA ? join(process.env.MOTCUA_DATA, 'procedures.jsonl.gz') : undefined
test('all real procedures go through the messages and come back the same', { skip: realFile && existsSync(realFile) ? false : 'set MOTCUA_DATA to the folder that holds procedures.jsonl.gz' }, async (t) => {
  const rows = gunzipSync(await readFile(realFile!)).toString('utf8').split('\n').filter(Boolean).map((text) => JSON.parse(text) as Record<string, unknown>)
  const ministries = new Map([['bộ tư pháp', 'G15']])
  const differ = rows.flatMap((row) => {
    const { content } = convertRow(row, new Oddities(String(row.code)), ministries)
    const { content: back } = readProcedure(JSON.parse(JSON.stringify(writeProcedure(content, head))) as Record<string, unknown>, new Oddities(content.code), new Map([['G15', content.owner?.name.vi ?? '']]))
    const carried = carriedContent(content)
    return contentHash(back) === contentHash(carried) ? [] : [`${content.code}: ${Object.keys(carried).filter((k) => contentHash(back[k as never] ?? null) !== contentHash(carried[k as never] ?? null)).join(', ')}`]
  })
  t.diagnostic(`${rows.length} procedures, ${differ.length} differ`)
  assert.deepEqual(differ.slice(0, 30), [])
})

test('another national node pulls the catalogue over HTTP and has the same contents; a second pull changes nothing', async (t) => {
  const { db } = await testDatabase(t)
  const other = testNode(db, { code: 'VN', modules: [organisations, catalogue], now: () => now })
  await organisations.seed!(other)
  const ctx = systemCtx(other, 'test')
  const first = await pullCatalogue(ctx, callPortal(account(), noPause))
  assert.deepEqual([first.created, first.refused, first.lines], [shippedProcedures.length, 0, shippedProcedures.length])
  for (const { content } of shippedProcedures) {
    const copy = await getCurrentProcedure(db, content.code, now)
    assert.equal(contentHash(await readStoredContent(db, content.code, copy!.version)), contentHash(carriedContent(content)), content.code)
  }
  const again = await pullCatalogue(ctx, callPortal(account(), noPause))
  assert.deepEqual([again.unchanged, again.created], [shippedProcedures.length, 0])
})

test('a portal that is slow, fails for a while, or speaks nonsense: repeats, then a word that says what is wrong', async (t) => {
  let answers: ((respond: (status: number, body: string) => void) => void)[] = []
  const stub: Server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (request.url === '/login') return void response.end('{"error_code":"00","session":"s"}')
      const next = answers.shift() ?? ((r) => r(200, '{"error_code":"0","result":[{"A":"1"}]}'))
      next((status, body) => void response.writeHead(status).end(body))
    })
  })
  await new Promise<void>((done) => stub.listen(0, '127.0.0.1', done))
  t.after(() => stub.close())
  const far = account({ adapterUrl: `http://127.0.0.1:${(stub.address() as AddressInfo).port}`, authEndpoint: '/login', integrationEndpoint: '/data' })
  const pull = (limits: CallLimits = {}) => callPortal(far, { timeoutMs: 200, pauseMs: 1, retries: 2, ...limits }).pull('LayDanhMucCoQuan')
  answers = [(r) => r(503, ''), (r) => r(500, '<html>')]
  assert.deepEqual(await pull(), [{ A: '1' }])
  answers = [() => {}]
  assert.deepEqual(await pull(), [{ A: '1' }])
  answers = [(r) => r(503, ''), (r) => r(503, ''), (r) => r(503, '')]
  await assert.rejects(pull(), /HTTP 503/)
  answers = [(r) => r(200, 'xin chào')]
  await assert.rejects(pull(), /not JSON/)
  answers = [(r) => r(200, '{"error_code":-1,"message":"Lỗi hệ thống"}')]
  await assert.rejects(pull(), /-1: Lỗi hệ thống/)
})

test('a message of another portal with gaps and odd values is read as far as it goes, and every doubt is told', () => {
  const oddities = new Oddities('1.000009')
  const { content } = readProcedure({
    MATTHC: '1.000009', TENTTHC: ' Cấp\u200b giấy  thử ', QUYETDINH: 'Quyết định số 5/QĐ-X', LINHVUCTHUCHIEN: [{ TENLINHVUC: 'Hộ tịch' }, { TENLINHVUC: 'Khác' }], CAPTHUCHIEN: [{ TENCAP: 'Cấp Huyện' }, { TENCAP: 'Cấp Xã' }],
    CACHTHUCTHUCHIEN: [{ KENH: '9', THOIGIAN: [{ THOIGIANGIAIQUYET: '5', DONVITINH: '', PHILEPHI: [{ SOTIEN: '10.000', DONVI: 'Đồng' }, { SOTIEN: '5', DONVI: 'USD' }] }, null] }], THANHPHANHOSO: [{ TRUONGHOP: '', GIAYTO: [{ TENGIAYTO: 'Đơn', SOBANCHINH: 1, SOBANSAO: null, URL: 'javascript:' }, { TENGIAYTO: '' }] }],
    CANCUPHAPLY: [{ SOVANBAN: '1/2020/NĐ-CP', NGAYBANHANH: '31/02/2020' }], KETQUATHUCHIEN: null, LAZY: 'x', DOITUONGTHUCHIEN: [{ TENDOITUONG: 'Người lạ' }],
  }, oddities, new Map())
  assert.deepEqual([content.name.vi, content.levels, content.methods[0]!.channel, content.methods[0]!.fees.map((f) => f.amount), content.remainder], ['Cấp giấy thử', ['commune'], 'desk', [10000, null], { LAZY: 'x' }])
  const kinds = new Set(oddities.list.map((o) => o.kind))
  for (const kind of ['invisible-characters', 'sectors-several', 'level-unknown', 'channel-unknown', 'time-without-unit', 'fee-in-words', 'paper-without-name', 'paper-number-unread', 'date-unread', 'field-unknown', 'subject-unknown', 'ministry-missing', 'agency-missing']) assert.ok(kinds.has(kind), kind)
})
})

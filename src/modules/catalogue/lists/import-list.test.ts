import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { readTable, writeTable } from './table-file.ts'
import { from, listsSite, type ListsSite, type Visitor } from './testing/lists-site.ts'

suite('import and export of lists', () => {
let site: ListsSite
let bank: Visitor
before(async () => {
  site = await listsSite()
  bank = await site.visitor('G19')
})
after(() => site.server.close())

const providers = '/admin/lists/payment-providers'
const about = { basis: 'Thông báo 2/TB-NHNN', ...from('2026-12-01') }
const upload = async (csv: string | Buffer, visitor = bank, list = providers) => {
  await visitor.get(`${list}/import`)
  return visitor.upload(`${list}/import`, about, { name: 'tep.csv', bytes: csv })
}
const find = async (code: string) => (await site.database.db<{ short: string; from: string | null; to: string | null }[]>`SELECT short_name AS short, nullif(valid_from, '-infinity'::date) AS "from", valid_to AS "to" FROM catalogue.payment_provider WHERE code = ${code} ORDER BY valid_from`).map((r) => ({ ...r }))

test('a table survives both formats, with Vietnamese, quotes, line breaks and numbers that begin with nought', async () => {
  const rows = [['0123', 'Đặng "Ngọc", Huỳnh\nẤp'], ['', 'x']]
  for (const format of ['csv', 'xlsx'] as const) {
    const read = await readTable(await writeTable(format, ['Mã', 'Tên'], rows))
    assert.deepEqual(read, { rows: [['Mã', 'Tên'], ...rows] }, format)
  }
})

test('a cell that a spreadsheet would run is only text, and comes back as it was', async () => {
  const hostile = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\tx']
  const csv = (await writeTable('csv', ['a'], hostile.map((h) => [h]))).toString('utf8')
  for (const line of csv.split('\r\n').slice(1).filter(Boolean)) assert.match(line, /^"?'/, line)
  const read = await readTable(Buffer.from(csv))
  assert.ok('rows' in read)
  assert.deepEqual(read.rows.slice(1, 5).flat(), hostile.slice(0, 4))
})

test('what is no table is told, not a fault', async () => {
  assert.deepEqual(await readTable(Buffer.alloc(0)), { mistake: 'empty' })
  assert.deepEqual(await readTable(Buffer.from([0xff, 0xfe, 0x00, 0x81])), { mistake: 'format' })
  assert.deepEqual(await readTable(Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(200)])), { mistake: 'format' })
  assert.deepEqual(await readTable(Buffer.from('"a\nb')), { mistake: 'format' })
  const bomb = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(40), Buffer.from('PK\x01\x02', 'latin1'), Buffer.alloc(40, 0xff)])
  assert.deepEqual(await readTable(bomb), { mistake: 'size' })
  for (const [csv, words] of [['', 'Chọn một tệp'], ['Tên\nx', 'thiếu cột mã'], ['Mã,Mật khẩu\n1,2', 'Mật khẩu']] as const) {
    const reply = await upload(csv)
    assert.equal(reply.status, 400)
    assert.ok(reply.text.includes(words), words)
  }
})

test('odd characters, days that are none and revisions of nobody are refused row by row', async () => {
  const reply = await upload('key,nameVi,shortName,providerKind,validTo,revision\nA\u0000,b\u0000,c,d,,\nZZZ,b,c,bank,2026-02-31,99999999999999999999\n970436,Ngân hàng TMCP Ngoại Thương Việt Nam,Vietcombank,bank,garbage,\n970403,x,x,bank,,7\nMOI,a,b,bank,2027-01-01,\n')
  assert.equal(reply.status, 303)
  const { text, status } = await bank.get(reply.location!)
  assert.equal(status, 200)
  assert.match(text, /Từ chối ?: 5/)
  for (const words of ['Mã không đúng dạng', 'Nhập một ngày có thật', 'sau khi tệp được tải về', 'Một dòng chỉ ghi một việc']) assert.ok(text.includes(words), words)
})

test('an exported list, imported again as it is, changes nothing', async () => {
  for (const format of ['csv', 'xlsx']) for (const list of ['payment-providers', 'agencies', 'administrative-units']) {
    const visitor = list === 'payment-providers' ? bank : await site.visitor('H21')
    const exported = await visitor.get(`/admin/lists/${list}/export?format=${format}`)
    assert.equal(exported.status, 200)
    const preview = await visitor.get((await upload(exported.bytes, visitor, `/admin/lists/${list}`)).location!)
    assert.ok(preview.text.includes('Không có thay đổi nào'), `${list} ${format}: ${preview.text.slice(0, 1500)}`)
  }
})

test('the preview says what is added, changed with before and after, disabled and refused; nothing happens before the confirmation', async () => {
  const csv = ['Mã;Tên;Tên viết tắt;Loại tổ chức;Mã SWIFT;Hết hiệu lực từ', 'VIMOI;Ví mới;ViMoi;Trung gian thanh toán;;', '970425;Ngân hàng TMCP An Bình;ABBANK;bank;ABBKVNVX;', '970449;Ngân hàng TMCP Lộc Phát Việt Nam;LPBank;Ngân hàng;LVBKVNVX;2027-03-01',
    '970416;Ngân hàng TMCP Á Châu;;bank;;', 'x y;a;b;bank;;', '970407;Ngân hàng TMCP Kỹ thương Việt Nam;A;bank;;', '970407;Ngân hàng TMCP Kỹ thương Việt Nam;B;bank;;'].join('\r\n')
  const uploaded = await upload(csv)
  assert.equal(uploaded.status, 303)
  const address = uploaded.location!
  const preview = await bank.get(address)
  const counts = Object.fromEntries([...preview.text.matchAll(/(Bổ sung|Điều chỉnh|Vô hiệu hóa|Từ chối|Không đổi) ?: (\d+)/g)].map((m) => [m[1], Number(m[2])]))
  assert.deepEqual(counts, { 'Bổ sung': 1, 'Điều chỉnh': 1, 'Vô hiệu hóa': 1, 'Từ chối': 4, 'Không đổi': 0 })
  for (const part of ['<del>AB Bank</del> → </', '<ins>ABBANK</ins>', 'Mã không đúng dạng', 'Mã có ở nhiều dòng', '01/03/2027', 'Xác nhận 3 thay đổi']) assert.ok(preview.body.includes(part.replace(' → </', '')), part)
  assert.deepEqual(await find('VIMOI'), [])
  const other = await site.visitor('G19')
  assert.equal((await other.get(address)).status, 404, 'another officer\'s import')
  await bank.get(address)
  const confirmed = await bank.post(address, {})
  assert.equal(confirmed.status, 303)
  assert.ok((await bank.get(confirmed.location!)).text.includes('Đã nhập xong'))
  assert.deepEqual(await find('VIMOI'), [{ short: 'ViMoi', from: '2026-12-01', to: null }])
  assert.deepEqual(await find('970425'), [{ short: 'AB Bank', from: null, to: '2026-12-01' }, { short: 'ABBANK', from: '2026-12-01', to: null }])
  assert.deepEqual((await find('970449')).map((r) => r.to), ['2027-03-01'])
  assert.deepEqual((await find('970407')).map((r) => r.short), ['Techcombank'])
  assert.equal((await bank.post(address, {})).status, 303)
  assert.equal((await find('970425')).length, 2, 'a second confirmation does nothing more')
})

test('a change by somebody else between preview and confirmation stops the whole import and is shown', async () => {
  const csv = 'key,nameVi,shortName,providerKind,swiftCode\n970418,Ngân hàng TMCP Đầu tư và Phát triển Việt Nam,BIDV A,bank,\n970422,Ngân hàng TMCP Quân đội,MB A,bank,\n'
  const address = (await upload(csv)).location!
  await bank.get(address)
  const other = await site.visitor('G19')
  await other.get(`${providers}/entries/970418/adjust`)
  assert.equal((await other.post(`${providers}/entries/970418/adjust`, { nameVi: 'Ngân hàng TMCP Đầu tư và Phát triển Việt Nam', shortName: 'BIDV B', providerKind: 'bank', swiftCode: '', basis: 'x', ...from('2026-11-25'), revision: '0', step: 'confirm' })).status, 303)
  const stopped = await bank.post(address, {})
  assert.equal(stopped.status, 409)
  assert.ok(stopped.text.includes('Chưa có gì được ghi'))
  assert.deepEqual((await find('970422')).map((r) => r.short), ['MB Bank'], 'not even the row that nobody touched')
  assert.equal((await bank.post(address, {})).status, 303)
  assert.deepEqual((await find('970418')).map((r) => r.short), ['BIDV', 'BIDV B', 'BIDV A'])
})

test('a row that was exported before somebody else\'s change is refused', async () => {
  const csv = 'key,shortName,revision\n970425,ABB,0\n'
  const { text } = await bank.get((await upload(csv)).location!)
  assert.ok(text.includes('sau khi tệp được tải về'))
  assert.ok(!text.includes('Xác nhận'))
})

test('an import goes no further than the right of the agency', async () => {
  const gialai = await site.visitor('H21')
  const csv = 'key,fullName\n23575,Phường Pleiku Mới\n00004,Phường Ba Đình Mới\n'
  const { text } = await gialai.get((await upload(csv, gialai, '/admin/lists/administrative-units')).location!)
  assert.ok(text.includes('thuộc cơ quan hoặc địa phương khác'))
  assert.ok(text.includes('Xác nhận 1 thay đổi'))
})

test('the history is exported with its dates', async () => {
  const read = await readTable((await bank.get(`${providers}/export?format=xlsx&what=history`)).bytes)
  assert.ok('rows' in read)
  const header = read.rows[0]!
  const at = (name: string): number => header.indexOf(name)
  const rows = read.rows.filter((r) => r[0] === '970425')
  assert.ok(at('Hiệu lực từ') > 0 && at('Thời điểm thay đổi') > 0)
  assert.deepEqual(rows.map((r) => [r[at('Dòng')], r[at('Hiệu lực từ')], r[at('Hết hiệu lực từ')]]), [['Giai đoạn hiệu lực', '', '2026-12-01'], ['Giai đoạn hiệu lực', '2026-12-01', ''], ['Điều chỉnh', '2026-12-01', '']])
})
})

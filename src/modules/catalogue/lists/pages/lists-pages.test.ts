import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { sharedLists } from '../list-definitions.ts'
import { from, listsSite, type ListsSite } from '../testing/lists-site.ts'

suite('pages of the shared catalogues', () => {
let site: ListsSite
before(async () => {
  site = await listsSite()
})
after(() => site.server.close())

const providers = '/admin/lists/payment-providers'
const provider = { nameVi: 'Ngân hàng TMCP An Bình', shortName: 'ABBANK', providerKind: 'bank', swiftCode: 'ABBKVNVX', basis: 'Thông báo 1/TB-NHNN', ...from('2026-11-22') }

test('the overview names the nine catalogues with their clause, their keepers and what is one\'s own to do', async () => {
  const { status, text } = await (await site.visitor('G19')).get('/admin/lists')
  assert.equal(status, 200)
  for (const words of ['Thủ tục hành chính', 'Điều 6 khoản 9', 'Kho bạc Nhà nước', 'Được cập nhật', 'Chỉ xem']) assert.ok(text.includes(words), words)
})

test('every list has a page that searches, filters, sorts and pages in the address', async () => {
  const editor = await site.visitor('G01')
  for (const { name } of sharedLists) {
    const { status, body } = await editor.get(`/admin/lists/${name}`)
    assert.equal(status, 200, name)
    // No agency has entered its accounts yet.
    assert.match(body, name === 'accounts' ? /mc-empty/ : /aria-sort="ascending"/, name)
  }
  const found = await editor.get('/admin/lists/administrative-units?q=pleiku&state=valid&sort=fullName&order=down')
  assert.ok(found.text.includes('Phường Pleiku'))
  assert.ok(!found.body.includes('Thành phố Pleiku'), 'the city that was is filtered out')
  assert.match(found.body, /value="pleiku"/)
  assert.match((await editor.get('/admin/lists/administrative-units?page=3')).body, /aria-current="page">3</)
  assert.ok((await editor.get('/admin/lists/administrative-units?q=zzzz')).text.includes('Không có dữ liệu phù hợp'))
  const hostile = await editor.get(`/admin/lists/sectors?q=${encodeURIComponent('<img src=x>\' % _ \\')}&state=x&sort=password_hash&page=99999`)
  assert.deepEqual([hostile.status, hostile.body.includes('<img src=x>')], [200, false])
  for (const sort of ['__proto__', 'constructor']) assert.equal((await editor.get(`/admin/lists/sectors?sort=${sort}`)).status, 200)
  for (const path of ['nonsense', '__proto__', 'sectors/entries/%00']) assert.equal((await editor.get(`/admin/lists/${path}`)).status, 404)
})

test('an entry is changed in three steps: form, confirmation with before and after, and the page with its history', async () => {
  const editor = await site.visitor('G19')
  const entry = `${providers}/entries/970425`
  const form = await editor.get(`${entry}/adjust`)
  assert.match(form.body, /value="AB Bank"/)
  const wrong = await editor.post(`${entry}/adjust`, { ...provider, shortName: '', 'from-day': '31', 'from-month': '2', basis: '', revision: '0', step: 'check' })
  assert.equal(wrong.status, 400)
  for (const field of ['shortName', 'from', 'basis']) assert.match(wrong.body, new RegExp(`href="#${field}"`))
  assert.match(wrong.body, /value="31"/)
  const confirm = await editor.post(`${entry}/adjust`, { ...provider, revision: '0', step: 'check' })
  assert.equal(confirm.status, 200)
  for (const part of ['<del>AB Bank</del>', '<ins>ABBANK</ins>', 'Điều 49 khoản 4', 'không xóa được']) assert.ok(confirm.body.includes(part), part)
  assert.ok((await editor.get(entry)).text.includes('AB Bank'), 'nothing happened yet')
  const back = await editor.post(`${entry}/adjust`, { ...provider, revision: '0', step: 'edit' })
  assert.match(back.body, /value="ABBANK"/)
  const done = await editor.post(`${entry}/adjust`, { ...provider, revision: '0', step: 'confirm' })
  assert.deepEqual([done.status, done.location], [303, `${entry}?done=adjust`])
  const shown = await editor.get(`${entry}?done=adjust`)
  for (const words of ['Đã điều chỉnh', 'ABBANK', 'Cán bộ G19', 'Thông báo 1/TB-NHNN', '22/11/2026']) assert.ok(shown.text.includes(words), words)
})

test('the second of two editors sees what the first changed, keeps what was typed, and may send again', async () => {
  const [first, second] = [await site.visitor('G19'), await site.visitor('G19')]
  const address = `${providers}/entries/970416/adjust`
  const revision = /name="revision" value="(\d+)"/.exec((await first.get(address)).body)![1]!
  await second.get(address)
  const typed = { ...provider, nameVi: 'Ngân hàng TMCP Á Châu', swiftCode: '', step: 'confirm' }
  assert.equal((await first.post(address, { ...typed, shortName: 'ACB Bank', revision })).status, 303)
  const told = await second.post(address, { ...typed, shortName: 'Á Châu', revision })
  assert.equal(told.status, 409)
  for (const part of ['Chưa có gì bị ghi đè', '<del>ACB</del>', '<ins>ACB Bank</ins>', 'value="Á Châu"']) assert.ok(told.body.includes(part), part)
  assert.ok((await first.get(`${providers}/entries/970416`)).text.includes('970416 Ngân hàng TMCP Á Châu'))
  const again = /name="revision" value="(\d+)"/.exec(told.body)![1]!
  assert.equal((await second.post(address, { ...typed, shortName: 'Á Châu', revision: again })).status, 303)
})

test('adding and disabling have their pages, and a disabled entry stays with its history', async () => {
  const editor = await site.visitor('G12.30')
  await editor.get('/admin/lists/revenue-types/new')
  const added = await editor.post('/admin/lists/revenue-types/new', { key: '2805', nameVi: 'Lệ phí trước bạ khác', section: '2800', basis: 'TT 1', ...from('2026-11-01'), revision: '0', step: 'confirm' })
  assert.equal(added.location, '/admin/lists/revenue-types/entries/2805?done=add')
  const disabled = await editor.post('/admin/lists/revenue-types/entries/2805/disable', { basis: 'TT 2', ...from('2026-11-10'), revision: '1', step: 'confirm' })
  assert.equal(disabled.location, '/admin/lists/revenue-types/entries/2805?done=disable')
  const { text } = await editor.get('/admin/lists/revenue-types/entries/2805')
  for (const words of ['Đã vô hiệu hóa', '10/11/2026', 'TT 1', 'TT 2', 'Bổ sung lại']) assert.ok(text.includes(words), words)
})

test('over HTTP the forms of each list open, and answer, for those whom article 49 names and for nobody else', async () => {
  // Agency → clauses of article 6 that it may edit here; procedures (clause 1) change by decisions only.
  const clauses: Readonly<Record<string, readonly number[]>> = { G01: [2, 3, 5, 6, 7], G24: [2, 3, 5, 6, 7], G81: [2, 3, 5, 6, 7], G82: [2, 3, 5, 6, 7], H21: [2, 3, 4, 6, 7], 'G12.30': [8], G19: [2, 3, 5, 6, 7, 9], VN: [], 'H21.101': [], G28: [] }
  for (const [agency, granted] of Object.entries(clauses)) {
    const visitor = await site.visitor(agency)
    for (const { name, clause } of sharedLists.filter((l) => l.clause !== null)) {
      const may = granted.includes(clause!)
      assert.equal((await visitor.get(`/admin/lists/${name}/new`)).status, may ? 200 : 403, `${agency} opens ${name}`)
      const posted = await visitor.post(`/admin/lists/${name}/new`, { key: '', basis: '', step: 'confirm' })
      assert.equal(posted.status, may ? 400 : 403, `${agency} posts ${name}`)
      if (!may) assert.ok(posted.text.includes('Quy chế không giao'), 'refused by the regulation')
    }
  }
})

test('over HTTP, too, everyone is refused what article 49 does not give them', async () => {
  const refused = async (agencyCode: string, list: string, path: string): Promise<number> => {
    const visitor = await site.visitor(agencyCode)
    const get = await visitor.get(`/admin/lists/${list}/${path}`)
    const post = await visitor.post(`/admin/lists/${list}/${path}`, { key: 'x', step: 'confirm', basis: 'x', ...from('2026-11-22') })
    assert.equal(get.status, post.status, `${agencyCode} ${list} ${path}`)
    return post.status
  }
  for (const [agency, list] of [['G01', 'administrative-units'], ['G01', 'revenue-types'], ['H21', 'sectors'], ['H21', 'payment-providers'], ['G12.30', 'accounts'], ['G24', 'payment-providers'], ['VN', 'sectors'], ['H21.101', 'agencies'], ['G01', 'procedures']] as const) assert.equal(await refused(agency, list, 'new'), 403, `${agency} ${list}`)
  assert.equal(await refused('G15', 'agencies', 'entries/G01.08/disable'), 403, 'another ministry\'s agency')
  assert.equal(await refused('H21', 'administrative-units', 'entries/00004/adjust'), 403, 'another province\'s commune')
  assert.equal(await refused('H21', 'sectors', 'import'), 403)
})

test('who has not the role, or no account, does not come in', async () => {
  const admin = await site.visitor('VN', 'national-admin')
  assert.equal((await admin.get('/admin/lists')).status, 200)
  assert.equal((await admin.get('/admin/lists/master-data/new')).status, 403, 'administers, but does not edit')
  const desk = await site.visitor('G01', 'one-stop')
  assert.equal((await desk.get('/admin/lists')).status, 403)
  assert.equal((await site.anybody.get('/admin/lists')).status, 303)
  const checker = await site.visitor('G19', 'catalogue-checker')
  assert.equal((await checker.post(`${providers}/entries/970425/disable`, { basis: 'x', ...from('2027-01-01'), revision: '1', step: 'confirm' })).status, 403)
})

test('a local node shows the lists and lets nobody change them', async () => {
  const local = await listsSite('H21')
  try {
    const editor = await local.visitor('H21')
    assert.equal((await editor.get('/admin/lists/agencies')).status, 200)
    assert.equal((await editor.get('/admin/lists/agencies/new')).status, 403)
  } finally {
    await local.server.close()
  }
})
})

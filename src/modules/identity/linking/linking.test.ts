import assert from 'node:assert/strict'
import { after, before, beforeEach, suite, test } from 'node:test'
import type { demoCitizens } from '../../../stand-ins/demo-people.ts'
import { createCtx, systemCtx, transact } from '../../../platform/ctx.ts'
import { runDue } from '../../../platform/jobs.ts'
import { listEvents } from '../../ledger/index.ts'
import { findAccountByIdNumber } from '../citizens/account.store.ts'
import { TestBrowser } from '../testing/browser.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../testing/small-country.tsx'
import { alsoKnown, known, logIn, logInOfficer, thirdKnown } from '../testing/stories.ts'
import type { OfficerCtx } from '../desk/look-up-person.ts'
import { previewOldAccounts, takeOldAccounts } from './import-old-accounts.ts'
import { ownDeskData } from '../desk/own-desk-data.ts'
import { listOldAccounts, type OldAccount } from './old-account.store.ts'

type Person = (typeof demoCitizens)[number]
const line = (localId: string, p: Person, change: Partial<Record<'id' | 'old' | 'name' | 'born' | 'phone', string>> = {}): string =>
  [localId, change.id ?? p.idNumber, change.old ?? '', change.name ?? p.fullName, change.born ?? p.birthDate, change.phone ?? p.phone].join(',')

suite('old accounts are linked to the people they belong to', () => {
let country!: SmallCountry
let province!: RunningNode
const stops: (() => unknown)[] = []
const desk = new TestBrowser()
before(async () => {
  country = await smallCountry({ after: (stop) => void stops.push(stop) })
  ;({ province } = country)
  await logInOfficer(province, desk, 'motcua.pleiku')
})
after(async () => {
  for (const stop of stops.reverse()) await stop()
})
beforeEach(() => country.forgetFailures())

/** An administrator's import, both steps. */
async function imported(...lines: string[]): Promise<string> {
  const [admin] = await province.database.owner<{ id: string }[]>`SELECT id FROM identity.officer WHERE login = 'motcua.pleiku'`
  const actor = { kind: 'officer', id: admin!.id, name: '', agencyCode: 'H21', unitId: null, roles: [], permissions: new Set<string>(), methods: [], authenticatedAt: new Date(), sessionId: '' } as const
  const ctx = createCtx(province.node, { actor }) as OfficerCtx
  const outcome = await previewOldAccounts(ctx, { field: 'file', fileName: 'cu.csv', mimeType: 'text/csv', truncated: false, bytes: Buffer.from(['ma_tai_khoan,so_dinh_danh,so_cmnd,ho_ten,ngay_sinh,dien_thoai', ...lines].join('\n')) })
  assert.ok(outcome.kind === 'ready')
  await takeOldAccounts(ctx, outcome.importId)
  await takeOldAccounts(ctx, outcome.importId)
  return outcome.importId
}
async function old(localId: string): Promise<OldAccount> {
  const [row] = await province.database.owner<OldAccount[]>`SELECT id, local_id AS "localId", id_number AS "idNumber", state, account_id AS "accountId" FROM identity.old_account WHERE local_id = ${localId}`
  return row!
}
const queue = async (): Promise<string[]> => (await listOldAccounts(province.node.db, 'open', { limit: 50, offset: 0 })).rows.map((o) => o.localId).sort()

test('an import counts first and takes each account once', async () => {
  await imported(line('once', known, { id: '052090000999' }), line('bad', known, { id: '1' }))
  const again = await imported(line('once', known, { id: '052090000999', name: 'Tên Khác Mẫu' }))
  const [row] = await province.database.owner<{ fresh: number; known: number; added: number; sealed: string | null }[]>`SELECT fresh, known, added, sealed FROM identity.old_account_import WHERE id = ${again}`
  assert.deepEqual(row, { fresh: 0, known: 1, added: 0, sealed: null })
})

test('the administrator looks a file over and then takes it, and sees the lines left out', async () => {
  await province.database.owner`UPDATE identity.role_grant SET role = 'agency-admin' WHERE officer_id = (SELECT id FROM identity.officer WHERE login = 'motcua.dienhong')`
  const admin = new TestBrowser()
  await logInOfficer(province, admin, 'motcua.dienhong')
  await admin.open(`${province.url}/admin/old-accounts`)
  const send = async (text: string) => {
    const body = new FormData()
    body.set('_csrf', /name="_csrf" value="([^"]*)"/.exec(admin.page.html)![1]!)
    body.set('file', new Blob([text]), 'tai-khoan.csv')
    return fetch(`${province.url}/admin/old-accounts`, { method: 'POST', body, redirect: 'manual', headers: { cookie: [...admin.cookies].map(([n, c]) => `${n}=${c.value}`).join('; ') } })
  }
  const refused = await send('a,b\n1,2')
  assert.equal(refused.status, 400)
  assert.match(await refused.text(), /Thiếu cột/)
  const reply = await send(`ma_tai_khoan,so_dinh_danh,ho_ten,ngay_sinh\npreview,052090000998,Nguyễn Văn Mẫu,1990-01-01\nxyz,1,Nguyễn Văn Mẫu,1990-01-01`)
  await admin.open(`${province.url}${reply.headers.get('location')}`)
  assert.match(admin.page.html, /Chưa có gì được nhập/)
  assert.match(admin.page.html, /Thiếu số định danh 12 chữ số/)
  assert.equal(await old('preview'), undefined)
  await admin.submit({}, new URL(admin.page.url).pathname)
  assert.match(admin.page.html, /Đã thêm 1 tài khoản cũ/)
  assert.equal((await old('preview')).state, 'waiting')
})

test('what agrees in number, name and birth date is asked about at the next log-in, and linked by the person\'s word', async () => {
  await imported(line('mine', known, { name: known.fullName.toUpperCase() }))
  const person = new TestBrowser()
  await logIn(country, person, { at: province.url, returnTo: '/tai-khoan?x=1' })
  assert.match(person.page.html, /Tài khoản cũ này là của bạn\?/)
  assert.equal((await old('mine')).state, 'waiting', 'nothing without the person')
  await person.submit({ answer: 'mine' }, '/tai-khoan/tai-khoan-cu')
  assert.equal(person.page.url, `${province.url}/tai-khoan?x=1`, 'and on to where he wanted to go')
  const [linked, account] = [await old('mine'), (await findAccountByIdNumber(province.node.db, known.idNumber))!]
  assert.deepEqual([linked.state, linked.accountId], ['linked', account.id])
  assert.deepEqual((await listEvents(province.node.db, linked.id)).map((e) => [e.type, e.data.by]), [['identity.old_account_linked', 'person']])
})

test('what a person declines goes to the desk, and is not asked again', async () => {
  await imported(line('declined', alsoKnown))
  const person = new TestBrowser()
  await logIn(country, person, { at: province.url, person: alsoKnown })
  await person.submit({ answer: 'not-mine' }, '/tai-khoan/tai-khoan-cu')
  assert.equal((await old('declined')).state, 'declined')
  const again = new TestBrowser()
  await logIn(country, again, { at: province.url, person: alsoKnown })
  assert.equal(again.page.url, `${province.url}/tai-khoan`)
  assert.ok((await queue()).includes('declined'))
})

test('one who differs is neither asked nor lets himself be taken: another name, another day, another number, another person', async () => {
  const day = `${known.birthDate.slice(0, 8)}28`
  await imported(line('other-name', known, { name: 'Nguyễn Văn Khác Mẫu' }), line('other-day', known, { born: day }), line('old-number', known, { id: '', old: '230000011' }), line('stranger', thirdKnown), line('number-of-two', alsoKnown, { id: known.idNumber, born: known.birthDate }))
  const person = new TestBrowser()
  await logIn(country, person, { at: province.url })
  assert.equal(person.page.url, `${province.url}/tai-khoan`)
  const csrf = /name="_csrf" value="([^"]*)"/.exec(person.page.html)![1]!
  for (const localId of ['other-name', 'other-day', 'old-number', 'stranger']) {
    await person.post(`${province.url}/tai-khoan/tai-khoan-cu`, { _csrf: csrf, id: (await old(localId)).id, answer: 'mine' })
    assert.equal((await old(localId)).state, 'waiting', localId)
  }
  assert.deepEqual(await queue(), ['declined', 'number-of-two', 'old-number', 'other-day', 'other-name'], 'the stranger waits for a log-in of his own')
})

test('the desk sees both sides, links with a reason, and the person is told and sees who looked', async () => {
  const { id } = await old('old-number')
  await desk.open(`${province.url}/desk/old-accounts`)
  assert.match(desk.page.html, /old-number/)
  const at = `/desk/old-accounts/${id}`
  await desk.open(province.url + at)
  assert.match(desk.page.html, /CMND •••011/)
  assert.ok(!desk.page.html.includes(known.idNumber) && !desk.page.html.includes('230000011'))
  const account = (await findAccountByIdNumber(province.node.db, known.idNumber))!
  assert.match((await desk.submit({ judgement: 'link', account: account.id, reason: '' }, at)).html, /Ghi lý do/)
  assert.match((await desk.submit({ judgement: 'link', reason: 'Có mặt, xuất trình thẻ và CMND cũ' }, at)).html, /Chọn người sở hữu/)
  await desk.submit({ judgement: 'link', account: account.id, reason: 'Có mặt, xuất trình thẻ và CMND cũ' }, at)
  assert.equal((await old('old-number')).accountId, account.id)
  while (await runDue(province.node) > 0);
  assert.match((await country.lastSms(known.phone))!, /đã liên kết tài khoản cũ old-number/)
  const person = new TestBrowser()
  await logIn(country, person, { at: province.url })
  assert.match(person.page.html, /Xem xét liên kết tài khoản cũ/)
})

test('two id numbers are two persons: the desk cannot join them, nor link to somebody who is no candidate', async () => {
  const [stranger, account] = [await old('stranger'), (await findAccountByIdNumber(province.node.db, known.idNumber))!]
  const at = `/desk/old-accounts/${stranger.id}`
  await desk.open(province.url + at)
  await desk.submit({ judgement: 'link', account: account.id, reason: 'Thử liên kết nhầm người' }, at)
  assert.ok(desk.page.status >= 400)
  assert.equal((await old('stranger')).state, 'waiting')
})

test('a person gets a copy of what is kept, and the deletion of the account empties it', async () => {
  const account = (await findAccountByIdNumber(province.node.db, known.idNumber))!
  const ctx = systemCtx(province.node, 'test')
  const source = ownDeskData['identity.old-accounts']
  assert.deepEqual((await source.read(ctx, account.id)).map((r) => r.localId), ['mine', 'old-number'])
  await imported(line('to-erase', alsoKnown, { id: '', old: '230000012' }))
  const other = (await findAccountByIdNumber(province.node.db, alsoKnown.idNumber))!
  const at = `/desk/old-accounts/${(await old('to-erase')).id}`
  await desk.open(province.url + at)
  await desk.submit({ judgement: 'link', account: other.id, reason: 'Có mặt, xuất trình CMND cũ' }, at)
  await transact(ctx, (tx) => source.erase(tx, ctx, other.id))
  assert.deepEqual(await source.read(ctx, other.id), [])
  const [left] = await province.database.owner<{ n: number }[]>`SELECT count(*)::int AS n FROM identity.old_account WHERE old_id_number = '230000012' OR local_id = 'to-erase'`
  assert.equal(left!.n, 0)
  assert.equal((await ownDeskData['identity.desk-requests'].read(ctx, account.id)).length, 0)
})

test('a link is undone with a reason, is not offered again, and all steps stay on record', async () => {
  const { id } = await old('mine')
  const at = `/desk/old-accounts/${id}`
  await desk.open(province.url + at)
  await desk.submit({ judgement: 'unlink', reason: 'Người dân báo liên kết nhầm' }, at)
  assert.deepEqual([(await old('mine')).state, (await old('mine')).accountId], ['declined', null])
  const person = new TestBrowser()
  await logIn(country, person, { at: province.url })
  assert.equal(person.page.url, `${province.url}/tai-khoan`)
  assert.match((await desk.open(province.url + at)).html, /Đã gỡ liên kết[\s\S]*Người dân báo liên kết nhầm[\s\S]*Đã liên kết/)
  await desk.submit({ judgement: 'close', reason: 'Không xác định được người sở hữu' }, at)
  assert.equal((await old('mine')).state, 'closed')
  await assert.rejects(province.node.db`DELETE FROM identity.old_account_step`)
  assert.equal((await listEvents(province.node.db, id)).map((e) => e.type).join(' '), 'identity.old_account_linked identity.old_account_unlinked identity.old_account_closed')
})
})

import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { systemCtx } from '../../../platform/ctx.ts'
import { runDue } from '../../../platform/jobs.ts'
import { findDossier } from '../../dossiers/index.ts'
import { smallOffice, type Sitting } from '../../dossiers/testing/small-office.ts'
import { listEvents } from '../../ledger/index.ts'
import { compareDossiers } from '../client/compare-dossiers.ts'
import { mendDossier } from '../client/redrive-dossier.ts'
import { tellingOffice, type TellingOffice } from '../testing/telling-office.ts'

suite('the page of the national portal', () => {
let o!: TellingOffice
let admin!: Sitting
before(async () => {
  o = await tellingOffice()
  admin = await o.office.officer('agency-admin', { agencyCode: 'H21' })
})
after(() => o.stop())

const page = async (path = '/admin/national-portal'): Promise<string> => (await o.office.get(admin, path)).body
const number = (body: string, label: string): string | undefined => new RegExp(`mc-number__value"[^>]*>([^<]*)</span><span class="mc-number__label">${label}`).exec(body)?.[1]

test('a dossier that the format cannot express is a dead letter with a sentence and is not sent; mended, it goes', async () => {
  const id = await o.accepted()
  const { db } = o.office.node
  await db`UPDATE dossiers.content SET applicant = applicant || '{"idNumber": "", "email": "${db.unsafe('x'.repeat(210))}"}' WHERE dossier_id = ${id}`
  await o.tell()
  assert.equal(await o.seen(id), undefined)
  assert.equal(o.calls.length, 0, 'nothing wrong went out')
  const list = await page()
  assert.match(list, /Số giấy tờ của chủ hồ sơ \(SoGiayToChuHoSo\): bắt buộc nhưng không có\./)
  assert.match(list, /Thư điện tử \(Email\): dài quá 200 ký tự\./)
  assert.equal(number(list, 'Không gửi được'), '1')
  const href = `/admin/national-portal/dossiers/${id}`
  assert.doesNotMatch(await page(href), /Nguyễn Văn Thử Nghiệm|xxxxx/, 'what stands in the dossier is not shown')
  const nothing = await o.office.post(admin, href, [['Email', ' ']], href)
  assert.equal(nothing.statusCode, 400)
  const long = await o.office.post(admin, href, [['Email', 'y'.repeat(300)], ['SoGiayToChuHoSo', '052090000099']], href)
  assert.equal(long.statusCode, 400)
  assert.match(long.body, /Nhập tối đa 200 ký tự/)
  assert.match(long.body, /value="052090000099"/, 'what was typed stands there again')
  const done = await o.office.post(admin, href, [['Email', 'thu@example.vn'], ['SoGiayToChuHoSo', '052090000099'], ['TrangThaiHoSo', '9']], href)
  assert.equal(done.statusCode, 303)
  assert.deepEqual(await mendDossier(admin.ctx, id, { TrangThaiHoSo: '9' }), [{ field: 'TrangThaiHoSo', key: 'national-portal.mend.notMendable' }], 'a state is no matter of words')
  await o.tell()
  const { dossier } = (await o.seen(id))!
  assert.deepEqual([dossier.Email, dossier.SoGiayToChuHoSo, dossier.TrangThaiHoSo], ['thu@example.vn', '052090000099', '2'])
  const event = (await listEvents(db, id)).find((e) => e.type === 'national-portal.mended')!
  assert.deepEqual(event.data.fields.toSorted(), ['Email', 'SoGiayToChuHoSo'], 'names of fields, no values')
})

test('what was set aside is told no more, after a question; sent again, it goes', async () => {
  const id = await o.accepted()
  const code = (await findDossier(o.office.node.db, id))!.code!
  await o.behave('behaviour', { refuse: { [code]: 'Không nhận' } })
  await o.tell()
  const href = `/admin/national-portal/dossiers/${id}`
  assert.match(await page(`${href}/set-aside`), new RegExp(`Gác hồ sơ ${code} lại\\?`))
  assert.equal((await o.office.post(admin, `${href}/set-aside`, [], href)).statusCode, 303)
  assert.equal((await o.office.post(admin, `${href}/set-aside`, [], '/admin/national-portal')).statusCode, 409, 'once')
  await o.behave('behaviour', {})
  assert.equal((await o.office.post(admin, '/admin/national-portal/redrive-all', [])).statusCode, 303)
  await o.tell()
  assert.equal(await o.seen(id), undefined, 'what was given up is not among all')
  assert.equal(number(await page(), 'Đã gác lại'), '1')
  assert.equal((await o.office.post(admin, `${href}/redrive`, [], href)).statusCode, 303)
  await o.tell()
  assert.equal((await o.seen(id))!.dossier.TrangThaiHoSo, '2')
})

test('the comparison lists what the portal has not or has otherwise, tells it again, and finds both alike after that', async () => {
  const [lost, other, same] = [await o.accepted(), await o.accepted(), await o.accepted()]
  await o.tell()
  const codes = await Promise.all([lost, other, same].map(async (id) => (await findDossier(o.office.node.db, id))!.code!))
  o.dossiers.delete(codes[0]!)
  o.dossiers.get(codes[1]!)!.dossier.TrangThaiHoSo = '9'
  const { db } = o.office.node
  o.pass(60_000)
  assert.equal((await o.office.post(admin, '/admin/national-portal/compare', [])).statusCode, 303)
  while (await runDue(o.office.node)) { /* the comparison is one of the jobs */ }
  const body = await page()
  assert.match(body, new RegExp(`${codes[0]}.*Cổng không có`, 's'))
  assert.match(body, new RegExp(`${codes[1]}.*Trạng thái.*Đã xử lý xong`, 's'))
  assert.equal(number(body, 'Còn khác với Cổng'), '2')
  await o.tell()
  assert.deepEqual(codes.map((code) => o.dossiers.get(code)!.dossier.TrangThaiHoSo), ['2', '2', '2'])
  o.pass(60_000)
  const again = await compareDossiers(systemCtx(o.office.node, 'test'), o.portal)
  assert.deepEqual([again.absent, again.differing, again.same >= 3], [0, 0, true])
  assert.equal((await db`SELECT FROM national_portal.dossier WHERE difference IS NOT NULL`).length, 0)
})

test('a node without an account says how to get one, and compares nothing', async (t) => {
  const bare = await smallOffice()
  t.after(() => bare.stop())
  const who = await bare.officer('agency-admin', { agencyCode: 'H21' })
  const { body } = await bare.get(who, '/admin/national-portal')
  assert.match(body, /Nút này chưa kết nối bằng bản tin của Cổng/)
  assert.match(body, /Yêu cầu bổ sung giấy tờ/, 'the codes stand there all the same')
  assert.equal((await bare.post(who, '/admin/national-portal/compare', [])).statusCode, 409)
})
})

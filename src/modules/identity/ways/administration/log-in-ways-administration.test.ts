import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { createCtx } from '../../../../platform/ctx.ts'
import { civilDate } from '../../../../platform/i18n.ts'
import { TestBrowser } from '../../testing/browser.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../../testing/small-country.tsx'
import { logIn, logInOfficer } from '../../testing/stories.ts'
import { openWays } from '../log-in-ways.ts'
import { closeWay } from './close-way.ts'
import type { DecisionInput } from './decision-fields.ts'
import { listDecisions, listPeriods } from './log-in-way.store.ts'
import { openWay } from './open-way.ts'
import { takeBackChange } from './take-back-change.ts'

suite('administration of the ways to log in', () => {
let country!: SmallCountry
let national!: RunningNode
const office = new TestBrowser()
const stops: (() => unknown)[] = []
before(async () => {
  country = await smallCountry({ after: (stop) => void stops.push(stop) })
  ;({ national } = country)
  await logInOfficer(national, office, 'quantri.quocgia')
})
after(async () => {
  for (const stop of stops.reverse()) await stop()
})

const list = '/admin/log-in-ways'
const inDays = (days: number): string => civilDate(new Date(national.node.now().getTime() + days * 86_400_000))
const boxes = (day: string): Record<string, string> => ({ 'onDay-year': day.slice(0, 4), 'onDay-month': String(Number(day.slice(5, 7))), 'onDay-day': String(Number(day.slice(8))) })
const openOn = (days: number): Promise<string[]> => openWays(national.node.db, 'person', new Date(national.node.now().getTime() + days * 86_400_000))
const decision = (more: Partial<DecisionInput> = {}): DecisionInput => ({ way: 'phone', holder: 'person', onDay: inDays(1), basis: 'QĐ thử nghiệm', confirmed: true, ...more })
const ctx = () => createCtx(national.node)

/** Follows the link of the table and fills in the page that it leads to. */
async function change(act: string, values: Record<string, string>, more = ''): Promise<void> {
  await office.open(`${national.url}${list}/change?act=${act}&way=phone&holder=person${more}`)
  await office.submit(values)
}

test('the table shows every way of persons and organisations with its periods and their rule', async () => {
  await office.open(`${national.url}${list}`)
  assert.equal(office.page.status, 200)
  for (const words of [/Từ 09\/12\/2019, đóng từ 20\/07\/2026/, /QĐ 31\/2021\/QĐ-TTg, Điều 9/, /QĐ 29\/2026\/QĐ-TTg/, /Bản trình diễn/, /Khóa truy cập/, /Tổ chức/, /Chưa có thay đổi nào/]) assert.match(office.page.html, words)
  assert.equal([...office.page.html.matchAll(/act=(open|close)&/g)].length, 9, 'one change for each of six ways of persons and three of organisations')
})

test('a way is closed from tomorrow on, not at once, and the history names who decided it by which rule', async () => {
  const day = inDays(1)
  await change('close', { ...boxes(day), basis: 'QĐ 99/2026/QĐ-TTg, Điều 1', confirmed: 'yes' })
  assert.equal(office.page.url, `${national.url}${list}?saved=1`)
  assert.match(office.page.html, /Đã ghi quyết định[\s\S]*QĐ 99\/2026\/QĐ-TTg, Điều 1[\s\S]*Đinh Quản Trị Mẫu/)
  assert.ok((await openOn(0)).includes('phone'), 'still open today')
  assert.ok(!(await openOn(1)).includes('phone'))
  const [event] = await national.database.owner<{ subject: string; actor: string; data: object }[]>`SELECT subject, actor, data FROM ledger.event WHERE type = 'identity.log_in_way_decided'`
  assert.deepEqual([event!.subject, event!.actor.split(':')[0], event!.data], ['person:phone', 'officer', { act: 'close', onDay: day }])
})

test('a planned closing is taken back, and both decisions stay in the history', async () => {
  await change('take-back', { basis: 'Quyết định nhầm', confirmed: 'yes' }, `&day=${inDays(1)}`)
  assert.equal(office.page.url, `${national.url}${list}?saved=1`)
  assert.ok((await openOn(1)).includes('phone'))
  assert.deepEqual((await listDecisions(national.node.db, 10)).map((d) => d.act), ['take-back', 'close'])
  await assert.rejects(async () => national.node.db`DELETE FROM identity.log_in_way_decision`, { code: '42501' })
})

test('a change of today or yesterday, without a rule or a confirmation, is sent back with what was typed', async () => {
  for (const days of [0, -1]) {
    await change('close', { ...boxes(inDays(days)), basis: 'QĐ 1' })
    assert.equal(office.page.status, 400)
    assert.match(office.page.html, /sớm nhất từ ngày mai/)
    assert.match(office.page.html, /Đánh dấu vào ô xác nhận/)
    assert.match(office.page.html, /value="QĐ 1"/)
  }
  await change('close', { 'onDay-day': '31', 'onDay-month': '2', 'onDay-year': '2027', basis: '', confirmed: 'yes' })
  for (const words of [/ngày có thật/, /Nhập căn cứ/, /value="31"/]) assert.match(office.page.html, words)
  assert.ok((await openOn(400)).includes('phone'))
})

test('a closed way is opened again from a day on, once', async () => {
  assert.deepEqual(await closeWay(ctx(), decision({ onDay: inDays(10) })), [])
  assert.equal((await closeWay(ctx(), decision({ onDay: inDays(12) })))[0]?.key, 'identity.ways.admin.invalid.not_open')
  assert.equal((await openWay(ctx(), decision({ onDay: inDays(9) })))[0]?.key, 'identity.ways.admin.invalid.open_already')
  assert.deepEqual(await openWay(ctx(), decision({ onDay: inDays(20) })), [])
  assert.equal((await openWay(ctx(), decision({ onDay: inDays(15) })))[0]?.key, 'identity.ways.admin.invalid.planned_later')
  assert.deepEqual(await Promise.all([9, 10, 19, 20].map(async (days) => (await openOn(days)).includes('phone'))), [true, false, false, true])
  assert.equal((await takeBackChange(ctx(), decision({ onDay: inDays(10) })))[0]?.key, 'identity.ways.admin.invalid.nothing_planned', 'the later opening comes first')
  assert.deepEqual(await takeBackChange(ctx(), decision({ onDay: inDays(20) })), [])
  assert.deepEqual(await takeBackChange(ctx(), decision({ onDay: inDays(10) })), [])
  assert.equal((await listPeriods(national.node.db)).filter((p) => p.way === 'phone' && p.validTo === null).length, 1)
})

test('two officers who open one way for one day at the same moment make one period', async () => {
  await closeWay(ctx(), decision({ way: 'sim', onDay: inDays(3) }))
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => openWay(ctx(), decision({ way: 'sim', onDay: inDays(5) }))))
  assert.equal(outcomes.filter((errors) => errors.length === 0).length, 1)
})

test('the last way of persons cannot be closed: a passkey alone lets nobody in who has no account', async () => {
  for (const way of ['phone', 'social-insurance', 'token'] as const) assert.deepEqual(await closeWay(ctx(), decision({ way, onDay: inDays(30) })), [])
  assert.deepEqual(await closeWay(ctx(), decision({ way: 'sim', onDay: inDays(30) })), [])
  assert.deepEqual(await closeWay(ctx(), decision({ way: 'identity-provider', onDay: inDays(30) })), [{ field: 'onDay', key: 'identity.error.LAST_WAY' }])
  assert.deepEqual(await openOn(30), ['identity-provider', 'passkey'], 'nothing of the refused decision is kept')
})

test('the page of a change that does not exist is not found', async () => {
  for (const query of ['', '?act=close&way=passkey&holder=organisation', '?act=burn&way=phone&holder=person', '?act=open&way=fax&holder=person', '?act=constructor&way=phone&holder=person', '?act=take-back&way=phone&holder=person', '?act=take-back&way=phone&holder=person&day=2026-02-31']) {
    await office.open(`${national.url}${list}/change${query}`)
    assert.equal(office.page.status, 404, query)
  }
})

test('nobody but the administrator of the national node sees or changes the ways', async () => {
  const [person, editor] = [new TestBrowser(), new TestBrowser()]
  await logIn(country, person)
  await logInOfficer(national, editor, 'danhmuc.congan')
  for (const browser of [person, editor]) for (const path of [list, `${list}/change?act=close&way=phone&holder=person`]) {
    const page = await browser.open(`${national.url}${path}`)
    assert.doesNotMatch(page.html, /Phương thức đăng ký/)
  }
  assert.equal((await fetch(`${country.province.url}${list}`)).status, 404, 'a local node decides nothing')
})
})

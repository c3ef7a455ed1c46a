import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { createCalendar } from '../../calendar/index.ts'
import { listUnits } from '../../organisations/index.ts'
import { listTasks } from '../../process/index.ts'
import { listEvents } from '../../ledger/index.ts'
import type { Node } from '../../../platform/node.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { takeStep } from '../assignment/take-step.ts'
import { smallOffice, type Sitting, type SmallOffice } from '../testing/small-office.ts'
import { levelsDue, warnBeforeDue } from './warn-before-due.ts'
import { listWarningRules, ruleOn, type WarningRule } from './warning.store.ts'

const hour = 3_600_000
const rule: WarningRule = { code: 'x', validFrom: '2025-01-01', validTo: null, title: 'x', hours: { officer: 16, head: 8, leader: 4 } }

test('levels come in working hours of an open office: neither at night nor over a weekend, and once', () => {
  const calendar = createCalendar({ officeHours: [{ agencyCode: null, validFrom: '2020-01-01', sessions: [{ start: 7 * 60, end: 11 * 60 }, { start: 13 * 60, end: 17 * 60 }] }] } as never)
  // Thursday, 26 November 2026, 17:00 in Vietnam; the Tuesday before is a day off.
  const dueAt = new Date('2026-11-26T10:00:00Z')
  const table: [now: string, warned: ('officer' | 'head' | 'leader')[], due: string][] = [
    ['2026-11-23T09:59:00Z', [], ''], ['2026-11-24T02:00:00Z', [], ''], ['2026-11-25T00:00:00Z', [], 'officer'], ['2026-11-25T00:00:00Z', ['officer'], ''], ['2026-11-25T05:00:00Z', [], ''],
    ['2026-11-25T12:00:00Z', ['officer'], ''], ['2026-11-26T00:00:00Z', ['officer'], 'head'], ['2026-11-26T06:00:00Z', [], 'officer,head,leader'], ['2026-11-22T02:00:00Z', [], ''],
  ]
  for (const [now, warned, due] of table) assert.equal(levelsDue(calendar, rule, { dueAt, warned }, new Date(now)).join(), due, `${now} after ${warned.join()}`)
  assert.deepEqual(levelsDue(calendar, { ...rule, hours: { officer: null, head: null, leader: 4 } }, { dueAt, warned: [] }, new Date('2026-11-26T09:00:00Z')), ['leader'])
})

suite('warnings before a date', () => {
let now = new Date('2026-11-20T02:00:00Z').getTime()
let office!: SmallOffice
let node!: Node
before(async () => {
  office = await smallOffice({ now: () => new Date(now) })
  ;({ node } = office)
})
after(() => office.stop())

const withMail = async (o: Sitting, address: string): Promise<Sitting> => {
  await node.db`UPDATE identity.officer SET email = ${address} WHERE id = ${o.id}`
  return o
}
const mails = async (): Promise<string[]> => (await node.db<{ key: string }[]>`SELECT key FROM notifications.message WHERE template = 'dossiers.warning.mail.text' ORDER BY created_at, key`).map((m) => m.key)
const levelsOf = async (id: string): Promise<unknown[]> => (await listEvents(node.db, id)).filter((e) => e.type === 'dossier.warned').map((e) => e.data.level)

test('who does the step, the head and the leader are warned in turn, once each; a date that moves is warned of anew; the inbox shows it', async () => {
  const [unit] = await listUnits(node.db, office.here)
  const desk = await office.officer('one-stop')
  const [specialist, colleague, head, leader, elsewhere] = await Promise.all([office.officer('specialist'), office.officer('specialist'), office.officer('unit-head', { unitId: unit!.id }), office.officer('leader'), office.officer('leader', { agencyCode: office.there })])
  for (const [n, o] of [specialist, colleague, head, leader, elsewhere].entries()) await withMail(o!, `can.bo.${n}@example.gov.vn`)
  const id = await office.file()
  await acceptDossier(desk.ctx, { dossierId: id })
  await node.db`UPDATE process.instance SET unit_id = ${unit!.id} WHERE subject = ${id}`
  for (const task of (await listTasks(node.db, { subject: id, open: true })).filter((t) => t.role === 'specialist')) await takeStep(specialist!.ctx, { dossierId: id, taskId: task.id })
  const dueAt = new Date('2026-11-26T10:00:00Z')
  await node.db`UPDATE dossiers.dossier SET due_at = ${dueAt} WHERE id = ${id}`
  assert.equal(await warnBeforeDue(node), 0, 'three working days are left')

  // The day before at the end of the day, and the last day in the morning and after noon.
  for (const [at, warned, mailed] of [[dueAt.getTime() - 24 * hour - 60_000, ['officer'], [specialist]], [dueAt.getTime() - 8 * hour, ['officer', 'head'], [specialist, head]], [dueAt.getTime() - hour, ['officer', 'head', 'leader'], [specialist, head, leader]]] as const) {
    now = at
    await Promise.all([warnBeforeDue(node), warnBeforeDue(node)])
    assert.deepEqual(await levelsOf(id), [...warned], new Date(now).toISOString())
    assert.deepEqual((await mails()).map((key) => key.split(':').at(-1)), mailed.map((o) => o!.id))
  }
  // Sessions of six days ago are over.
  const reader = await office.officer('leader')
  assert.match((await office.get(reader, '/desk?view=team')).body, new RegExp(`${id}[\\s\\S]*Đã cảnh báo lãnh đạo`))

  const later = new Date(dueAt.getTime() + 24 * hour * 7)
  await node.db`UPDATE dossiers.dossier SET due_at = ${later} WHERE id = ${id}`
  assert.equal(await warnBeforeDue(node), 0)
  const shown = (await office.get(reader, '/desk?view=team')).body
  assert.ok(shown.includes(id) && !shown.includes('Đã cảnh báo'))
  now = later.getTime() - hour
  assert.equal(await warnBeforeDue(node), 3)
  assert.equal((await mails()).length, 6)
})

test('nobody is warned of what stands still, is finished, late already, or another node’s; without who has taken the step all are whose role it is', async () => {
  now = new Date('2026-11-20T02:00:00Z').getTime()
  const desk = await office.officer('one-stop')
  const ids = await Promise.all([0, 1, 2, 3, 4].map(() => office.file()))
  for (const id of ids) await acceptDossier(desk.ctx, { dossierId: id })
  const dueAt = new Date('2026-11-26T10:00:00Z')
  await node.db`UPDATE dossiers.dossier SET due_at = ${dueAt} WHERE id = ANY(${ids})`
  const [paused, finished, late, mirrored, nobodys] = ids as [string, string, string, string, string]
  await node.db`UPDATE dossiers.dossier SET paused_at = now() WHERE id = ${paused}`
  await node.db`UPDATE dossiers.dossier SET state = 'finished', finished_at = now() WHERE id = ${finished}`
  await node.db`UPDATE dossiers.dossier SET due_at = ${new Date(dueAt.getTime() - 48 * hour)} WHERE id = ${late}`
  await node.db`UPDATE dossiers.dossier SET node_code = 'VN' WHERE id = ${mirrored}`
  now = dueAt.getTime() - hour
  assert.equal(await warnBeforeDue(node), 3)
  for (const id of [paused, finished, late, mirrored]) assert.deepEqual(await levelsOf(id), [], id)
  const told = (await mails()).filter((key) => key.includes(`${nobodys}:officer`))
  assert.equal(told.length, 2, 'both specialists with an address')
})

test('a rule is written for a day to come, replaces the one before from then on, and can be taken back until then; mistakes come back with what was typed', async () => {
  now = new Date('2026-11-20T02:00:00Z').getTime()
  const admin = await office.officer(['agency-admin', 'one-stop'])
  const fields = (more: Record<string, string>): [string, string][] => Object.entries({ title: 'Quyết định 12/2026/QĐ-UBND, Điều 5', code: 'qd-12-2026', 'validFrom-day': '1', 'validFrom-month': '1', 'validFrom-year': '2027', officer: '24', head: '', leader: '2', ...more })
  assert.equal((await office.get(await office.officer('specialist'), '/admin/warning-rules')).statusCode, 403)
  for (const [more, says] of [
    [{ title: '' }, /Chưa ghi văn bản/], [{ code: 'Mã Sai' }, /Mã chỉ gồm/], [{ code: 'ban-dau' }, /Mã này đã dùng/], [{ 'validFrom-day': '31', 'validFrom-month': '2' }, /không phải là một ngày có thật/], [{ 'validFrom-year': '2026' }, /phải sau ngày/],
    [{ officer: '0' }, /Số giờ phải/], [{ leader: '2,5' }, /Số giờ phải/], [{ leader: '30' }, /Cấp trên không được/], [{ officer: '', leader: '' }, /ít nhất một cấp/],
  ] as const) {
    const reply = await office.post(admin, '/admin/warning-rules', fields(more))
    assert.equal(reply.statusCode, 400, JSON.stringify(more))
    assert.match(reply.body, says)
    if (!('title' in more)) assert.match(reply.body, /value="Quyết định 12\/2026\/QĐ-UBND, Điều 5"/)
  }
  assert.equal((await office.post(admin, '/admin/warning-rules', fields({}))).statusCode, 303)
  const rules = await listWarningRules(node.db)
  assert.deepEqual([ruleOn(rules, '2026-12-31')?.code, ruleOn(rules, '2027-01-01')?.code, ruleOn(rules, '2020-01-01')], ['ban-dau', 'qd-12-2026', undefined])
  assert.deepEqual(rules.at(-1)!.hours, { officer: 24, head: null, leader: 2 })
  assert.match((await office.get(admin, '/admin/warning-rules')).body, /24 giờ làm việc[\s\S]*Không cảnh báo[\s\S]*2 giờ làm việc/)
  assert.equal((await office.post(admin, '/admin/warning-rules/remove', [['code', 'ban-dau']])).statusCode, 404, 'what holds stays')
  assert.equal((await office.post(admin, '/admin/warning-rules/remove', [['code', 'qd-12-2026']])).statusCode, 303)
  assert.deepEqual((await listWarningRules(node.db)).map((r) => [r.code, r.validTo]), [['ban-dau', null]])
})
})

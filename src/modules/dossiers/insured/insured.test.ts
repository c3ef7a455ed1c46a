import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { systemCtx } from '../../../platform/ctx.ts'
import { runDue } from '../../../platform/jobs.ts'
import { demoOrganisation } from '../../../stand-ins/demo-organisations.ts'
import { findCitizen } from '../../../stand-ins/demo-people.ts'
import { listEvents } from '../../ledger/index.ts'
import { fireDueTimers, listTasks } from '../../process/index.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { completeStep } from '../complete-step.ts'
import { findDossier, findResultDraft } from '../dossiers.store.ts'
import { handleThrough } from '../testing/handle-through.ts'
import { smallOffice, type Sitting, type SmallOffice } from '../testing/small-office.ts'
import { checkInsured } from './check-insured.ts'
import { findCheck } from './insured.store.ts'
import { contributionRegister, type ContributionRegister } from './testing.ts'

interface Worker { name: string; insuranceNumber: string; wage: number }
const workerOf = (idNumber: string, change: Partial<Worker> = {}): Worker => {
  const { fullName, socialInsurance } = findCitizen(idNumber)!
  return { name: fullName, insuranceNumber: socialInsurance, wage: 4_000_000, ...change }
}
const [since2015, since2018, untilMarch2024] = [workerOf('052090000011'), workerOf('064192000012'), workerOf('052095000015')]
const hour = 3_600_000

suite('workers are confirmed by the data of the register', () => {
let office: SmallOffice
let register: ContributionRegister
let staff: Record<'one-stop' | 'specialist' | 'leader', Sitting>
// Monday, 23 November 2026, 08:00 in Vietnam.
let now = new Date('2026-11-23T01:00:00Z').getTime()
before(async () => {
  office = await smallOffice({ code: 'G24', now: () => new Date(now) })
  register = await contributionRegister([office.node])
  const agencyCode = (await findDossier(office.node.db, await office.file(undefined, { procedure: '9.000001' })))!.agencyCode
  staff = { 'one-stop': await office.officer('one-stop', { agencyCode }), specialist: await office.officer('specialist', { agencyCode }), leader: await office.officer('leader', { agencyCode }) }
}, { timeout: 120_000 })
after(async () => {
  await register.stop()
  await office.stop()
})

async function accepted(workers: Worker[], month = '2026-11-02'): Promise<string> {
  const employer = { name: demoOrganisation.name, taxCode: demoOrganisation.taxCode, address: 'Số 1, đường Thử Nghiệm', phone: '0900000099' }
  const id = await office.file(undefined, { procedure: '9.000001', change: { employer, month, workers } })
  await acceptDossier(staff['one-stop'].ctx, { dossierId: id })
  await runDue(office.node)
  return id
}
const step = async (id: string) => (await listTasks(office.node.db, { subject: id, open: true }))[0]
const checks = async (id: string) => (await listEvents(office.node.db, id)).filter((e) => e.type === 'dossier.insured_checked')
const pageOf = async (id: string): Promise<string> => (await office.get(staff.specialist, `/desk/dossiers/${id}`)).body

test('paid for all: nobody compares; the officer drafts beside the data, the director signs', { timeout: 60_000 }, async () => {
  const id = await accepted([since2015, { ...since2018, name: since2018.name.toUpperCase() }])
  assert.equal((await step(id))?.act, 'draft-result')
  const page = await pageOf(id)
  assert.match(page, /đã đóng cho toàn bộ người lao động trong danh sách \(tổng số: 2\)/)
  assert.match(page, /tháng 10\/2026 của đơn vị có mã số thuế 5900000019/)
  assert.equal(page.match(/Đơn vị đã đóng/g)?.length, 2)
  const [event, ...more] = await checks(id)
  const { transaction, ...facts } = event!.data
  assert.deepEqual([facts, more], [{ month: '2026-10', paid: 2, unpaid: 0, mismatch: 0, unknown: 0 }, []])
  assert.match(String(transaction), /^[0-9a-f-]{36}$/)
  await handleThrough(office.node, staff, id, 'finished')
  assert.deepEqual(((await findResultDraft(office.node.db, id))!.data.rows as { label: string; value: string }[]).at(-1), { label: 'Đã đóng bảo hiểm xã hội tháng 10/2026, theo dữ liệu tra cứu ngày 23/11/2026', value: '2 trên 2 người lao động' })
  assert.equal((await findDossier(office.node.db, id))!.state, 'finished')
})

test('what differs comes to an officer, who sees each difference first, and confirms or settles it', { timeout: 60_000 }, async () => {
  const list = [since2015, untilMarch2024, { ...since2018, name: 'Trần Thị Khác' }, { ...since2018, insuranceNumber: '9900000099' }]
  const [confirmed, unclear] = [await accepted(list), await accepted(list)]
  assert.deepEqual((await findCheck(office.node.db, confirmed))!.findings, ['paid', 'unpaid', 'mismatch', 'unknown'])
  const page = await pageOf(confirmed)
  assert.match(page, /không thống nhất: 3 trên 4/)
  assert.match(page, /Hoàng Văn Giả Định[\s\S]*Đơn vị không đóng cho tháng này[\s\S]*Trần Thị Khác[\s\S]*Mã số của người khác[\s\S]*9900000099[\s\S]*Không có mã số này[\s\S]*Đơn vị đã đóng/)
  const data = JSON.stringify((await checks(confirmed)).map((e) => e.data))
  for (const one of list) for (const personal of [one.name, one.insuranceNumber]) assert.ok(!data.includes(personal))
  const task = (await step(confirmed))!
  assert.deepEqual([task.act, task.outcomes.map((o) => o.value)], ['appraise', ['enough', 'verify']])
  await completeStep(staff.specialist.ctx, { dossierId: confirmed, taskId: task.id, outcome: 'enough', note: 'Đơn vị đã nộp bổ sung' })
  assert.equal((await step(confirmed))?.act, 'draft-result')
  await completeStep(staff.specialist.ctx, { dossierId: unclear, taskId: (await step(unclear))!.id, outcome: 'verify' })
  assert.equal((await step(unclear))?.elementId, 'settle')
})

test('it is the month before the stop that counts', { timeout: 60_000 }, async () => {
  for (const [worker, stopped, month, finding] of [[untilMarch2024, '2024-04-15', '2024-03', 'paid'], [untilMarch2024, '2024-05-01', '2024-04', 'unpaid'], [since2018, '2018-01-20', '2017-12', 'unpaid'], [since2018, '2018-02-01', '2018-01', 'paid']] as const) {
    const check = (await findCheck(office.node.db, await accepted([worker], stopped)))!
    assert.deepEqual([check.month, check.findings], [month, [finding]], stopped)
  }
})

test('while the register is away the question waits and comes again; asked twice, it is told once', { timeout: 60_000 }, async () => {
  await register.setDown(true)
  const id = await accepted([since2015])
  assert.equal(await step(id), undefined, 'no step for a person yet')
  assert.match(await pageOf(id), /chưa có trả lời/)
  const [job] = await office.node.db<{ attempts: number; later: boolean; error: string }[]>`SELECT attempts, run_at > now() AS later, last_error AS error FROM platform.job WHERE queue = 'process.service'`
  assert.deepEqual([job!.attempts, job!.later, job!.error], [1, true, 'Error: the register of social insurance answered with 503'])
  await register.setDown(false)
  await office.node.db`UPDATE platform.job SET run_at = 'epoch' WHERE queue = 'process.service'`
  await runDue(office.node)
  assert.equal((await step(id))?.act, 'draft-result')
  assert.doesNotMatch(await pageOf(id), /chưa có trả lời/)
  assert.deepEqual(await checkInsured(systemCtx(office.node, 'test'), { subject: id, variables: {} }), { insured: 'agrees' })
  assert.equal((await checks(id)).length, 1)
})

test('away for two working hours, the comparison is an officer’s; a later answer changes no step', { timeout: 60_000 }, async () => {
  await register.setDown(true)
  const id = await accepted([since2015])
  now += 1.9 * hour
  await fireDueTimers(office.node)
  assert.equal(await step(id), undefined)
  now += 0.2 * hour
  await fireDueTimers(office.node)
  const task = (await step(id))!
  assert.equal(task.act, 'appraise')
  await register.setDown(false)
  await office.node.db`UPDATE platform.job SET run_at = 'epoch' WHERE queue = 'process.service'`
  await runDue(office.node)
  assert.equal((await step(id))!.id, task.id)
  assert.equal((await office.node.db`SELECT id FROM platform.job WHERE queue = 'process.service'`).length, 0)
})
})

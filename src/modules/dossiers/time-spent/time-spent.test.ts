import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Node } from '../../../platform/node.ts'
import { drainFollowers } from '../../ledger/index.ts'
import { listTasks } from '../../process/index.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { completeStep } from '../complete-step.ts'
import { takeStep } from '../assignment/take-step.ts'
import { business, smallOffice, type SmallOffice } from '../testing/small-office.ts'
import { monthsOf } from './read-asked.ts'

suite('where time went', () => {
let office!: SmallOffice
let node!: Node
let now = new Date('2026-11-23T08:00:00+07:00')
before(async () => {
  office = await smallOffice({ now: () => now })
  ;({ node } = office)
})
after(() => office.stop())

const shown = (body: string): string => body.replace(/<svg[\s\S]*?<\/svg>/g, ' ').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

test('a leader sees for a procedure what each step took and follows a number to the dossiers behind it; nobody sees those of another agency', async () => {
  const receiving = await office.officer('one-stop')
  assert.match(shown((await office.get(await office.officer('leader'), '/desk/time-spent')).body), /Chưa có bước nào được làm xong/)
  const id = await office.file()
  await acceptDossier(receiving.ctx, { dossierId: id })
  const specialist = await office.officer('specialist')
  const [task] = await listTasks(node.db, { subject: id, open: true })
  now = new Date('2026-11-23T09:00:00+07:00')
  await takeStep(specialist.ctx, { dossierId: id, taskId: task!.id })
  now = new Date('2026-11-23T11:00:00+07:00')
  await completeStep(specialist.ctx, { dossierId: id, taskId: task!.id, ...(task!.outcomes[0] ? { outcome: task!.outcomes[0].value } : {}) })
  await drainFollowers(node)

  const [desk, leader, unrelated] = [await office.officer('one-stop'), await office.officer('leader'), await office.officer('leader', { agencyCode: office.there })]
  const page = (await office.get(leader, `/desk/time-spent?procedure=${business}&measure=sum`)).body
  const row = new RegExp(`<th[^>]*>${task!.name.vi}[\\s\\S]*?</tr>`).exec(page)![0]
  assert.match(shown(row), /1 hồ sơ ở bước .* 0 3 giờ 3 giờ 3 giờ 3 giờ trên đồng hồ 1 giờ 2 giờ 0 phút Mức 5/)
  assert.match(page, /<svg [^>]*role="img"/)
  assert.match(shown(page), /Mức 5: từ 2 giờ 24 phút đến 3 giờ/)
  const href = /href="([^"]*time-spent\/step[^"]*)"/.exec(row)![1]!.replaceAll('&amp;', '&')
  const behind = (await office.get(leader, href)).body
  assert.match(behind, new RegExp(`href="/desk/dossiers/${id}"`))
  assert.match(shown(behind), /1 giờ 1 giờ trên đồng hồ 2 giờ 2 giờ trên đồng hồ 0 phút/)
  assert.doesNotMatch((await office.get(unrelated, href)).body, new RegExp(id))
  assert.doesNotMatch((await office.get(unrelated, `${href}&agency=${office.here}`)).body, new RegExp(id), 'an agency that is not his is not asked for')
  assert.equal((await office.get(leader, href.replace(/step=[^&]*/, 'step=nowhere'))).statusCode, 404)
  for (const path of ['/desk/time-spent', href]) assert.equal((await office.get(desk, path)).statusCode, 403)

  const dossier = shown((await office.get(leader, `/desk/dossiers/${id}`)).body)
  assert.match(dossier, new RegExp(`Thời gian đã qua ở từng bước [\\s\\S]*${task!.name.vi} 1 giờ 1 giờ trên đồng hồ 2 giờ 2 giờ trên đồng hồ`))
})

test('periods are whole months', () => {
  const table: [Parameters<typeof monthsOf>[0], string, string, string][] = [
    ['month', '2026-03-31', '2026-03-01', '2026-03-01'], ['last-month', '2026-01-05', '2025-12-01', '2025-12-01'], ['quarter', '2026-05-01', '2026-04-01', '2026-05-01'], ['quarter', '2026-12-01', '2026-10-01', '2026-12-01'],
    ['year', '2026-05-01', '2026-01-01', '2026-05-01'], ['last-year', '2026-05-01', '2025-01-01', '2025-12-01'], ['all', '2026-05-01', '2000-01-01', '2026-05-01'],
  ]
  for (const [period, today, from, until] of table) assert.deepEqual(monthsOf(period, today), { from, until }, period)
})
})

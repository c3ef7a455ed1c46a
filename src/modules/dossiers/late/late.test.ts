import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { listEvents } from '../../ledger/index.ts'
import { isRefusal } from '../../../platform/errors.ts'
import type { Node } from '../../../platform/node.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { explainLate, isLate } from './explain-late.ts'
import { smallOffice, type SmallOffice } from '../testing/small-office.ts'

suite('late dossiers', () => {
let office!: SmallOffice
let node!: Node
before(async () => {
  office = await smallOffice()
  ;({ node } = office)
})
after(() => office.stop())

test('who leads explains what is late, and only that; the list says what was explained', async () => {
  const [desk, leader, elsewhere] = [await office.officer('one-stop'), await office.officer('leader'), await office.officer('leader', { agencyCode: 'G01.08' })]
  const id = await office.file()
  await acceptDossier(desk.ctx, { dossierId: id })
  await assert.rejects(explainLate(leader.ctx, { dossierId: id, reason: 'x' }), (e) => isRefusal(e, 'NOT_LATE'))
  assert.doesNotMatch((await office.get(leader, '/desk/late')).body, new RegExp(id))
  await node.db`UPDATE dossiers.dossier SET due_at = ${new Date(node.now().getTime() - 1000)} WHERE id = ${id}`
  assert.match((await office.get(leader, '/desk/late')).body, new RegExp(`${id}[\\s\\S]*Chưa giải trình`))
  assert.deepEqual((await explainLate(leader.ctx, { dossierId: id, reason: ' ' })).map((w) => w.field), ['lateReason'])
  await assert.rejects(explainLate(elsewhere.ctx, { dossierId: id, reason: 'x' }), (e) => isRefusal(e, 'NOT_FOUND'))
  assert.deepEqual(await explainLate(leader.ctx, { dossierId: id, reason: 'Cán bộ nghỉ ốm, đã phân công lại' }), [])
  assert.match((await office.get(leader, '/desk/late')).body, /Đã giải trình/)
  assert.match((await office.get(desk, `/desk/dossiers/${id}`)).body, /Cán bộ nghỉ ốm/)
  assert.equal((await office.get(desk, '/desk/late')).statusCode, 403)
  assert.ok(!(await listEvents(node.db, id)).some((e) => JSON.stringify(e.data).includes('nghỉ ốm')))
})

test('late is what is past its date without a result, finished after it, or counted so', () => {
  const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 20, hour))
  const base = { receivedAt: at(1), dueAt: at(5), finishedAt: null, pausedAt: null, isLate: false }
  const table: [Partial<Parameters<typeof isLate>[0]>, boolean][] = [
    [{}, true], [{ dueAt: at(7) }, false], [{ pausedAt: at(2) }, false], [{ finishedAt: at(4) }, false], [{ finishedAt: at(6) }, true], [{ dueAt: at(9), isLate: true }, true], [{ receivedAt: null }, false],
  ]
  for (const [change, expected] of table) assert.equal(isLate({ ...base, ...change }, at(6)), expected, JSON.stringify(change))
})
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCtx } from '../../platform/ctx.ts'
import { isRefusal } from '../../platform/errors.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { isWorkingDay, loadCalendar, overrideDay, removeOverride } from './index.ts'

test('a decided day changes the calendar at once, is in the ledger, and can be taken back', async (t) => {
  const { db } = await testDatabase(t)
  const ctx = createCtx(testNode(db))
  assert.equal(isWorkingDay(await loadCalendar(db), '2027-03-17'), true)
  assert.deepEqual(await overrideDay(ctx, { date: '2027-03-17', kind: 'off', reason: 'Ngày hội tỉnh', source: 'QĐ 12/2027' }), [])
  assert.equal(isWorkingDay(await loadCalendar(db), '2027-03-17'), false)
  await removeOverride(ctx, '2027-03-17')
  assert.equal(isWorkingDay(await loadCalendar(db), '2027-03-17'), true)
  const events = await db`SELECT type, subject, data FROM ledger.event ORDER BY id`
  assert.deepEqual(events.map((e) => ({ ...e })), [
    { type: 'calendar.overridden', subject: '2027-03-17', data: { date: '2027-03-17', kind: 'off' } },
    { type: 'calendar.overridden', subject: '2027-03-17', data: { date: '2027-03-17', kind: null } },
  ])
})

test('the announced swaps of 2026 are there from the first start', async (t) => {
  const { db } = await testDatabase(t)
  const calendar = await loadCalendar(db)
  assert.deepEqual(['2026-01-02', '2026-01-10', '2026-08-22', '2026-08-31'].map((d) => isWorkingDay(calendar, d)), [false, true, true, false])
})

test('bad input names every wrong field and changes nothing', async (t) => {
  const { db } = await testDatabase(t)
  const ctx = createCtx(testNode(db))
  const invalid = await overrideDay(ctx, { date: '2027-02-30', kind: 'maybe', reason: ' ', source: 'x'.repeat(201) })
  assert.deepEqual(invalid.map((e) => e.field), ['date', 'kind', 'reason', 'source'])
  assert.equal((await db`SELECT 1 FROM ledger.event`).length, 0)
  await assert.rejects(removeOverride(ctx, '2027-02-17'), (e) => isRefusal(e, 'OVERRIDE_NOT_FOUND'))
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { translator } from '../../platform/i18n.ts'
import { addWorkingDays, createCalendar, dayOff, isWorkingDay } from './calendar.ts'
import { dayAt } from './civil-day.ts'
import { dueAt, explain, type DueOptions, type Limit } from './due-at.ts'
import { shiftForPause } from './shift-for-pause.ts'
import { addWorkingTime, nextOpen, splitWorkingTime, workingDayMs, workingTimeBetween } from './working-time.ts'

const calendar = createCalendar()
const at = (local: string): Date => new Date(`${local.replace(' ', 'T')}:00+07:00`)
const days = (value: number): Limit => ({ value, unit: 'working-day' })
const hour = 3_600_000

describe('due moments', () => {
  const table: [title: string, received: string, limit: Limit, due: string, opts?: DueOptions][] = [
    ['keep the moment of the day over a weekend', '2026-03-13 16:30', days(1), '2026-03-16 16:30'],
    ['pass over a Monday off: Friday 16:30 is due on Tuesday', '2026-04-24 16:30', days(1), '2026-04-28 16:30'],
    ['pass over a public holiday', '2026-11-23 16:30', days(1), '2026-11-25 16:30'],
    ['take eight hours as one working day', '2026-03-11 10:00', { value: 8, unit: 'hour' }, '2026-03-12 10:00'],
    ['count hours across the lunch break', '2026-03-11 10:30', { value: 2, unit: 'hour' }, '2026-03-11 14:30'],
    ['start at 13:30 for a dossier of the lunch break', '2026-03-11 12:10', { value: 1, unit: 'hour' }, '2026-03-11 14:30'],
    ['start at opening for an early dossier', '2026-03-11 05:00', { value: 4, unit: 'hour' }, '2026-03-11 11:00'],
    ['start next morning for a late dossier', '2026-03-11 17:00', { value: 1, unit: 'hour' }, '2026-03-12 08:00'],
    ['end at closing when they start at opening', '2026-03-11 17:20', days(1), '2026-03-12 17:00'],
    ['start on Monday for a dossier of Saturday', '2026-03-14 09:00', { value: 2, unit: 'hour' }, '2026-03-16 09:00'],
    ['stay in the day for an in-day procedure at 14:59', '2026-03-13 14:59', days(1), '2026-03-13 17:00', { inDay: true }],
    ['stay in the day for an in-day procedure at 15:00', '2026-03-13 15:00', days(1), '2026-03-13 17:00', { inDay: true }],
    ['move to Monday for an in-day procedure at 15:01 on Friday', '2026-03-13 15:01', days(1), '2026-03-16 17:00', { inDay: true }],
    ['move one day only for an in-day procedure received at night', '2026-03-10 22:00', days(1), '2026-03-11 17:00', { inDay: true }],
    ['count every calendar day and end at closing', '2026-03-11 09:00', { value: 5, unit: 'day' }, '2026-03-16 17:00'],
    ['move a calendar limit off a weekend', '2026-03-11 09:00', { value: 3, unit: 'day' }, '2026-03-16 17:00'],
    ['leave out public holidays of a calendar limit when asked', '2026-11-20 09:00', { value: 5, unit: 'day' }, '2026-11-26 17:00', { skipHolidays: true }],
    ['count public holidays of a calendar limit otherwise', '2026-11-20 09:00', { value: 5, unit: 'day' }, '2026-11-25 17:00'],
    ['end a month on the corresponding day', '2026-03-11 09:00', { value: 1, unit: 'month' }, '2026-04-13 17:00'],
    ['end a month on its last day where it has no such day', '2027-01-29 09:00', { value: 1, unit: 'month' }, '2027-03-01 17:00'],
    ['pass over the whole of Tết', '2026-02-13 10:00', days(5), '2026-02-27 10:00'],
  ]
  for (const [title, received, limit, due, opts] of table) {
    it(title, () => assert.equal(dueAt(calendar, at(received), limit, opts).due.toISOString(), at(due).toISOString()))
  }

  it('refuse a limit that is none', () => {
    for (const value of [0, -1, Number.NaN, 1.5]) assert.throws(() => dueAt(calendar, at('2026-03-11 09:00'), days(value)), RangeError)
  })

  it('explain themselves in both languages, every passed-over day by its reason', () => {
    const own = createCalendar({ overrides: [{ date: '2026-11-25', kind: 'off', reason: 'Mất điện toàn tỉnh', source: 'QĐ 1' }] })
    const { steps } = dueAt(own, at('2026-11-20 18:00'), days(2))
    assert.deepEqual(explain(steps, translator('vi')), [
      'Tiếp nhận hợp lệ lúc 18:00, 20/11/2026.', 'Tiếp nhận sau giờ làm việc: thời gian tính từ 07:00, 23/11/2026.', 'Thời hạn 2 ngày làm việc.',
      'Không tính 24/11/2026: Ngày Văn hóa Việt Nam.', 'Không tính 25/11/2026: Mất điện toàn tỉnh.', 'Hẹn trả kết quả: 17:00, 26/11/2026.',
    ])
    assert.equal(explain(steps, translator('en'))[3], '24/11/2026 does not count: Vietnamese Culture Day.')
  })
})

describe('overrides', () => {
  const swapped = createCalendar({
    overrides: [
      { date: '2026-01-02', kind: 'off', reason: 'Hoán đổi', source: 'x' },
      { date: '2026-01-10', kind: 'working', reason: 'Làm bù', source: 'x' },
    ],
  })
  it('turn a Friday off and a Saturday into a make-up day', () => {
    assert.equal(isWorkingDay(swapped, '2026-01-02'), false)
    assert.equal(isWorkingDay(swapped, '2026-01-10'), true)
    assert.equal(addWorkingDays(swapped, '2025-12-31', 1), '2026-01-05')
    assert.equal(addWorkingDays(swapped, '2026-01-09', 1), '2026-01-10')
    assert.equal(dueAt(swapped, at('2026-01-09 16:00'), days(1)).due.toISOString(), at('2026-01-10 16:00').toISOString())
  })
  it('win over a statutory holiday', () => {
    const worked = createCalendar({ overrides: [{ date: '2026-11-24', kind: 'working', reason: 'Làm bù', source: 'x' }] })
    assert.equal(isWorkingDay(calendar, '2026-11-24'), false)
    assert.equal(isWorkingDay(worked, '2026-11-24'), true)
  })
})

describe('office hours', () => {
  it('change on their date', () => {
    const winter = createCalendar({
      officeHours: [
        { validFrom: '1970-01-01', sessions: [{ start: 420, end: 690 }, { start: 810, end: 1020 }] },
        { validFrom: '2026-10-01', sessions: [{ start: 450, end: 720 }, { start: 780, end: 990 }] },
      ],
    })
    assert.equal(nextOpen(winter, at('2026-09-30 05:00')).toISOString(), at('2026-09-30 07:00').toISOString())
    assert.equal(nextOpen(winter, at('2026-10-01 05:00')).toISOString(), at('2026-10-01 07:30').toISOString())
  })
  it('that overlap or are empty are refused', () => {
    for (const sessions of [[], [{ start: 500, end: 400 }], [{ start: 400, end: 700 }, { start: 600, end: 900 }]]) {
      assert.throws(() => createCalendar({ officeHours: [{ validFrom: '2026-01-01', sessions }] }), RangeError)
    }
  })
})

describe('pauses', () => {
  it('keep the office time that was left', () => {
    const due = shiftForPause(calendar, at('2026-03-13 10:00'), at('2026-03-11 10:00'), at('2026-03-16 15:00'), days(5))
    assert.equal(due.toISOString(), at('2026-03-18 15:00').toISOString())
  })
  it('keep the calendar days that were left, landing on a working day', () => {
    const due = shiftForPause(calendar, at('2026-03-13 17:00'), at('2026-03-11 10:00'), at('2026-03-12 15:00'), { unit: 'day' })
    assert.equal(due.toISOString(), at('2026-03-16 17:00').toISOString())
  })
  it('do not rescue what was late already', () => {
    const late = at('2026-03-10 10:00')
    assert.equal(shiftForPause(calendar, late, at('2026-03-11 10:00'), at('2026-03-16 15:00'), days(5)), late)
  })
  it('move nothing when they seem to end before they begin', () => {
    const due = at('2026-03-13 10:00')
    assert.equal(shiftForPause(calendar, due, at('2026-03-11 10:00'), at('2026-03-11 09:59'), days(5)), due)
  })
})

const instant = fc.date({ min: new Date('2021-01-01T00:00:00Z'), max: new Date('2035-01-01T00:00:00Z'), noInvalidDate: true })
const span = fc.integer({ min: 1, max: 60 * 24 * 40 }).map((minutes) => minutes * 60_000)

describe('properties of working time', () => {
  it('n working days are the moment at which n times eight office hours have passed', () => {
    fc.assert(fc.property(instant, fc.integer({ min: 1, max: 40 }), (received, n) => {
      const { start, due } = dueAt(calendar, received, days(n))
      assert.equal(due.getTime(), addWorkingTime(calendar, start, n * workingDayMs).getTime())
    }), { numRuns: 200 })
  })
  it('every due moment is in office hours of a working day, after its start', () => {
    const unit = fc.constantFrom<Limit['unit']>('hour', 'day', 'working-day', 'month')
    fc.assert(fc.property(instant, unit, fc.integer({ min: 1, max: 30 }), fc.boolean(), (received, u, value, inDay) => {
      const { start, due } = dueAt(calendar, received, { value, unit: u }, { inDay })
      assert.ok(start >= received && due > start)
      assert.equal(dayOff(calendar, dayAt(due)), undefined)
      assert.ok(workingTimeBetween(calendar, new Date(due.getTime() - 60_000), due) > 0)
    }), { numRuns: 200 })
  })
  it('adding time and measuring it are inverse, and spans add up', () => {
    fc.assert(fc.property(instant, span, span, (from, a, b) => {
      const mid = addWorkingTime(calendar, from, a)
      assert.equal(workingTimeBetween(calendar, from, mid), a)
      const end = new Date(mid.getTime() + b)
      assert.equal(workingTimeBetween(calendar, from, end), a + workingTimeBetween(calendar, mid, end))
    }), { numRuns: 200 })
  })
  it('a pause leaves as much office time as there was', () => {
    fc.assert(fc.property(instant, span, fc.double({ min: 0, max: 1, noNaN: true }), span, (from, left, share, pause) => {
      const due = addWorkingTime(calendar, from, left)
      const stop = new Date(from.getTime() + Math.floor((due.getTime() - from.getTime()) * share))
      const go = new Date(stop.getTime() + pause)
      const moved = shiftForPause(calendar, due, stop, go, days(1))
      if (due > stop) assert.equal(workingTimeBetween(calendar, go, moved), workingTimeBetween(calendar, stop, due))
    }), { numRuns: 200 })
  })
  it('does not depend on the machine\'s time zone', () => {
    const zone = process.env.TZ
    const due = () => dueAt(calendar, at('2026-11-23 16:30'), days(3)).due.toISOString()
    const results = ['UTC', 'America/Los_Angeles', 'Asia/Ho_Chi_Minh'].map((tz) => { process.env.TZ = tz; return due() })
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
    assert.deepEqual(new Set(results), new Set([at('2026-11-27 16:30').toISOString()]))
  })
  it('is said in days of eight hours', () => {
    assert.deepEqual(splitWorkingTime(2 * workingDayMs + 3 * hour + 90_000), { days: 2, hours: 3, minutes: 1 })
    assert.deepEqual(splitWorkingTime(-hour), { days: 0, hours: 1, minutes: 0 })
  })
})

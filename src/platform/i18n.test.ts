import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatDateTime } from './i18n.ts'

test('dates and times are those of Vietnam, as the zone’s own table has them, before and after the clocks were moved in 1975', () => {
  const zone = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const byZone = (date: Date): string => {
    const [day, time] = zone.format(date).split(', ')
    return `${time}, ${day}`
  }
  fc.assert(fc.property(fc.date({ min: new Date('1960-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }), (date) => assert.equal(formatDateTime(date), byZone(date))), { numRuns: 500 })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { calendarFile, type CalendarEntry } from './calendar-file.ts'

const now = new Date('2026-11-20T02:00:00Z')
const entry: CalendarEntry = { uid: 'result-1@mc.vn', sequence: 3, at: new Date('2026-11-26T02:00:00Z'), minutes: 30, summary: 'Nhận kết quả', description: 'x', location: 'y', url: 'http://mc.vn/ho-so/1' }
/** As RFC 5545 says it is read: unfold, split at the first colon, undo the escapes. */
const unfold = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n')
const valueOf = (lines: string[], name: string): string => lines.find((l) => l.startsWith(`${name}:`) || l.startsWith(`${name};`))!.replace(/^[^:]*:/, '')
const unescape = (text: string): string => text.replace(/\\([\\;,nN])/g, (_, c: string) => (c === 'n' || c === 'N' ? '\n' : c))

test('a moment stands in the country’s own time, with the rule of its zone', () => {
  const lines = unfold(calendarFile([entry], now, 'Một Cửa'))
  assert.equal(lines.find((l) => l.startsWith('DTSTART;')), 'DTSTART;TZID=Asia/Ho_Chi_Minh:20261126T090000')
  assert.equal(lines.find((l) => l.startsWith('DTEND')), 'DTEND;TZID=Asia/Ho_Chi_Minh:20261126T093000')
  assert.equal(valueOf(lines, 'DTSTAMP'), '20261120T020000Z')
  assert.ok(lines.indexOf('BEGIN:VTIMEZONE') < lines.indexOf('BEGIN:VEVENT'))
  assert.ok(lines.includes('TZOFFSETTO:+0700'))
})

test('a whole day has no time', () => {
  assert.ok(unfold(calendarFile([{ ...entry, at: '2026-12-01' }], now, 'x')).includes('DTSTART;VALUE=DATE:20261201'))
})

test('whatever stands in a text comes out of the file as it went in; lines end with CRLF and have at most 75 octets', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'ệ', '王', '😀', '\\', ';', ',', '\n', ':', '"', ' ', 'n'), maxLength: 300, size: 'max' })
  fc.assert(fc.property(words, words, (summary, description) => {
    const file = calendarFile([{ ...entry, summary, description }], now, 'x')
    assert.ok(!/[^\r]\n|\r[^\n]/.test(file))
    for (const line of file.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75 && !/\ufffd/.test(line), line)
    const event = unfold(file)
    assert.equal(unescape(valueOf(event, 'SUMMARY')), summary)
    assert.equal(unescape(valueOf(event, 'DESCRIPTION')), description)
  }))
})

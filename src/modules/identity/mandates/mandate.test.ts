import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCapacity } from './capacity.ts'
import { covers, stateAt, type Mandate, type StateAt } from './mandate.ts'
import { codesOf, wholeDraft } from './mandate.form.ts'
import { childTermEnd, dayAfter, dayBegins, yearsLater, type MandateRules } from './mandate-rules.ts'
import { termMistakes } from './term.ts'

const rules: MandateRules = { adultAge: 18, youngestAgent: 15, longestYears: 5, usualYears: 1, offerDays: 30, registerHours: 72 }
const at = (text: string): Date => new Date(text)

test('what a mandate is follows from its kept state and the clock, to the millisecond', () => {
  const m = { startsAt: at('2026-12-01T00:00:00+07:00'), expiresAt: at('2027-12-01T00:00:00+07:00'), lapsesAt: at('2026-12-31T00:00:00+07:00') }
  const table: [Mandate['state'], string, StateAt][] = [
    ['offered', '2026-12-30T23:59:59.999+07:00', 'offered'], ['offered', '2026-12-31T00:00:00+07:00', 'lapsed'], ['awaiting-paper', '2026-12-30T00:00:00+07:00', 'awaiting-paper'], ['awaiting-paper', '2027-01-01T00:00:00+07:00', 'lapsed'],
    ['accepted', '2026-11-30T23:59:59.999+07:00', 'waiting'], ['accepted', '2026-12-01T00:00:00+07:00', 'accepted'], ['accepted', '2027-11-30T23:59:59.999+07:00', 'accepted'], ['accepted', '2027-12-01T00:00:00+07:00', 'expired'],
    ['withdrawn', '2026-12-02T00:00:00+07:00', 'withdrawn'], ['refused', '2026-12-02T00:00:00+07:00', 'refused'], ['expired', '2026-12-02T00:00:00+07:00', 'expired'], ['lapsed', '2026-12-02T00:00:00+07:00', 'lapsed'],
  ]
  for (const [state, now, expected] of table) assert.equal(stateAt({ ...m, state }, at(now)), expected, `${state} at ${now}`)
  assert.equal(stateAt({ state: 'accepted', startsAt: m.startsAt, expiresAt: null, lapsesAt: null }, at('2050-01-01T00:00:00Z')), 'accepted', 'the register ends a legal representative, not the clock')
})

test('a scope covers what it names and nothing else', () => {
  const procedure = { code: '1.001612', sector: 'DKKD' }
  assert.ok(covers({ kind: 'all', codes: [] }, procedure))
  assert.ok(covers({ kind: 'sectors', codes: ['HT', 'DKKD'] }, procedure))
  assert.ok(!covers({ kind: 'sectors', codes: ['HT'] }, procedure))
  assert.ok(!covers({ kind: 'sectors', codes: ['HT'] }, { ...procedure, sector: undefined }))
  assert.ok(covers({ kind: 'procedures', codes: ['1.001612'] }, procedure))
  assert.ok(!covers({ kind: 'procedures', codes: ['1.001612'] }, { ...procedure, code: '1.001612.H21' }))
})

test('majority and terms are reckoned by the calendar of Vietnam', () => {
  assert.equal(yearsLater('2008-02-29', 18), '2026-03-01')
  assert.equal(yearsLater('2015-09-05', 18), '2033-09-05')
  assert.equal(dayAfter('2026-12-31'), '2027-01-01')
  assert.equal(dayBegins('2026-11-27').toISOString(), '2026-11-26T17:00:00.000Z')
  assert.ok(!hasCapacity(rules, '2008-11-28', 'represented', at('2026-11-27T05:00:00Z')))
  assert.ok(hasCapacity(rules, '2008-11-27', 'represented', at('2026-11-27T05:00:00Z')))
  assert.ok(hasCapacity(rules, '2011-11-27', 'acting', at('2026-11-27T05:00:00Z')))
})

test('a parent’s right ends after the last day asked for, and at midnight of the eighteenth birthday at the latest', () => {
  const ends = (to: string, birthDate: string): string => childTermEnd(to, birthDate, rules).toISOString()
  assert.equal(ends('2027-01-31', '2015-09-05'), '2027-01-31T17:00:00.000Z')
  assert.equal(ends('2031-11-27', '2008-11-28'), '2026-11-27T17:00:00.000Z')
  assert.equal(ends('2026-11-27', '2008-11-28'), '2026-11-27T17:00:00.000Z')
  assert.equal(ends('2030-01-01', '2008-02-29'), '2026-02-28T17:00:00.000Z')
})

test('a term has an end, not before its beginning, not in the past, not longer than the rule', () => {
  const mistakes = (from: string, to: string): string[] => termMistakes({ from, to }, rules, at('2026-11-27T05:00:00Z')).map((e) => e.key.split('.').slice(-2).join('.'))
  assert.deepEqual(mistakes('2026-11-27', '2031-11-27'), [])
  assert.deepEqual(mistakes('2026-11-27', '2031-11-28'), ['to.late'])
  assert.deepEqual(mistakes('2026-11-26', '2027-01-01'), ['from.past'])
  assert.deepEqual(mistakes('2026-12-02', '2026-12-01'), ['to.early'])
  // Evening in UTC is the next day in Vietnam.
  assert.deepEqual(termMistakes({ from: '2026-11-27', to: '2026-11-28' }, rules, at('2026-11-27T18:00:00Z')).map((e) => e.field), ['from'])
})

test('codes are read as people type them, and a draft is whole only when every page was answered', () => {
  assert.deepEqual(codesOf(' 1.001612, 1.001193\n1.001612;3.000347.h21 '), ['1.001612', '1.001193', '3.000347.H21'])
  const answers = { kind: 'person', side: 'acting', idNumber: '052090000011', fullName: 'Nguyễn Văn Thử Nghiệm', relation: 'other', scope: 'all', rights: ['submit'], from: '2026-11-27', to: '2027-11-26' } as const
  assert.deepEqual(wholeDraft({ ...answers, rights: ['submit'] })?.scope, { kind: 'all', codes: [] })
  for (const missing of ['idNumber', 'fullName', 'relation', 'scope', 'from', 'to'] as const) assert.equal(wholeDraft({ ...answers, rights: ['submit'], [missing]: '' }), undefined, missing)
  assert.equal(wholeDraft({ ...answers, rights: [] }), undefined)
  assert.equal(wholeDraft({ ...answers, rights: ['submit'], scope: 'procedures', procedures: ' ' }), undefined)
  assert.equal(wholeDraft({ ...answers, rights: ['submit'], kind: 'child' }), undefined, 'a child has a birth date')
})

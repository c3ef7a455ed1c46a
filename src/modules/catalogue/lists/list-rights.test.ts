import assert from 'node:assert/strict'
import { test } from 'node:test'
import { editorKinds, kindsOfAgency, mayEdit, shippedEditors, shippedRights, type EditorKind } from './list-rights.ts'
import { listActions, listNames, type EntryFacts, type ListName } from './list-definition.ts'

// What article 49 says, clause by clause, written from its text and not from the table under test. 6p: results of procedures left to the province.
const article49: Readonly<Record<EditorKind, readonly (number | '6p')[]>> = {
  ministry: [1, 2, 3, 5, 6, 7],
  'social-insurance': [1, 2, 3, 5, 6, 7],
  'development-bank': [1, 2, 3, 5, 6, 7],
  'policy-bank': [1, 2, 3, 5, 6, 7],
  province: [2, 3, 4, '6p', 7],
  'state-treasury': [8],
  'state-bank': [9],
  'government-office': [],
}
/** Article 6, in the order of its clauses. */
const nine: readonly ListName[] = ['procedures', 'online-services', 'agencies', 'administrative-units', 'sectors', 'result-types', 'accounts', 'revenue-types', 'payment-providers']

const home: Readonly<Record<EditorKind, string>> = { ministry: 'G01', 'social-insurance': 'G24', 'development-bank': 'G81', 'policy-bank': 'G82', province: 'H21', 'state-treasury': 'G12.30', 'state-bank': 'G19', 'government-office': 'VN' }

const own = (code: string): EntryFacts => ({ owner: code, province: null })
const left = (province: string): EntryFacts => ({ owner: province, province })
const foreign: EntryFacts = { owner: 'G99', province: null }

const may = (kinds: readonly EditorKind[], agencyCode: string, list: ListName, action: (typeof listActions)[number], facts: EntryFacts): boolean => mayEdit(shippedRights, { agencyCode, kinds }, { list, action, facts }).allowed

for (const kind of editorKinds) {
  nine.forEach((list, i) => {
    const clause = i + 1
    const granted = article49[kind].includes(clause) || (clause === 6 && article49[kind].includes('6p'))
    for (const action of listActions) {
      test(`art. 49: ${kind} ${granted ? 'may' : 'may not'} ${action} in ${list}`, () => {
        const mine = clause === 6 && kind === 'province' ? left('H21') : own(home[kind])
        assert.equal(may([kind], home[kind], list, action, mine), granted)
        // What reaches only as far as the own agency stops there; the treasury's and the State Bank's lists are whole.
        assert.equal(may([kind], home[kind], list, action, foreign), granted && clause >= 8)
      })
    }
  })
}

test('a province changes result types only of procedures that the law left to it', () => {
  for (const action of listActions) {
    assert.equal(may(['province'], 'H21', 'result-types', action, own('H21')), false)
    assert.equal(may(['province'], 'H21', 'result-types', action, left('H21')), true)
    assert.equal(may(['province'], 'H21', 'result-types', action, left('H26')), false)
    assert.equal(may(['province'], 'H21', 'result-types', action, { owner: 'G15', province: 'H21' }), false, 'and does not take the ministry\'s')
  }
  assert.deepEqual(mayEdit(shippedRights, { agencyCode: 'H21', kinds: ['province'] }, { list: 'result-types', action: 'add', facts: own('H21') }), { allowed: false, why: 'not-left-to-province' })
})

test('who is of no kind is refused everything', () => {
  for (const list of listNames) for (const action of listActions) for (const facts of [own('G01'), left('H21'), { owner: null, province: null }]) assert.equal(may([], 'G01', list, action, facts), false)
})

test('master data codes, which are not of the nine, are kept by the office that runs the portal alone', () => {
  for (const kind of editorKinds) for (const action of listActions) assert.equal(may([kind], home[kind], 'master-data', action, { owner: null, province: null }), kind === 'government-office')
})

test('every right names its source', () => {
  for (const right of shippedRights) assert.match(right.source, right.list === 'master-data' ? /468/ : /Điều 49 khoản [1-4]$/)
  assert.equal(new Set(shippedRights.map((r) => `${r.kind} ${r.list} ${r.action}`)).size, shippedRights.length)
})

test('an agency is what its identifier code says', () => {
  const ministry = { kind: 'ministry' } as const
  const committee = { kind: 'peoples-committee' } as const
  const kinds = (code: string, top: Parameters<typeof kindsOfAgency>[1], level: 'ministry' | 'province' | 'commune') => kindsOfAgency(code, top, { level }, shippedEditors)
  assert.deepEqual(kinds('G01', ministry, 'ministry'), ['ministry'])
  assert.deepEqual(kinds('G01.08', ministry, 'ministry'), ['ministry'])
  assert.deepEqual(kinds('G24', { kind: 'government-agency' }, 'ministry'), ['social-insurance'])
  assert.deepEqual(kinds('G24.52', { kind: 'government-agency' }, 'province'), ['social-insurance'])
  assert.deepEqual(kinds('G19', ministry, 'ministry'), ['ministry', 'state-bank'])
  assert.deepEqual(kinds('G12', ministry, 'ministry'), ['ministry'])
  assert.deepEqual(kinds('G12.30', ministry, 'ministry'), ['state-treasury'], 'the treasury is not the ministry')
  assert.deepEqual(kinds('G12.301', ministry, 'ministry'), ['ministry'], 'and a code that begins alike is not the treasury')
  assert.deepEqual(kinds('H21', committee, 'province'), ['province'])
  assert.deepEqual(kinds('H21.05', committee, 'province'), ['province'])
  assert.deepEqual(kinds('H21.101', committee, 'commune'), [], 'a commune is not the province')
  assert.deepEqual(kinds('G28', { kind: 'government-agency' }, 'ministry'), [], 'the television is no ministry')
  assert.deepEqual(kinds('VN', undefined, 'ministry'), ['government-office'])
})

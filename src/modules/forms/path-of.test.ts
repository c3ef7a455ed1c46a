import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileForm } from './compile-form.ts'
import type { FormDefinition } from './definition.ts'
import { inputId } from './error-text.ts'
import { pathOf, visibleAnswers } from './path-of.ts'

const label = { vi: 'Thẻ', en: 'Card' }
const yesNo = [{ value: 'yes', label }, { value: 'no', label }]

/** The neutral procedure "library card": a school child gives a school, and a class where the school is in town. */
const form = compileForm({
  key: 'library-card', version: 1, title: label, placeField: 'place', applicant: { name: 'name', citizenId: 'number' },
  pages: [
    { id: 'child', path: 'hoc-sinh', title: label, fields: [{ id: 'child', type: 'choice', options: yesNo, label }, { id: 'place', type: 'address', label }] },
    { id: 'school', path: 'truong', title: label, condition: { field: 'child', equals: 'yes' }, fields: [{ id: 'inTown', type: 'choice', options: yesNo, label }] },
    { id: 'class', path: 'lop', title: label, condition: { field: 'inTown', equals: 'yes' }, fields: [{ id: 'class', type: 'text', label }] },
    { id: 'books', path: 'sach', title: label, fields: [{ id: 'books', type: 'number', label, condition: { not: { field: 'class', notEmpty: true } } }] },
  ],
} satisfies FormDefinition)

const paths = (answers: object): string[] => pathOf(form, { ...answers }).map((p) => p.id)

test('the path follows the answers', () => {
  assert.deepEqual(paths({}), ['child', 'books'])
  assert.deepEqual(paths({ child: 'yes' }), ['child', 'school', 'books'])
  assert.deepEqual(paths({ child: 'yes', inTown: 'yes' }), ['child', 'school', 'class', 'books'])
  assert.deepEqual(paths({ child: 'yes', inTown: 'yes', class: '5A' }), ['child', 'school', 'class'], 'a page without any question is skipped')
})

test('an answer that is no longer asked decides nothing: what hung on it goes, too', () => {
  const stale = { child: 'no', inTown: 'yes', class: '5A', books: 3 }
  assert.deepEqual(paths(stale), ['child', 'books'])
  assert.deepEqual(visibleAnswers(form, stale), { child: 'no', books: 3 })
})

test('a mistake in an address or a date leads to its first box', () => {
  assert.equal(inputId(form, 'place'), 'place-province')
  assert.equal(inputId(form, 'place.commune'), 'place-commune')
  assert.equal(inputId(form, 'books'), 'books')
})

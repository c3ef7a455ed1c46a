import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Answers } from './answers.ts'
import { bodyOfPage } from './body-of-page.ts'
import { compileForm, type Form } from './compile-form.ts'
import { shippedDefinitions } from './definitions/index.ts'
import { errorText } from './error-text.ts'
import { jsonSchemaOf } from './json-schema-of.ts'
import { parsePage, type PostedPage } from './parse-page.ts'
import { pathOf, visibleAnswers } from './path-of.ts'
import { readDefinition } from './read-definition.ts'
import { sampleAnswers } from './samples.ts'
import { summaryOf } from './summary-of.ts'
import { everyKind } from './testing-form.ts'
import { testUnits } from './testing-units.ts'
import { validateAnswers, validatePage } from './validate-answers.ts'

const now = new Date('2026-11-22T03:00:00Z')
const env = { now, units: testUnits }
const seed = fc.integer({ min: 0, max: 1_000_000 })

function bodyOf(pairs: readonly [string, string][]): PostedPage {
  return { get: (name) => pairs.find(([n]) => n === name)?.[1] ?? '', all: (name) => pairs.filter(([n]) => n === name).map(([, v]) => v) }
}

/** Goes through the form page by page as a browser would; files are taken as attached. */
function fillIn(form: Form, wanted: Answers): Answers {
  let draft: Answers = Object.fromEntries(Object.entries(wanted).flatMap(([id, value]): [string, unknown][] => {
    const field = form.fields.get(id)?.field
    if (field?.type === 'file') return [[id, value]]
    const inner = field?.type === 'group' ? field.fields.filter((f) => f.type === 'file').map((f) => f.id) : []
    return inner.length > 0 ? [[id, (value as Answers[]).map((entry) => Object.fromEntries(Object.entries(entry).filter(([name]) => inner.includes(name))))]] : []
  }))
  const done = new Set<string>()
  for (;;) {
    const page = pathOf(form, draft).find((p) => !done.has(p.id))
    if (!page) return draft
    draft = parsePage(form, page, bodyOf(bodyOfPage(form, page, { ...draft, ...wanted })), draft).answers
    assert.deepEqual(validatePage(form, page, draft, env), [])
    done.add(page.id)
  }
}

for (const definition of [...shippedDefinitions, everyKind]) {
  const form = compileForm(definition)

  test(`${definition.key} passes the check of publishing`, () => {
    assert.deepEqual(readDefinition(JSON.parse(JSON.stringify(definition))), { ok: true, definition: JSON.parse(JSON.stringify(definition)) })
    assert.ok(definition.pages.length >= 4)
    assert.ok(definition.pages.some((p) => p.condition))
  })

  test(`${definition.key}: sample answers are valid, and nothing in them is hidden`, () => {
    fc.assert(fc.property(seed, (n) => {
      const answers = sampleAnswers(form, n, { now })
      assert.deepEqual(validateAnswers(form, answers, env), [])
      assert.deepEqual(visibleAnswers(form, answers), answers)
    }), { numRuns: 300 })
  })

  test(`${definition.key}: answers typed page by page come out as they went in`, () => {
    fc.assert(fc.property(seed, (n) => {
      const answers = sampleAnswers(form, n, { now })
      assert.deepEqual(fillIn(form, answers), answers)
    }), { numRuns: 100 })
  })

  test(`${definition.key}: an answer that the conditions hide is refused, and dropped from a draft at submission`, () => {
    let seen = 0
    fc.assert(fc.property(seed, seed, (one, other) => {
      const answers = sampleAnswers(form, one, { now })
      for (const [id, value] of Object.entries(sampleAnswers(form, other, { now }))) {
        const target = form.fields.get(id)!
        const isAsked = pathOf(form, answers).some((p) => p.id === target.page.id) && (!target.field.condition || id in answers)
        if (isAsked) continue
        seen++
        const mixed = { ...answers, [id]: value }
        assert.deepEqual(validateAnswers(form, mixed, env).filter((e) => e.field === id).map((e) => e.key), ['forms.rule.hidden'])
        assert.ok(!(id in visibleAnswers(form, mixed)))
      }
    }), { numRuns: 100 })
    assert.ok(seen > 0)
  })

  test(`${definition.key}: whatever JSON is filed, the check answers with known messages and never throws`, () => {
    const ids = [...form.fields.keys(), 'unknown', '__proto__', 'constructor']
    const anything = fc.dictionary(fc.constantFrom(...ids), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 8 })
    fc.assert(fc.property(anything, seed, (junk, n) => {
      const answers = { ...sampleAnswers(form, n, { now }), ...junk } as Answers
      for (const error of validateAnswers(form, answers, env)) {
        for (const lang of ['vi', 'en'] as const) assert.doesNotMatch(errorText(form, error, lang), /[{}]|forms\.rule/)
      }
      for (const page of form.definition.pages) validatePage(form, page, answers, env)
      summaryOf(form, answers, 'vi', { units: testUnits })
    }), { numRuns: 300 })
  })

  test(`${definition.key}: whatever is posted is kept as typed and answered with messages`, () => {
    const names = form.definition.pages.flatMap((page) => bodyOfPage(form, page, sampleAnswers(form, 1, { now })).map(([name]) => name))
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...names, '_do'), fc.string({ unit: 'binary', maxLength: 30 })), { maxLength: 12 }), (pairs) => {
      for (const page of form.definition.pages) {
        const { answers } = parsePage(form, page, bodyOf(pairs), {})
        JSON.parse(JSON.stringify(answers))
        assert.doesNotMatch(JSON.stringify(answers), /\\u0000|\\ud[89a-f]/, 'PostgreSQL can hold it')
        validatePage(form, page, answers, env)
      }
    }), { numRuns: 200 })
  })

  test(`${definition.key}: the summary shows every answer in words, in both languages`, () => {
    const answers = sampleAnswers(form, 7, { now })
    for (const lang of ['vi', 'en'] as const) {
      const sections = summaryOf(form, answers, lang, { units: testUnits, hrefOf: (p) => `/nop/${p.path}` })
      const ids = new Set(sections.flatMap((s) => s.rows.map((r) => r.fieldId.split('.')[0]!)))
      assert.deepEqual(Object.keys(answers).filter((id) => !ids.has(id)), [])
      assert.ok(sections.every((s) => s.rows.every((r) => r.changeHref?.startsWith('/nop/'))))
      assert.doesNotMatch(JSON.stringify(sections.map((s) => s.rows.map((r) => r.answer))), /\[object|undefined/)
    }
  })

  test(`${definition.key}: the API's schema names every field`, () => {
    const schema = jsonSchemaOf(form) as { properties: object }
    assert.deepEqual(Object.keys(schema.properties), [...form.fields.keys()])
  })
}

test('the same seed gives the same answers', () => {
  const form = compileForm(shippedDefinitions[0]!)
  assert.deepEqual(sampleAnswers(form, 42, { now }), sampleAnswers(form, 42, { now }))
  assert.notDeepEqual(sampleAnswers(form, 42, { now }), sampleAnswers(form, 43, { now }))
})

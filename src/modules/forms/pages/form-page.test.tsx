import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { anonymous } from '../../../platform/actor.ts'
import { translator, type Lang } from '../../../platform/i18n.ts'
import { renderFragment, type PageContext } from '../../../ui/index.ts'
import type { Answers, Units } from '../answers.ts'
import { compileForm, type Form } from '../compile-form.ts'
import { shippedDefinitions } from '../definitions/index.ts'
import { inputId } from '../error-text.ts'
import { optionsOf } from '../fields/choices.ts'
import { sampleAnswers } from '../samples.ts'
import { everyKind } from '../testing-form.ts'
import { testUnits } from '../testing-units.ts'
import { validatePage } from '../validate-answers.ts'
import { FormPage } from './form-page.tsx'

const now = new Date('2026-11-22T03:00:00Z')

function context(lang: Lang): PageContext {
  const name = { vi: 'Nút', en: 'Node' }
  return { t: translator(lang), lang, nonce: 'n', csrf: 'token', actor: anonymous, brand: { name, colour: '#9B1B1E', dark: '#6F1114', emblem: 'national', phone: '1' }, path: '/', query: {}, assets: (asset) => asset, islands: [], nav: [] }
}

/** As many units as the largest province has, to weigh the page. */
const crowded: Units = {
  ...testUnits,
  provinces: () => Array.from({ length: 34 }, (_, i) => ({ code: String(10 + i), name: { vi: `Tỉnh Thứ ${i}`, en: `Province ${i}` } })),
  communes: () => Array.from({ length: 168 }, (_, i) => ({ code: String(20000 + i * 7), province: '52', name: { vi: `Phường Số Hiệu ${i * 31}`, en: `Ward ${i}` } })),
}

/** Choices that lead over most pages, of those the form has. */
function longestWay(form: Form): Answers {
  const wanted = { reason: ['changed', 'wrong'], delivery: ['post'], licenceClass: ['B'], founder: ['household'], parents: ['married'], evidence: ['witnesses', 'paper'], home: ['rented'], social: ['yes'], kind: ['household'], asks: ['organisation'], subject: ['other'] }
  return Object.fromEntries(Object.entries(wanted).flatMap(([id, values]) => {
    const field = form.fields.get(id)?.field
    const value = field?.type === 'choice' ? values.find((v) => optionsOf(field).some((o) => o.value === v)) : undefined
    return value === undefined ? [] : [[id, value]]
  }))
}

for (const definition of [...shippedDefinitions, everyKind]) {
  const form = compileForm(definition)
  const answers = sampleAnswers(form, 5, { now, fixed: longestWay(form) })

  test(`${definition.key}: every mistake links to a box that is on the page, labelled and described, in both languages`, () => {
    for (const page of definition.pages) {
      for (const lang of ['vi', 'en'] as const) {
        const errors = validatePage(form, page, {}, { now, units: testUnits })
        const html = renderFragment(<FormPage form={form} page={page} answers={{}} errors={errors} units={testUnits} action="/x" province="52" />, context(lang))
        const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]!)
        assert.deepEqual(ids.filter((id, i) => ids.indexOf(id) < i), [], `ids twice on ${page.id}`)
        for (const error of errors) assert.ok(ids.includes(inputId(form, error.field)), `${error.field} on ${page.id}`)
        for (const [, target] of html.matchAll(/ for="([^"]+)"/g)) assert.ok(ids.includes(target!), `label for ${target}`)
        for (const [, list] of html.matchAll(/aria-describedby="([^"]+)"/g)) for (const id of list!.split(' ')) assert.ok(ids.includes(id), `described by ${id} on ${page.id}`)
      }
    }
  })

  test(`${definition.key}: pages show what was answered`, () => {
    for (const page of definition.pages) {
      const html = renderFragment(<FormPage form={form} page={page} answers={answers} units={testUnits} action="/x" />, context('vi'))
      assert.match(html, /<form method="post" action="\/x"/)
      for (const { id, type } of page.fields) {
        const value = answers[id]
        if (typeof value === 'string' && !['date', 'choice', 'long-text'].includes(type)) assert.ok(html.includes(`value="${value}"`), id)
        if (type === 'choice' && value !== undefined) assert.match(html, new RegExp(`value="${String(value)}"[^>]*(checked|selected)|(checked|selected)[^>]*value="${String(value)}"`))
      }
    }
  })

  test(`${definition.key}: no page weighs more than 12 kB compressed, even in the largest province`, () => {
    for (const page of definition.pages) {
      const html = renderFragment(<FormPage form={form} page={page} answers={answers} units={crowded} action="/x" province="52" />, context('vi'))
      assert.ok(gzipSync(html).length < 12_000, `${page.id}: ${gzipSync(html).length}`)
    }
  })
}

test('what was typed wrongly is still in the boxes', () => {
  const form = compileForm(shippedDefinitions[0]!)
  const page = form.definition.pages[0]!
  const typed = { applicantName: 'An 7', birthDate: { day: '31', month: '2', year: '1990' }, applicantId: '0520901', phone: 'gọi sau' }
  const errors = validatePage(form, page, typed, { now, units: testUnits })
  const html = renderFragment(<FormPage form={form} page={page} answers={typed} errors={errors} units={testUnits} action="/x" />, context('vi'))
  for (const value of ['An 7', '31', '2', '1990', '0520901', 'gọi sau']) assert.ok(html.includes(`value="${value}"`), value)
  assert.match(html, /Số định danh cá nhân có 12 chữ số\. Kiểm tra lại số trên thẻ căn cước\./)
})

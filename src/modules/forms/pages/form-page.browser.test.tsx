import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { anonymous } from '../../../platform/actor.ts'
import { translator, type Lang } from '../../../platform/i18n.ts'
import { root } from '../../../platform/root.ts'
import { renderDocument, type PageContext } from '../../../ui/index.ts'
import { axeFindings, openBrowser } from '../../../ui/testing/browser.ts'
import { compileForm } from '../compile-form.ts'
import { shippedDefinitions } from '../definitions/index.ts'
import { sampleAnswers } from '../samples.ts'
import { everyKind } from '../testing-form.ts'
import { testUnits } from '../testing-units.ts'
import { validatePage } from '../validate-answers.ts'
import { FormPage } from './form-page.tsx'
// @ts-expect-error plain JavaScript without types
import { buildAssets } from '../../../../scripts/build-assets.mjs'

const now = new Date('2026-11-22T03:00:00Z')
const shots = process.env.SHOTS

function context(lang: Lang): PageContext {
  const name = { vi: 'Cổng dịch vụ công', en: 'Public services' }
  return { t: translator(lang), lang, nonce: 'n', csrf: 'token', actor: anonymous, brand: { name, colour: '#9B1B1E', dark: '#6F1114', emblem: 'national', phone: '1900' }, path: '/', query: {}, assets: (asset) => asset, islands: [], nav: [] }
}

test('axe finds nothing on a page of any make-up, in turn filled in and full of mistakes', async (t) => {
  const manifest = (await buildAssets()) as Record<string, string>
  const css = readFileSync(join(root, 'build/assets', manifest['app.css']!), 'utf8')
  const browser = await openBrowser()
  t.after(() => browser.close())
  const tab = await browser.newPage({ bypassCSP: true, viewport: { width: 390, height: 900 } })
  // Pages with the same types of fields are alike; each make-up is looked at once.
  const seen = new Set<string>()
  for (const definition of [everyKind, ...shippedDefinitions]) {
    const form = compileForm(definition)
    const answers = sampleAnswers(form, 5, { now, fixed: definition.key === 'driving-licence-exchange' ? { reason: 'changed', delivery: 'post', licenceClass: 'B' } : definition.key === 'birth-registration' ? { parents: 'married', evidence: 'witnesses' } : definition.key === 'household-business' ? { founder: 'household' } : {} })
    for (const [i, page] of definition.pages.entries()) {
      const makeUp = page.fields.map((f) => (f.type === 'group' ? `${f.type} ${f.look}` : f.type)).join()
      if (seen.has(makeUp)) continue
      seen.add(makeUp)
      const lang = i % 3 === 0 ? 'en' : 'vi'
      const given = i % 2 === 0 ? {} : answers
      const errors = validatePage(form, page, given, { now, units: testUnits })
      const html = renderDocument(<FormPage form={form} page={page} answers={given} errors={errors} units={testUnits} action="/x" province="52" />, context(lang), { title: page.title[lang], layout: 'portal' })
      await tab.setContent(html.replace('</head>', `<style>${css}</style></head>`))
      if (shots) await tab.screenshot({ path: join(shots, `${definition.key}-${page.id}.png`), fullPage: true })
      assert.deepEqual(await axeFindings(tab), [], `${definition.key} ${page.id}`)
    }
  }
})

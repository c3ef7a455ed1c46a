import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileForm } from './compile-form.ts'
import { systemCtx } from '../../platform/ctx.ts'
import type { Req } from '../../platform/http/route.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { organisations } from '../organisations/index.ts'
import { shippedDefinitions } from './definitions/index.ts'
import { loadUnits } from './load-units.ts'
import { errorsPage } from './pages/dev/errors.page.tsx'
import { communesOf, sampleAnswers } from './samples.ts'
import { summaryOf } from './summary-of.ts'
import { everyKind } from './testing-form.ts'
import { validateAnswers } from './validate-answers.ts'

test('addresses are those of the day: communes of before July 2025 are refused after it', async (t) => {
  const { db } = await testDatabase(t)
  const node = testNode(db)
  await organisations.seed!(node)
  const now = new Date('2026-11-22T03:00:00Z')
  const units = await loadUnits(db, now)
  assert.equal(units.provinces().length, 34)
  assert.equal(units.communes('52').length, 135)
  assert.deepEqual(units.commune('21583'), { code: '21583', name: { vi: 'Phường Quy Nhơn', en: 'Quy Nhơn Ward' }, province: '52' })
  const form = compileForm(shippedDefinitions[0]!)
  for (let seed = 0; seed < 50; seed++) {
    const answers = sampleAnswers(form, seed, { now, communes: seed % 2 === 0 ? communesOf(units, '52') : communesOf(units, '79') })
    assert.deepEqual(validateAnswers(form, answers, { now, units }), [])
    // The bundled sample communes are real ones, too.
    assert.deepEqual(validateAnswers(form, sampleAnswers(form, seed, { now }), { now, units }), [])
  }
  const former = await loadUnits(db, '2025-06-30')
  assert.equal(former.provinces().length, 63)
  const old = former.communes('64').find((c) => !units.commune(c.code))!
  const answers = { ...sampleAnswers(form, 1, { now }), residence: { commune: old.code, street: '1 Lê Lợi' } }
  assert.deepEqual(validateAnswers(form, answers, { now, units }).map((e) => e.key), ['forms.rule.address.unknownCommune'])
})

test('a form that asks for a place of the past gets the units of that day, with the district that told communes apart', async (t) => {
  const { db } = await testDatabase(t)
  await organisations.seed!(testNode(db))
  const form = compileForm(everyKind)
  const now = new Date('2026-11-22T03:00:00Z')
  const units = await loadUnits(db, now, form)
  const then = units.on!('2025-06-30')
  assert.equal(then.provinces().length, 63)
  const old = then.communes('64').find((c) => !units.commune(c.code))!
  assert.match(old.name.vi, /^(Phường|Xã|Thị trấn) .+, (Thành phố|Thị xã|Huyện) /)
  const answers = { ...sampleAnswers(form, 1, { now }), formerHome: { province: '64', commune: old.code }, homeThen: undefined }
  assert.deepEqual(validateAnswers(form, answers, { now, units }), [])
  assert.match(summaryOf(form, answers, 'vi', { units }).flatMap((s) => s.rows).find((r) => r.fieldId === 'formerHome')!.answer, new RegExp(`^${old.name.vi}, Tỉnh Gia Lai$`))
  assert.deepEqual(validateAnswers(form, answers, { now, units: await loadUnits(db, now) }).map((e) => e.key), ['forms.rule.address.unknownCommune'])
})

test('the page of messages exists for a shipped form and for no other', async (t) => {
  const { db } = await testDatabase(t)
  const node = testNode(db)
  const route = errorsPage(node)
  const request = (form: string) => ({ ctx: systemCtx(node, 'test'), params: { form } }) as unknown as Req
  const reply = await route.handler(request('birth-registration'))
  assert.equal(reply.kind, 'page')
  await assert.rejects(async () => route.handler(request('library-card')), { code: 'FORM_NOT_FOUND' })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileForm, sampleAnswers, shippedDefinitions } from '../../forms/index.ts'
import { casePapers } from './case-papers.ts'

const now = new Date('2026-11-22T03:00:00Z')
const form = compileForm(shippedDefinitions.find((d) => d.key === 'permanent-residence')!)
const names = ['Tờ khai thay đổi thông tin cư trú', 'Giấy tờ chứng minh chỗ ở hợp pháp', 'Ý kiến đồng ý của chủ hộ, chủ sở hữu chỗ ở', 'Hợp đồng cho thuê, cho mượn, cho ở nhờ được công chứng hoặc chứng thực', 'Giấy tờ chứng minh quan hệ với chủ hộ', 'Thẻ căn cước']
const procedure = { components: names.map((vi) => ({ name: { vi, en: vi }, originals: 1, copies: 0, source: 'you-bring-it' as const })) }
const papers = (fixed: object) => casePapers(form, sampleAnswers(form, 4, { now, fixed: { ...fixed } }), procedure).map((p) => `${names.indexOf(p.name.vi)} ${p.by}`).sort()

test('each case asks for its own papers', () => {
  assert.deepEqual(papers({ home: 'own', linked: 'yes' }), ['0 form', '1 office', '5 office'])
  assert.deepEqual(papers({ home: 'own', linked: 'no' }), ['0 form', '1 file', '5 office'])
  assert.deepEqual(papers({ home: 'family', linked: 'yes' }), ['0 form', '1 office', '2 file', '4 office', '5 office'])
  assert.deepEqual(papers({ home: 'rented', linked: 'yes' }), ['0 form', '1 office', '2 file', '3 file', '5 office'])
})

test('what the published version does not name is not asked for, whatever the form says', () => {
  const fewer = { components: procedure.components.filter((c) => c.name.vi !== names[5]) }
  assert.ok(!casePapers(form, sampleAnswers(form, 4, { now }), fewer).some((p) => p.name.vi === names[5]))
})

test('a form that says nothing of components leaves what is published', () => {
  const { components: _, ...definition } = form.definition
  assert.deepEqual(casePapers(compileForm(definition), {}, procedure).map((p) => p.name.vi), names)
})

test('a decision table may say which of the published components a case needs; how each comes stays as the form says', () => {
  const answers = sampleAnswers(form, 4, { now })
  const all = casePapers(form, answers, procedure)
  const decided = casePapers(form, answers, procedure, [names[1]!, all[0]!.name.vi, 'Giấy không ai công bố'])
  assert.deepEqual(decided.map((p) => p.name.vi), [names[1], all[0]!.name.vi])
  assert.deepEqual(decided[1], all[0])
})

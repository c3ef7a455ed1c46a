import assert from 'node:assert/strict'
import { test } from 'node:test'
import { templateSchema } from '../../documents/index.ts'
import { compileForm, sampleAnswers, shippedDefinitions, type Units } from '../../forms/index.ts'
import { checkDraftFields } from './draft-fields.ts'
import { classNow, isResultTemplate, issuedClasses, licenceValidUntil, resultMappings, type ResultTemplate } from './result-mappings.ts'
import { sixMonthsLater } from './civil-status-results.ts'
import { answerReader } from './result-parts.ts'

const now = new Date('2026-11-22T03:00:00Z')
const units: Units = { commune: (code) => ({ code, name: { vi: `phường ${code}`, en: code }, province: '52' }), province: (code) => ({ code, name: { vi: 'tỉnh Gia Lai', en: 'Gia Lai' } }), provinces: () => [], communes: () => [] }
const templates: Record<string, ResultTemplate> = {
  'driving-licence-exchange': 'driving-licence-decision', 'birth-registration': 'birth-certificate', 'household-business': 'household-business-certificate', 'death-registration': 'death-extract', 'marriage-registration': 'marriage-certificate',
  'marital-status': 'marital-status-confirmation', 'permanent-residence': 'residence-notice', 'temporary-residence': 'residence-notice', 'private-enterprise': 'enterprise-certificate', 'building-permit': 'building-permit',
  'certified-copy': 'certified-copy', 'health-insurance-card': 'health-insurance-card', 'child-insurance-card': 'health-insurance-card',
  'residence-removal': 'residence-notice', 'funeral-support': 'case-decision', 'workers-confirmation': 'case-decision', 'wage-loan-appraisal': 'case-decision', 'wage-loan-decision': 'case-decision', 'wage-loan': 'case-decision',
}
/** Declarations of linked groups: their parts have the results. */
const ofGroups = new Set(['linked-birth', 'linked-death', 'linked-wage-loan'])
const rest = {
  head: { agency: 'Ủy ban nhân dân phường Pleiku', place: 'Pleiku', date: '2026-11-22' }, mark: { url: 'http://127.0.0.1:3010/tra-cuu?ma=x', code: 'x' },
  signature: { position: 'Chủ tịch', name: 'Dương Lãnh Đạo Mẫu' },
}

for (const definition of shippedDefinitions.filter((d) => !ofGroups.has(d.key))) {
  const template = templates[definition.key]!
  test(`answers of ${definition.key} fill every box of ${template}, whatever was answered`, () => {
    const form = compileForm(definition)
    for (let seed = 1; seed <= 40; seed++) {
      const answers = sampleAnswers(form, seed, { now })
      const data = resultMappings[template](answerReader(form, answers, units), { today: '2026-11-22', agency: 'Ủy ban nhân dân phường Pleiku', dossierCode: 'H21.101-261122-0001', procedure: 'Thủ tục', result: 'Quyết định' }, {})
      const whole = { ...data, ...rest, ...(['birth-certificate', 'marriage-certificate'].includes(template) ? { number: '1/2026' } : {}) }
      const parsed = templateSchema(template).safeParse(whole)
      assert.ok(parsed.success, `seed ${seed}: ${JSON.stringify(parsed.error?.issues)}`)
      assert.doesNotMatch(JSON.stringify(data), /undefined|\[object|NaN/)
    }
  })
}

test('a licence of a class that expires is valid for ten years, also when issued on a leap day', () => {
  assert.equal(licenceValidUntil('2026-11-22'), '2036-11-22')
  assert.equal(licenceValidUntil('2028-02-29'), '2038-02-28')
})

test('a confirmation is valid for six months, to the last day of a shorter month', () => {
  assert.deepEqual(['2026-11-22', '2026-08-31', '2027-08-30', '2026-03-31'].map(sixMonthsLater), ['2027-05-22', '2027-02-28', '2028-02-29', '2026-09-30'])
})

test('what an officer types while drafting is checked', () => {
  assert.deepEqual(checkDraftFields({ validUntil: '2036-11-22', licenceClass: 'B' }), [])
  assert.deepEqual(checkDraftFields({ validUntil: '2036-02-30' }).map((e) => e.key), ['dossiers.desk.notADay'])
  assert.deepEqual(checkDraftFields({ personalId: '12' }).map((e) => e.key), ['dossiers.desk.notAnId'])
  assert.deepEqual(checkDraftFields({ licenceClass: 'xe' }).map((e) => e.key), ['dossiers.desk.notAClass'])
  assert.deepEqual(checkDraftFields({ enterpriseCode: '0100109107' }).map((e) => e.key), ['dossiers.desk.notATaxCode'])
  assert.deepEqual(checkDraftFields({ enterpriseCode: '' }).map((e) => e.key), ['dossiers.enterprise.codeMissing'])
  assert.equal(isResultTemplate('constructor'), false)
})

test('a class of the time before 2025 becomes one that is issued now, and the desk may draft with it', () => {
  assert.deepEqual(['B2', 'E', 'FC', 'A1', 'DE'].map(classNow), ['B', 'D', 'CE', 'A1', 'DE'])
  for (const licenceClass of issuedClasses) assert.deepEqual(checkDraftFields({ licenceClass }), [])
  assert.deepEqual(checkDraftFields({ licenceClass: 'FC' }).map((e) => e.key), ['dossiers.desk.notAClass'])
})

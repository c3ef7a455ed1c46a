import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sha256 } from '../../platform/ids.ts'
import { answerPage } from './answer-page.ts'
import type { Answers } from './answers.ts'
import { bodyOfPage } from './body-of-page.ts'
import { compileForm } from './compile-form.ts'
import { componentsOfCase } from './components-of-case.ts'
import { errorText, inputId } from './error-text.ts'
import type { PostedPage } from './parse-page.ts'
import { readDefinition } from './read-definition.ts'
import { sampleAnswers, sampleFiles } from './samples.ts'
import { everyKind } from './testing-form.ts'
import { testUnits } from './testing-units.ts'
import { validateAnswers } from './validate-answers.ts'

const now = new Date('2026-11-22T03:00:00Z')
const form = compileForm(everyKind)
const page = everyKind.pages.find((p) => p.id === 'helpers')!
const env = { now, units: testUnits, files: { put: (bytes: Uint8Array) => Promise.resolve({ id: sha256(bytes).toString('hex'), size: bytes.length }) } }
const sample = sampleAnswers(form, 3, { now, units: testUnits, fixed: { helpers: undefined } })
const helper = { from: '2026-03-01', until: '2026-03-02', phone: '0905123456' }
const withHelpers = (...helpers: unknown[]): Answers => ({ ...sample, helpers })

function posted(fields: readonly (readonly [string, string])[], files: PostedPage['files'] = []): PostedPage {
  return { get: (name) => fields.find(([n]) => n === name)?.[1], all: (name) => fields.filter(([n]) => n === name).map(([, v]) => v), files }
}
const upload = (field: string, bytes: Uint8Array = sampleFiles.jpeg.bytes) => ({ field, fileName: `${field}.jpg`, mimeType: 'image/jpeg', bytes, truncated: false })
const boxesOf = (answers: Answers): [string, string][] => bodyOfPage(form, page, answers)
const filesIn = (answers: Answers): string[][] => (answers.helpers as { card?: { name: string }[] }[]).map((h) => (h.card ?? []).map((f) => f.name))
const mistakes = (answers: Answers): string[] => validateAnswers(form, answers, env).map((e) => `${e.field} ${e.key.replace('forms.rule.', '')}`)

suite('entries of a group', () => {
  test('a rule inside an entry compares the fields of that entry, and is told at its box', () => {
    assert.deepEqual(mistakes(withHelpers(helper, { ...helper, until: '2026-02-28' })), ['helpers.1.until page.says'])
    const [error] = validateAnswers(form, withHelpers(helper, { ...helper, until: '2026-02-28' }), env)
    assert.equal(inputId(form, error!.field), 'helpers-1-until')
    assert.equal(errorText(form, error!, 'vi'), 'Người phụ trách 2: Ngày kết thúc không được trước ngày bắt đầu. Kiểm tra lại cả hai ngày.')
    assert.match(errorText(form, error!, 'en'), /^Helper 2: The last day cannot be before the first\./)
  })

  test('a rule that lists fields names those of the entry, not others with the same id', () => {
    const { phone: _, ...silent } = helper
    const [error] = validateAnswers(form, withHelpers(silent), env)
    assert.deepEqual([error!.field, error!.key], ['helpers.0.phone', 'forms.rule.page.atLeastOne'])
    assert.match(errorText(form, error!, 'vi'), /“Số điện thoại”, “Thư điện tử”/)
  })

  test('rules of entries are checked at publishing as those of pages, and told with their group', () => {
    const spoilt = structuredClone(everyKind)
    const group = spoilt.pages.find((p) => p.id === 'helpers')!.fields[0]!
    assert.ok(group.type === 'group')
    group.rules![0] = { rule: 'compare', left: 'from', is: '<=', right: 'phone', message: { vi: 'Sai.', en: 'Wrong.' } }
    const read = readDefinition(spoilt)
    assert.ok(!read.ok)
    assert.deepEqual(read.problems.map(({ key, place }) => [key, place]), [['forms.problem.notComparable', { page: 'helpers', field: 'helpers', rule: 0 }]])
  })

  test('files of an entry are kept with it: several, one after the other, and judged each by itself', async () => {
    const first = await answerPage(form, page, posted(boxesOf(withHelpers(helper, helper)), [upload('helpers-1-card'), upload('helpers-1-card'), upload('helpers-0-card', Buffer.from('MZ no picture'))]), sample, env)
    assert.deepEqual(filesIn(first.answers), [[], ['helpers-1-card.jpg', 'helpers-1-card.jpg']])
    assert.deepEqual(first.errors.map((e) => [e.field, e.key]), [['helpers.0.card', 'forms.rule.file.type']])
    assert.equal(inputId(form, 'helpers.0.card'), 'helpers-0-card')
    const second = await answerPage(form, page, posted(boxesOf(first.answers), [upload('helpers-1-card'), upload('helpers-1-card')]), first.answers, env)
    assert.deepEqual(filesIn(second.answers), [[], Array<string>(3).fill('helpers-1-card.jpg')])
    assert.deepEqual(second.errors.map((e) => [e.field, e.key]), [['helpers.1.card', 'forms.rule.file.tooMany']])
    assert.deepEqual(mistakes(second.answers), [])
  })

  test('a file goes with its entry when one before it is taken away or was left empty, and can be dropped', async () => {
    const before = withHelpers(helper, helper)
    const removed = await answerPage(form, page, posted([...boxesOf(before), ['_do', 'remove:helpers:0']], [upload('helpers-0-card'), upload('helpers-1-card')]), before, env)
    assert.deepEqual(filesIn(removed.answers), [['helpers-1-card.jpg']])
    const empty = await answerPage(form, page, posted([['helpers-count', '3'], ...boxesOf(withHelpers({}, helper)).filter(([n]) => n !== 'helpers-count')], [upload('helpers-1-card'), upload('helpers-2-card')]), sample, env)
    assert.deepEqual(filesIn(empty.answers), [['helpers-1-card.jpg'], ['helpers-2-card.jpg']], 'an entry that brings nothing but a file is one')
    const dropped = await answerPage(form, page, posted([...boxesOf(removed.answers), ['_do', 'drop:helpers-0-card:0']]), removed.answers, env)
    assert.deepEqual([filesIn(dropped.answers), dropped.stay], [[[]], { at: 'helpers-0-card' }])
    assert.deepEqual(filesIn(removed.answers), [['helpers-1-card.jpg']], 'the answers before stay as they were')
  })

  test('the files of all entries are one paper of the dossier', async () => {
    const { answers } = await answerPage(form, page, posted(boxesOf(withHelpers(helper, helper)), [upload('helpers-0-card'), upload('helpers-1-card')]), sample, env)
    assert.deepEqual(componentsOfCase(form, answers).find((c) => c.name === 'Thẻ phụ trách'), { name: 'Thẻ phụ trách', by: 'file', files: ['helpers-0-card.jpg', 'helpers-1-card.jpg'] })
  })
})

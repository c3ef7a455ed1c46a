import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadTexts } from '../../platform/i18n.ts'
import { compileForm } from './compile-form.ts'
import { shippedDefinitions } from './definitions/index.ts'
import { errorText } from './error-text.ts'
import { possibleErrors } from './possible-errors.ts'
import { everyKind } from './testing-form.ts'
import { ruleKey, rules, type RuleName } from './rules.ts'

test('every rule has a message in both languages that uses no parameter the rule does not give', () => {
  const texts = loadTexts()
  for (const [rule, params] of Object.entries(rules)) {
    for (const lang of ['vi', 'en'] as const) {
      const text = texts[lang].get(ruleKey(rule as RuleName))
      assert.ok(text, `${rule} has no ${lang} text`)
      const used = [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!)
      assert.deepEqual(used.filter((name) => !['name', 'label', ...params].includes(name)), [], `${rule} in ${lang}`)
      const bounds = params.filter((p) => !used.includes(p))
      assert.deepEqual(bounds, [], `${rule} in ${lang} does not show its bound`)
    }
  }
})

test('no text is left over from a rule that is gone', () => {
  const known = new Set([...Object.keys(rules).map((r) => ruleKey(r as RuleName)), 'forms.rule.inEntry', 'forms.rule.inPart'])
  const texts = [...loadTexts().vi.keys()].filter((key) => key.startsWith('forms.rule.'))
  assert.deepEqual(texts.filter((key) => !known.has(key)), [])
})

for (const definition of [...shippedDefinitions, everyKind]) {
  test(`every message of ${definition.key} is a finished sentence in both languages`, () => {
    const form = compileForm(definition)
    const all = possibleErrors(form).flatMap((p) => p.errors)
    assert.ok(all.length > 60)
    for (const error of all) {
      for (const lang of ['vi', 'en'] as const) {
        const sentence = errorText(form, error, lang)
        assert.doesNotMatch(sentence, /[{}]|undefined|forms\.rule/, `${error.field} ${error.key}`)
        assert.match(sentence, /^[\p{Lu}“].*[.]$/u, sentence)
      }
    }
  })
}

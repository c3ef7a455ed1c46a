import assert from 'node:assert/strict'
import { test } from 'node:test'
import { procedureContentSchema } from '../content.ts'
import { lifeEvents } from './life-events.ts'
import { shippedProcedures } from './shipped-procedures.ts'

test('every shipped procedure is valid, complete and in both languages', () => {
  for (const { content, validFrom } of shippedProcedures) {
    const parsed = procedureContentSchema.safeParse(content)
    assert.ok(parsed.success, `${content.code}: ${parsed.error?.message}`)
    assert.match(validFrom, /^\d{4}-\d{2}-\d{2}$/)
    assert.equal(missingEnglish(content), undefined, content.code)
    for (const part of ['levels', 'subjects', 'steps', 'methods', 'components', 'legalBases', 'results', 'keywords', 'lifeEvents'] as const) assert.ok(content[part].length > 0, `${content.code} has no ${part}`)
  }
})

test('codes are there once, and every life event leads to something', () => {
  const codes = shippedProcedures.map((p) => p.content.code)
  assert.equal(new Set(codes).size, codes.length)
  assert.ok(codes.length >= 40)
  for (const { code } of lifeEvents) assert.ok(shippedProcedures.some((p) => p.content.lifeEvents.includes(code)), code)
})

test('Vietnamese texts keep their diacritics and English ones do not hold Vietnamese sentences', () => {
  for (const { content } of shippedProcedures) {
    assert.match(content.summary!.vi, /[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]/i, content.code)
    assert.doesNotMatch(content.summary!.en!.replaceAll('đồng', ''), /[ăâđơư]/, content.code)
  }
})

function missingEnglish(value: unknown, path = ''): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if ('vi' in value) return 'en' in value ? undefined : path
  for (const [key, inner] of Object.entries(value)) {
    const found = missingEnglish(inner, `${path}.${key}`)
    if (found) return found
  }
  return undefined
}

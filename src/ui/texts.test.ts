import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadTexts } from '../platform/i18n.ts'

const own = (lang: 'vi' | 'en'): string[] => [...loadTexts()[lang].keys()].filter((key) => key.startsWith('ui.'))

test('every text of the interface is there in both languages, with the same blanks to fill', () => {
  assert.deepEqual(own('en').filter((key) => !key.endsWith('_one')).sort(), own('vi').sort())
  const blanks = (text: string): string => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join()
  for (const key of own('vi')) assert.equal(blanks(loadTexts().en.get(key)!), blanks(loadTexts().vi.get(key)!), key)
})

test('no text names the design system it was built on', () => {
  for (const lang of ['vi', 'en'] as const) for (const key of own(lang)) assert.doesNotMatch(loadTexts()[lang].get(key)!, /gov\.?uk|crown/i, key)
})

test('raw HTML goes out in one place only', () => {
  const src = join(import.meta.dirname, '..')
  const offenders = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('raw-html.tsx') && !file.includes('.test.'))
    .filter((file) => readFileSync(join(src, file), 'utf8').includes('dangerously' + 'SetInnerHTML'))
  assert.deepEqual(offenders, [])
})

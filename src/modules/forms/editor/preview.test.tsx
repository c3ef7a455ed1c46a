import { test } from 'node:test'
import { anonymous } from '../../../platform/actor.ts'
import { translator } from '../../../platform/i18n.ts'
import { renderFragment, type PageContext } from '../../../ui/index.ts'
import { shippedDefinitions } from '../definitions/index.ts'
import { isGroup, type FormDefinition } from '../definition.ts'
import { FormPage } from '../pages/form-page.tsx'
import { everyKind } from '../testing-form.ts'
import { testUnits } from '../testing-units.ts'
import { movePage, moveField, removeField, removePage, setField } from './change-definition.ts'
import { fieldAs } from './field-as.ts'
import { fieldTypes, innerTypes } from './field-boxes.ts'
import { previewForm, trialOf } from './preview-form.ts'

const now = new Date('2026-11-22T03:00:00Z')
const name = { vi: 'Nút', en: 'Node' }
const context: PageContext = { t: translator('vi'), lang: 'vi', nonce: 'n', csrf: 'token', actor: anonymous, brand: { name, colour: '#9B1B1E', dark: '#6F1114', emblem: 'national', phone: '1' }, path: '/', query: {}, assets: (asset) => asset, islands: [], nav: [] }

function draw(definition: FormDefinition, trial: Record<string, unknown> | null = null): void {
  const form = previewForm(definition)
  const answers = trialOf({ trial }, form, now, testUnits)
  for (const page of form.definition.pages) renderFragment(<FormPage form={form} page={page} answers={answers} units={testUnits} action="/x" isExample />, context)
}

test('a draft in which anything was deleted or moved can still be looked at', () => {
  for (const definition of [everyKind, shippedDefinitions[1]!]) {
    for (const page of definition.pages) {
      draw(removePage(definition, page.id))
      draw(movePage(definition, page.id, 'up'))
      for (const field of page.fields) {
        draw(removeField(definition, page.id, field.id))
        draw(moveField(definition, page.id, field.id, 'down'))
        if (isGroup(field)) draw(field.fields.reduce((d, inner) => removeField(d, page.id, `${field.id}.${inner.id}`), definition))
      }
    }
    draw({ ...definition, pages: definition.pages.map((p) => ({ ...p, fields: [] })) })
  }
})

test('a field of any kind can become one of any other, and old trial answers break nothing', () => {
  const old = trialOf({ trial: null }, previewForm(everyKind), now, testUnits)
  for (const page of everyKind.pages) {
    for (const field of page.fields) {
      for (const type of fieldTypes) draw(setField(everyKind, page.id, field.id, fieldAs(field, type)), old)
      if (isGroup(field)) for (const inner of field.fields) for (const type of innerTypes) draw(setField(everyKind, page.id, `${field.id}.${inner.id}`, fieldAs(inner, type)), old)
    }
  }
})

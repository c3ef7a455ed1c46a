import type { FormBody } from '../../../platform/http/route.ts'
import { bilingual, fieldId } from '../definition-parts.ts'
import { isGroup, type Field, type Page } from '../definition.ts'
import { blankField, fieldTypes, innerTypes } from './field-boxes.ts'
import type { ReadForm } from './field-form.ts'
import { wrongNew } from './part-form.ts'

/** A new field of a page, or of a group of it, from id, kind and label; `name` is how the editor calls it. */
export function readNewField(form: FormBody, page: Page): ReadForm<{ field: Field; name: string }> {
  const group = page.fields.find((f) => isGroup(f) && f.id === form.get('group'))
  const type = (group ? innerTypes : fieldTypes).find((known) => known === form.get('type'))
  const id = fieldId.safeParse(form.get('id'))
  const label = bilingual.safeParse({ vi: form.get('label-vi'), en: form.get('label-en') })
  const errors = [
    ...(id.success ? [] : [wrongNew(['id'])]), ...(type ? [] : [wrongNew(['type'])]),
    ...(label.success ? [] : label.error.issues.map((issue) => wrongNew(['label', ...issue.path]))),
  ]
  if (!id.success || !type || !label.success) return { ok: false, errors }
  return { ok: true, value: { field: blankField(id.data, type, label.data), name: group ? `${group.id}.${id.data}` : id.data } }
}

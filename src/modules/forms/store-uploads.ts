import type { FieldError } from '../../platform/errors.ts'
import type { FileStore } from '../../platform/files.ts'
import type { Answers } from './answers.ts'
import type { Form } from './compile-form.ts'
import { findTarget } from './error-text.ts'
import { checkUpload, fileAnswer, maxFilesOf, type Upload } from './fields/file.ts'
import { setValue, valueOf } from './place-of-value.ts'
import { ruleKey, type Finding } from './rules.ts'

/**
 * Judges uploaded files and stores the good ones; their references go into the answers. Where a field takes one file, a new one replaces the
 * old. Bad files are refused each with its message and leave what was attached before.
 */
export async function storeUploads(form: Form, answers: Answers, files: readonly { field: string; upload: Upload }[], store: Pick<FileStore, 'put'>): Promise<{ answers: Answers; errors: FieldError[] }> {
  const into: Answers = { ...answers }
  const errors: FieldError[] = []
  const refuse = (id: string, { rule, params }: Finding): void => void errors.push({ field: id, key: ruleKey(rule), ...(params && { params }) })
  for (const { field: id, upload } of files) {
    const field = findTarget(form, id)?.field
    if (field?.type !== 'file') continue
    const finding = checkUpload(field, upload)
    if (finding) {
      refuse(id, finding)
      continue
    }
    const max = maxFilesOf(field)
    const before = valueOf(into, id)
    const attached: unknown[] = max === 1 || !Array.isArray(before) ? [] : before
    if (attached.length >= max) refuse(id, { rule: 'file.tooMany', params: { max } })
    else setValue(into, id, [...attached, fileAnswer(upload, await store.put(upload.bytes))])
  }
  return { answers: into, errors }
}

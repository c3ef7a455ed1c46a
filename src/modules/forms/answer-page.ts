import type { FieldError } from '../../platform/errors.ts'
import type { FileStore } from '../../platform/files.ts'
import type { Answers, Env } from './answers.ts'
import type { Form } from './compile-form.ts'
import type { Page } from './definition.ts'
import { parsePage, type PostedPage } from './parse-page.ts'
import { storeUploads } from './store-uploads.ts'
import { validatePage } from './validate-answers.ts'

export interface AnsweredPage {
  /** Keep them in the draft also when there are errors: nothing typed is lost. */
  answers: Answers
  errors: FieldError[]
  /** See ParsedPage. */
  stay?: { at: string }
}

/** What a filing page does with a POST: read it, store its files, check it. The caller keeps the answers and redirects, or shows the page again. */
export async function answerPage(form: Form, page: Page, body: PostedPage, before: Answers, env: Env & { files: Pick<FileStore, 'put'> }): Promise<AnsweredPage> {
  const parsed = parsePage(form, page, body, before)
  const stored = await storeUploads(form, parsed.answers, parsed.files, env.files)
  if (parsed.stay) return { answers: stored.answers, errors: stored.errors, stay: parsed.stay }
  const refused = new Set(stored.errors.map((e) => e.field))
  // A refused file already has its message; that none is attached says nothing more.
  const found = validatePage(form, page, stored.answers, env).filter((e) => !refused.has(e.field))
  return { answers: stored.answers, errors: [...stored.errors, ...found] }
}

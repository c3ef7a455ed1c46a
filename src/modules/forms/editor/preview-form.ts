import { sha256 } from '../../../platform/ids.ts'
import type { FileStore } from '../../../platform/files.ts'
import type { Answers, Units } from '../answers.ts'
import { compileForm, type Form } from '../compile-form.ts'
import type { FormDefinition } from '../definition.ts'
import { sampleAnswers } from '../samples.ts'
import { withoutEmpty } from './check-draft.ts'
import type { FormDraft } from './draft.ts'

/** The draft made ready to be looked at: without the pages and groups that have no field yet. */
export const previewForm = (definition: FormDefinition): Form => compileForm(withoutEmpty(definition))

/** The answers with which it is tried out: those of the last trial, else made-up ones. */
export const trialOf = (draft: Pick<FormDraft, 'trial'>, form: Form, now: Date, units: Units): Answers => draft.trial ?? sampleAnswers(form, 1, { now, units })

/** Files of a trial are judged and not kept. */
export const nowhere: Pick<FileStore, 'put'> = { put: (bytes) => Promise.resolve({ id: sha256(bytes).toString('hex'), size: bytes.length }) }

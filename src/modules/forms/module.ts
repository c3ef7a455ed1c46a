import { joinParts, type Part } from '../../platform/join-parts.ts'
import { editorPart } from './editor/editor-part.ts'
import { errorsPage } from './pages/dev/errors.page.tsx'
import { seedForms } from './seed.ts'

/** The shipped forms, and their messages for who writes them. */
const shippedPart: Part = {
  routes: (node) => (node.config.demo ? [errorsPage(node)] : []),
  seed: seedForms,
}

/** Electronic forms ("biểu mẫu điện tử"): definitions as versioned data, and everything that follows from them. */
export const forms = joinParts('forms', [shippedPart, editorPart])

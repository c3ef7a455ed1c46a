import type { Module } from '../../platform/module.ts'
import { errorsPage } from './pages/dev/errors.page.tsx'
import { seedForms } from './seed.ts'

/** Electronic forms ("biểu mẫu điện tử"): definitions as versioned data, and everything that follows from them. */
export const forms: Module = {
  name: 'forms',
  routes: (node) => (node.config.demo ? [errorsPage(node)] : []),
  seed: seedForms,
}

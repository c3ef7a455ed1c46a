import type { Part } from '../../../platform/join-parts.ts'
import { formFeed, formService, receiveForm } from './form-feed.ts'
import { draftFieldRoutes } from './pages/field.page.tsx'
import { draftPageRoutes } from './pages/page.page.tsx'
import { draftRoutes } from './pages/draft.page.tsx'
import { draftRuleRoutes } from './pages/rule.page.tsx'
import { formListRoutes } from './pages/list.page.tsx'
import { formsPath } from './pages/hrefs.ts'
import { newFormRoutes } from './pages/new.page.tsx'
import { publishRoutes } from './pages/publish.page.tsx'
import { wholeFormRoutes } from './pages/whole.page.tsx'

/** Officers write the forms of their procedures, at the national node; what they publish goes to every other. */
export const editorPart: Part = {
  permissions: {
    'forms.edit': { vi: 'Soạn biểu mẫu điện tử của thủ tục thuộc thẩm quyền của cơ quan mình', en: 'Write the electronic forms of procedures for which the own office answers' },
    'forms.publish': { vi: 'Công bố biểu mẫu điện tử do cán bộ khác soạn', en: 'Publish electronic forms that another officer wrote' },
  },
  deskNav: [{ href: formsPath, key: 'forms.editor.nav', permission: 'forms.edit', order: 71, group: 'catalogue' }],
  routes: (node) => (node.config.kind === 'national' ? [...formListRoutes, ...newFormRoutes, ...draftRoutes, ...draftPageRoutes, ...draftFieldRoutes, ...draftRuleRoutes, ...wholeFormRoutes, ...publishRoutes] : []),
  followers: (node) => (node.config.kind === 'national' ? [formFeed] : []),
  services: { [formService]: receiveForm },
}

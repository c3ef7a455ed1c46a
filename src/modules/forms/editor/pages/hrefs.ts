import type { DefinitionProblem } from '../../read-definition.ts'
import { boxName } from '../field-form.ts'

/** Addresses of the form editor. */
export const formsPath = '/admin/forms'
export const newFormPath = '/admin/forms/new'
export const formPath = '/admin/forms/:form'
export const comparePath = '/admin/forms/:form/compare'
export const versionPath = '/admin/forms/:form/versions/:version'
export const draftPath = '/admin/forms/:form/draft'
export const headPath = '/admin/forms/:form/draft/head'
export const jsonPath = '/admin/forms/:form/draft/json'
export const jsonFilePath = '/admin/forms/:form/draft/json/file'
export const samplesPath = '/admin/forms/:form/draft/samples'
export const handOverPath = '/admin/forms/:form/draft/hand-over'
export const returnPath = '/admin/forms/:form/draft/return'
export const publishPath = '/admin/forms/:form/draft/publish'
export const discardPath = '/admin/forms/:form/draft/discard'
export const pagesPath = '/admin/forms/:form/draft/pages'
export const pagePath = '/admin/forms/:form/draft/pages/:page'
export const pageMovePath = '/admin/forms/:form/draft/pages/:page/move'
export const pageRemovePath = '/admin/forms/:form/draft/pages/:page/remove'
export const tryPath = '/admin/forms/:form/draft/pages/:page/try'
export const fieldsPath = '/admin/forms/:form/draft/pages/:page/fields'
export const fieldPath = '/admin/forms/:form/draft/pages/:page/fields/:name'
export const fieldKindPath = '/admin/forms/:form/draft/pages/:page/fields/:name/kind'
export const fieldMovePath = '/admin/forms/:form/draft/pages/:page/fields/:name/move'
export const fieldRemovePath = '/admin/forms/:form/draft/pages/:page/fields/:name/remove'
export const rulesPath = '/admin/forms/:form/draft/pages/:page/rules'
export const rulePath = '/admin/forms/:form/draft/pages/:page/rules/:id'
export const groupRulesPath = '/admin/forms/:form/draft/pages/:page/fields/:name/rules'
export const groupRulePath = '/admin/forms/:form/draft/pages/:page/fields/:name/rules/:id'
export const groupRuleRemovePath = '/admin/forms/:form/draft/pages/:page/fields/:name/rules/:id/remove'
export const ruleRemovePath = '/admin/forms/:form/draft/pages/:page/rules/:id/remove'

export const formHref = (form: string): string => `/admin/forms/${form}`
/** Of two versions, or of a version and the draft. */
export const compareHref = (form: string, from: number, to: number | 'draft'): string => `/admin/forms/${form}/compare?from=${from}&to=${to}`
export const versionHref = (form: string, version: number): string => `/admin/forms/${form}/versions/${version}`
export const draftHref = (form: string, step = ''): string => `/admin/forms/${form}/draft${step && `/${step}`}`
export const pageHref = (form: string, page: string, step = ''): string => `/admin/forms/${form}/draft/pages/${page}${step && `/${step}`}`
export const fieldHref = (form: string, page: string, field: string, step = ''): string => `/admin/forms/${form}/draft/pages/${page}/fields/${field}${step && `/${step}`}`
/** A rule of a page, or of one of its groups. */
export const ruleHref = (form: string, page: string, group: string | undefined, rule: number, step = ''): string => `${group === undefined ? pageHref(form, page) : fieldHref(form, page, group)}/rules/${rule}${step && `/${step}`}`

/** Properties that are asked for in both languages: their boxes end in the language. */
const inTwo = new Set(['label', 'name', 'hint', 'title', 'guidance', 'source', 'unit', 'itemTitle', 'message'])

/** Where the mistake can be put right: the page of the field, at the box of the property. */
export function problemHref(form: string, { place = {} }: DefinitionProblem): string {
  const { page, field, rule, property } = place
  const box = property === undefined ? '' : `#${boxName(property)}${inTwo.has(property) ? '-vi' : ''}`
  if (page === undefined) return property === undefined || property.startsWith('pages') ? draftHref(form) : `${draftHref(form, 'head')}${box}`
  if (rule !== undefined) return ruleHref(form, page, field, rule)
  return `${field === undefined ? pageHref(form, page) : fieldHref(form, page, field)}${box}`
}

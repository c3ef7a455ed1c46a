import type { Ctx } from '../../../../platform/ctx.ts'
import { formatDateTime, type Translate } from '../../../../platform/i18n.ts'
import type { Section } from './export-own-data.ts'

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** A field in words, where there are some; else its name in the data. */
export const fieldName = (t: Translate, field: string): string => (t.has(`identity.life.data.field.${field}`) ? t(`identity.life.data.field.${field}`) : field)

/** A value for people: dates as on paper, lists and objects on one line. */
export function fieldText(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (value instanceof Date) return formatDateTime(value)
  if (Array.isArray(value)) return value.map(fieldText).join(', ')
  if (typeof value === 'object') return Object.entries(value).map(([key, part]) => `${key}: ${fieldText(part)}`).join('; ')
  return String(value)
}

/** A page that stands alone: opened from a disk, in years, without this system. */
export function ownDataDocument({ t, lang, now, node }: Ctx, sections: readonly Section[]): string {
  const body = sections.map(({ title, records }) => `<h2>${escape(t(title))}</h2>${records.length === 0 ? `<p>${escape(t('identity.life.data.nothing'))}</p>` : records.map((record) => `<dl>${Object.entries(record).map(([field, value]) => `<dt>${escape(fieldName(t, field))}</dt><dd>${escape(fieldText(value))}</dd>`).join('')}</dl>`).join('<hr>')}`)
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${escape(t('identity.life.data.title'))}</title><style>body{font:16px/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}dt{font-weight:bold}dd{margin:0 0 .4rem}</style></head><body><h1>${escape(t('identity.life.data.title'))}</h1><p>${escape(t('identity.life.data.made', { node: node.config.name[lang], at: formatDateTime(now) }))}</p>${body.join('')}</body></html>`
}

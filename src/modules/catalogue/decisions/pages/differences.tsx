import type { VNode } from 'preact'
import { Table, Tag, usePage, type Tone } from '../../../../ui/index.ts'
import type { FieldChange } from '../diff-content.ts'

const tones: Record<FieldChange['kind'], Tone> = { added: 'done', removed: 'late', changed: 'attention' }

/** Differences side by side, field by field. Says so where there is none. */
export function Differences({ changes, caption, before, after }: { changes: readonly FieldChange[]; caption: string; before?: string; after?: string }): VNode {
  const { t } = usePage()
  if (changes.length === 0) return <p class="govuk-body">{t('catalogue.decisions.diff.none')}</p>
  return (
    <Table wide caption={caption} captionHidden
      columns={[{ header: t('catalogue.decisions.diff.field') }, { header: t('catalogue.decisions.diff.kind') }, { header: before ?? t('catalogue.decisions.diff.before') }, { header: after ?? t('catalogue.decisions.diff.after') }]}
      rows={changes.map((c) => [fieldLabel(t, c.path), <Tag tone={tones[c.kind]}>{t(`catalogue.decisions.diff.${c.kind}`)}</Tag>, 'before' in c ? <Value value={c.before} /> : '–', 'after' in c ? <Value value={c.after} /> : '–'])} />
  )
}

interface Texts { (key: string): string; has(key: string): boolean }

/** 'Thành phần hồ sơ 3 › Tên › tiếng Việt' for components.2.name.vi. */
export function fieldLabel(t: Texts, path: FieldChange['path']): string {
  const words: string[] = []
  for (const step of path) {
    const key = `catalogue.decisions.field.${step}`
    if (typeof step === 'number') words.push(`${words.pop() ?? ''} ${step + 1}`)
    else words.push(t.has(key) ? t(key) : step)
  }
  return words.join(' › ')
}

const longest = 3000

function Value({ value }: { value: unknown }): VNode {
  const text = wordsOf(value)
  return <span class="mc-original">{text.length > longest ? `${text.slice(0, longest)}…` : text}</span>
}

/** A value as a person reads it: texts as texts, the rest as lines of name and value. */
export function wordsOf(value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.map((v) => (typeof v === 'object' ? `• ${wordsOf(v)}` : wordsOf(v))).join('\n')
  const record = value as Record<string, unknown>
  if (typeof record.vi === 'string' && Object.keys(record).every((k) => k === 'vi' || k === 'en')) return typeof record.en === 'string' ? `${record.vi}\n(${record.en})` : record.vi
  return Object.entries(record).map(([k, v]) => `${k}: ${wordsOf(v)}`).join('\n')
}

import { translator, type Lang } from '../../platform/i18n.ts'
import { isEmpty, isRecord, type Answers, type Units } from './answers.ts'
import type { CompiledField, Form } from './compile-form.ts'
import { isComposed, type Field, type GroupField, type Page, type SimpleField } from './definition.ts'
import { kindOf } from './fields/kinds.ts'
import { walk } from './path-of.ts'

export interface SummaryRow { question: string; answer: string; fieldId: string; changeHref?: string }

/** One page of the form, or one entry of a repeated group: a heading and its questions with answers. */
export interface SummarySection { page: string; pageId: string; rows: SummaryRow[] }

export interface SummaryOptions {
  /** Names of places; without it codes are shown. */
  units?: Units
  /** Address of a page of the draft, for "change" links. */
  hrefOf?: (page: Page) => string
}

/**
 * What was asked and what was answered, in words: for check-your-answers, and stored at submission, so that in years anyone can say
 * what the person was asked.
 */
export function summaryOf(form: Form, answers: Answers, lang: Lang, options: SummaryOptions = {}): SummarySection[] {
  const { pages, kept } = walk(form, answers)
  return pages.flatMap((page) => {
    const href = options.hrefOf?.(page.page)
    const change = href === undefined ? {} : { changeHref: href }
    const asked = page.fields.filter((f) => !f.visible || f.visible(kept, kept))
    const section = (title: string, rows: SummaryRow[]): SummarySection => ({ page: title, pageId: page.page.id, rows: rows.map((row) => ({ ...row, ...change })) })
    const plain = asked.filter((f) => f.check).map((f) => rowOf(f, { item: kept, root: kept }, lang, f.field.id, options.units))
    const composed = asked.filter((f) => isComposed(f.field)).map((f) => partsSection(f, kept, lang, options.units, page.page, section))
    const groups = asked.filter((f) => f.field.type === 'group').flatMap((f) => entrySections(f, kept, lang, options.units, section))
    return [...(plain.length > 0 ? [section(page.page.title[lang], plain)] : []), ...composed, ...groups]
  })
}

type ToSection = (title: string, rows: SummaryRow[]) => SummarySection

/** A composed field under its own name; under the page's where it is all that the page asks. */
function partsSection(compiled: CompiledField, kept: Answers, lang: Lang, units: Units | undefined, page: Page, section: ToSection): SummarySection {
  const field: Field = compiled.field
  const value = kept[field.id]
  const given = isRecord(value) ? value : {}
  const asked = compiled.entry.filter((f) => !f.visible || f.visible(given, kept))
  return section(page.fields.length === 1 ? page.title[lang] : field.label[lang], asked.map((f) => rowOf(f, { item: given, root: kept }, lang, `${field.id}.${f.field.id}`, units)))
}

function rowOf({ field }: CompiledField, from: { item: Answers; root: Answers }, lang: Lang, fieldId: string, units: Units | undefined): SummaryRow {
  const value = from.item[field.id]
  const answer = isEmpty(value) ? translator(lang)('forms.summary.none') : kindOf<SimpleField>(field as SimpleField).print(field as SimpleField, value, lang, units, from)
  return { question: field.label[lang], answer, fieldId }
}

function entrySections(compiled: CompiledField, kept: Answers, lang: Lang, units: Units | undefined, section: ToSection): SummarySection[] {
  const group = compiled.field as GroupField
  const entries = Array.isArray(kept[group.id]) ? (kept[group.id] as unknown[]) : []
  if (entries.length === 0) return [section(group.label[lang], [{ question: group.label[lang], answer: translator(lang)('forms.summary.none'), fieldId: group.id }])]
  return entries.map((value, i) => {
    const entry = isRecord(value) ? value : {}
    const fields = compiled.entry.filter((f) => !f.visible || f.visible(entry, kept))
    return section(`${group.itemTitle[lang]} ${i + 1}`, fields.map((f) => rowOf(f, { item: entry, root: kept }, lang, `${group.id}.${i}.${f.field.id}`, units)))
  })
}

import { formatMoney, type Lang, type Translate } from '../../../platform/i18n.ts'
import type { Fee, Method, ProcedureContent, TimeLimit } from '../content.ts'

/** '3 ngày làm việc', '3 working days'. */
export const limitWords = (t: Translate, limit: TimeLimit): string => t(`catalogue.limit.${limit.unit}`, { count: limit.value })

export function feeWords(t: Translate, lang: Lang, fee: Fee): string {
  if (fee.amount === null) return fee.note?.[lang] ?? t('catalogue.fee.elsewhere')
  return fee.amount === 0 ? t('catalogue.fee.free') : formatMoney(fee.amount, lang)
}

/** Time of all ways in one line: one figure where they agree, else the span. */
export function limitLine(t: Translate, methods: readonly Method[]): string {
  const words = [...new Set(methods.flatMap((m) => (m.limit ? [limitWords(t, m.limit)] : [])))]
  return words.length === 0 ? t('catalogue.limit.unknown') : words.join(` ${t('catalogue.or')} `)
}

/** Fees of all ways in one line, the cheapest figure first; longer notes stay in the comparison below. */
export function feeLine(t: Translate, lang: Lang, methods: readonly Method[]): string {
  const fees = methods.flatMap((m) => m.fees)
  if (fees.length === 0) return t('catalogue.fee.unknown')
  const amounts = [...new Set(fees.flatMap((f) => (f.amount === null ? [] : [f.amount])))].sort((a, b) => a - b)
  const words = amounts.map((amount) => feeWords(t, lang, { amount }))
  if (amounts.length > 3) return t('catalogue.fee.between', { least: words[0]!, most: words.at(-1)! })
  return words.length > 0 ? words.join(` ${t('catalogue.or')} `) : t('catalogue.fee.seeNotes')
}

export function agencyNames(content: ProcedureContent, lang: Lang): string[] {
  const { executing, competent } = content.agencies
  return (executing.length > 0 ? executing : competent).map((a) => a.name[lang])
}

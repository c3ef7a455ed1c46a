import { formatDate, type Translate } from '../../../platform/i18n.ts'

/** Where an answer that was filled in beforehand comes from: the person's account, at the desk his card or account, the population register with the day on which it was asked, or an earlier dossier with its code and day of filing. */
export type Source = { from: 'account' | 'card' } | { from: 'register'; day: string } | { from: 'dossier'; code: string; day: string }

/** An answer that was filled in beforehand and has not been changed since: 'phone', 'requester.residence'. */
export type FilledAnswer = Source & { field: string }

/** "Từ hồ sơ H21.101-261122-0001, ngày 22/11/2026". */
export const sourceWords = (t: Translate, source: Source): string => (source.from === 'dossier' ? t('dossiers.prefill.dossier', { code: source.code, day: formatDate(source.day) }) : t(`dossiers.prefill.${source.from}`, source.from === 'register' ? { day: formatDate(source.day) } : {}))

/** For each answer of a draft that was filled in beforehand, from where. */
export const sourcesOf = (t: Translate, draft: { filled: readonly FilledAnswer[] }): Record<string, string> => Object.fromEntries(draft.filled.map((f) => [f.field, sourceWords(t, f)]))

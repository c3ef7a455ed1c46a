import type { Translate } from '../../../platform/i18n.ts'
import { formatDate } from '../../../platform/i18n.ts'

/** Where an answer that was filled in beforehand comes from: the person's account, or an earlier dossier with its code and day of filing. */
export type Source = { from: 'account' } | { from: 'dossier'; code: string; day: string }

/** An answer that was filled in beforehand and has not been changed since: 'phone', 'requester.residence'. */
export type FilledAnswer = Source & { field: string }

/** "Từ hồ sơ H21.101-261122-0001, ngày 22/11/2026". */
export const sourceWords = (t: Translate, source: Source): string => (source.from === 'account' ? t('dossiers.prefill.account') : t('dossiers.prefill.dossier', { code: source.code, day: formatDate(source.day) }))

import type { Translate } from '../../../platform/i18n.ts'
import type { Applicant } from '../dossier.ts'

/** "Lê Văn Ví Dụ nộp thay Công ty TNHH Thử Nghiệm theo ủy quyền", or by law for a minor and an organisation's representative. */
export function filedWords(t: Translate, by: NonNullable<Applicant['submittedBy']>): string {
  const words = { filer: by.name, owner: by.represented }
  if (by.ground === 'paper') return t('dossiers.behalf.byPaper', { ...words, paper: by.paper ?? '' })
  return by.ground === 'child' || by.ground === 'representative' ? t('dossiers.behalf.byLaw', words) : t('dossiers.behalf.byMandate', words)
}

import type { Lang } from '../../platform/i18n.ts'

export type AgencyLevel = 'ministry' | 'province' | 'commune'
export type AgencyKind = 'ministry' | 'government-agency' | 'peoples-committee' | 'department' | 'bureau' | 'one-stop-centre' | 'police' | 'social-insurance' | 'state-treasury' | 'bank' | 'office'

/** Cơ quan: identified by its code (mã định danh, Decision 20/2020), read together with a date. */
export interface Agency {
  code: string
  nameVi: string
  nameEn: string
  kind: AgencyKind
  level: AgencyLevel
  parentCode: string | null
  /** Code of the node that handles its dossiers ('H21'); null while none is connected. */
  nodeCode: string | null
  /** Territory: province or commune code; null for the whole country. */
  administrativeUnitCode: string | null
  validFrom: string | null
  validTo: string | null
}

/** Đơn vị inside an agency. `id` is stable text: 'H21.101.council-office'. */
export interface Unit { id: string; agencyCode: string; nameVi: string; nameEn: string }

export const agencyName = (agency: Pick<Agency, 'nameVi' | 'nameEn'>, lang: Lang): string => (lang === 'vi' ? agency.nameVi : agency.nameEn)

/** The top group of an agency code, which is the code of its node: 'H21.101' → 'H21'. */
export function nodeOfAgency(code: string): string {
  return code.split('.', 1)[0]!
}

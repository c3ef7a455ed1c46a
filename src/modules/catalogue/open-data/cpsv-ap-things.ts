import type { PaperSource, ProcedureInput, Subject } from '../content.ts'
import { slugOf } from '../plain-text.ts'
import type { Addresses } from './addresses.ts'

/** A node of the JSON-LD graph. */
export type Entry = Record<string, unknown>
export interface Text { vi: string; en?: string | undefined }

export const texts = ({ vi, en }: Text): Entry[] => [{ '@value': vi, '@language': 'vi' }, ...(en ? [{ '@value': en, '@language': 'en' }] : [])]

const language = (code: string): Entry => ({ id: `http://publications.europa.eu/resource/authority/language/${code}`, type: 'LinguisticSystem' })
export const languages = (translated: boolean): Entry[] => [language('VIE'), ...(translated ? [language('ENG')] : [])]

interface Agency { code?: string | undefined; name: Text }
/** Agencies without an identifier code are told apart by name. */
const agencyId = (agency: Agency): string => agency.code ?? slugOf(agency.name.vi)

export const organisation = (at: Addresses, agency: Agency): Entry => ({ id: at.thing('agency', agencyId(agency)), type: ['PublicOrganisation', 'Organization'], prefLabel: texts(agency.name) })

/** The same agency as one who takes part. Another address, because an agent has exactly one identifier. */
export const agent = (at: Addresses, agency: Agency): Entry => ({ id: at.thing('agent', agencyId(agency)), type: 'Agent', identifier: agencyId(agency), title: texts(agency.name) })

export const evidenceType = (at: Addresses, code: string): Entry => ({ id: at.thing('document-type', code), type: 'EvidenceType', identifier: code })

export function legalResource(at: Addresses, law: ProcedureInput['legalBases'][number]): Entry {
  return { id: at.thing('law', law.number), type: 'LegalResource', identifier: law.number, ...(law.name ? { title: texts(law.name) } : {}), ...(law.issuedOn ? { dateIssued: law.issuedOn } : {}) }
}

/** Names that stand in the data for everybody, whatever language a page is read in. */
export const phrases = {
  dataset: { vi: 'Danh mục thủ tục hành chính', en: 'Catalogue of administrative procedures' },
  datasetAbout: { vi: 'Toàn bộ thủ tục hành chính đã công bố, từng phiên bản có chữ ký số.', en: 'All published administrative procedures; each version is digitally signed.' },
  publisher: { vi: 'Cổng Dịch vụ công quốc gia', en: 'National Public Service Portal' },
  steps: { vi: 'Trình tự thực hiện', en: 'Steps' },
  unnamed: { vi: 'Chưa công bố cơ quan có thẩm quyền', en: 'Competent authority not published' },
} as const satisfies Record<string, Text>

export const subjectNames: Readonly<Record<Subject, Text>> = {
  citizen: { vi: 'Công dân Việt Nam', en: 'Vietnamese citizens' },
  'overseas-vietnamese': { vi: 'Người Việt Nam định cư ở nước ngoài', en: 'Vietnamese living abroad' },
  foreigner: { vi: 'Người nước ngoài', en: 'Foreigners' },
  enterprise: { vi: 'Doanh nghiệp', en: 'Enterprises' },
  'foreign-enterprise': { vi: 'Doanh nghiệp có vốn đầu tư nước ngoài', en: 'Foreign-invested enterprises' },
  cooperative: { vi: 'Hợp tác xã', en: 'Cooperatives' },
  organisation: { vi: 'Tổ chức (không bao gồm doanh nghiệp, HTX)', en: 'Organisations other than enterprises and cooperatives' },
  'foreign-organisation': { vi: 'Tổ chức nước ngoài', en: 'Foreign organisations' },
  official: { vi: 'Cán bộ, công chức, viên chức', en: 'Public officials' },
}

export const codeNames = {
  status: { 'in-force': { vi: 'Đang có hiệu lực', en: 'In force' }, future: { vi: 'Chưa có hiệu lực', en: 'Not yet in force' }, superseded: { vi: 'Đã được thay thế', en: 'Superseded' }, abolished: { vi: 'Đã bãi bỏ', en: 'Abolished' } },
  role: { owner: { vi: 'Cơ quan công bố', en: 'Publishing ministry' }, executing: { vi: 'Cơ quan thực hiện', en: 'Executing agency' }, authorised: { vi: 'Cơ quan được ủy quyền', en: 'Authorised agency' }, cooperating: { vi: 'Cơ quan phối hợp', en: 'Cooperating agency' } },
  channel: { online: { vi: 'Trực tuyến', en: 'Online' }, desk: { vi: 'Trực tiếp', en: 'At the desk' }, post: { vi: 'Dịch vụ bưu chính', en: 'By post' } },
  paperSource: { 'you-have-it': { vi: 'Người nộp tự lập', en: 'Made by the applicant' }, 'we-fetch-it': { vi: 'Cơ quan tự khai thác từ cơ sở dữ liệu', en: 'Fetched by the agency from a database' }, 'you-bring-it': { vi: 'Người nộp cung cấp', en: 'Provided by the applicant' } } satisfies Record<PaperSource, Text>,
} as const

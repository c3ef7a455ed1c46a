import type { FieldError } from '../../../platform/errors.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { isTaxCode } from '../../numbers/index.ts'
import type { DeskView } from '../pages/desk/read-desk-dossier.ts'
import { classNow, expires, issuedClasses, licenceValidUntil } from './result-mappings.ts'

/** What an officer may set or correct while drafting a result. */
export const draftFieldNames = ['licenceClass', 'validUntil', 'personalId', 'enterpriseCode'] as const
export interface DraftField { name: (typeof draftFieldNames)[number]; value: string }

/** The boxes of the drafting step, filled in beforehand. */
export function draftFieldsOf(view: Pick<DeskView, 'procedure' | 'content' | 'now'>): DraftField[] {
  switch (view.procedure.content.service?.resultTemplate) {
    case 'driving-licence-decision': {
      const licenceClass = classNow(String(view.content.answers.licenceClass ?? ''))
      return [{ name: 'licenceClass', value: licenceClass }, ...(expires(licenceClass) ? [{ name: 'validUntil' as const, value: licenceValidUntil(civilDate(view.now)) }] : [])]
    }
    case 'enterprise-certificate': return [{ name: 'enterpriseCode', value: '' }]
    case 'birth-certificate': return [{ name: 'personalId', value: '' }]
    default: return []
  }
}

export function checkDraftFields(typed: Readonly<Record<string, string | string[]>>): FieldError[] {
  const text = (name: string): string => (typeof typed[name] === 'string' ? typed[name] : '')
  return [
    ...(text('validUntil') !== '' && !isDay(text('validUntil')) ? [{ field: 'validUntil', key: 'dossiers.desk.notADay' }] : []),
    ...(text('personalId') !== '' && !/^\d{12}$/.test(text('personalId')) ? [{ field: 'personalId', key: 'dossiers.desk.notAnId' }] : []),
    ...('enterpriseCode' in typed && text('enterpriseCode') === '' ? [{ field: 'enterpriseCode', key: 'dossiers.enterprise.codeMissing' }] : []),
    ...(text('enterpriseCode') !== '' && !isTaxCode(text('enterpriseCode')) ? [{ field: 'enterpriseCode', key: 'dossiers.desk.notATaxCode' }] : []),
    ...('licenceClass' in typed && !issuedClasses.includes(text('licenceClass')) ? [{ field: 'licenceClass', key: 'dossiers.desk.notAClass' }] : []),
  ]
}

const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value)

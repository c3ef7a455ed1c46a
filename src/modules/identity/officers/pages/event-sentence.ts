import type { Translate } from '../../../../platform/i18n.ts'
import { roleWords, type Names } from './words.tsx'

interface Told { type: string; data: Record<string, unknown> }

/** One change of rights as a sentence: "Giao quyền Cán bộ chuyên môn: UBND phường Pleiku". */
export function eventSentence(t: Translate, names: Pick<Names, 'agency'>, people: ReadonlyMap<string, string>, event: Told): string {
  const { data } = event
  const act = event.type.replace(/^identity\./, '')
  const title = t(`identity.officers.event.${act}`)
  const text = (key: string): string | undefined => (typeof data[key] === 'string' ? data[key] : undefined)
  const details = [
    text('change') && t(`identity.officers.change.${text('change')!}`), text('role') && roleWords(t, text('role')!), text('agencyCode') && names.agency(text('agencyCode')!),
    act === 'officer_moved' && `${names.agency(text('from')!)} → ${names.agency(text('to')!)}`, text('why') && t(`identity.officers.state_reason.${text('why')!}`),
    text('purpose') && t(`identity.officers.purpose.${text('purpose')!}`), text('substituteId') && people.get(text('substituteId')!),
  ].filter(Boolean)
  return details.length === 0 ? title : `${title}: ${details.join(', ')}`
}

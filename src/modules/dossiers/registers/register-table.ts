import { formatDateTime, type Translate } from '../../../platform/i18n.ts'
import type { RegisterEntry } from './read-register.ts'

/** Columns of the register with their share of the page's width, in the order of the form. */
export const registerColumns = [
  ['number', 2], ['code', 6.5], ['procedure', 9], ['sets', 2.2], ['owner', 6.5], ['address', 7], ['phone', 4.8], ['agency', 6.5], ['channel', 4.5], ['received', 4.6], ['due', 4.6], ['returned', 4.6], ['receivedBy', 5], ['signed', 3.4], ['note', 5],
] as const

const at = (iso: string | null): string => (iso ? formatDateTime(new Date(iso)) : '')

/** A line as text; `number` is its place in the list. The signature of who takes the result stays free for the hand. */
export function registerCells(t: Translate, { facts, receivedBy, owner, procedure, agency }: RegisterEntry, number: number): string[] {
  const note = [facts.state === 'returned' ? '' : t(`dossiers.state.${facts.state}`), facts.late || isLate(facts) ? t('dossiers.register.late') : ''].filter(Boolean).join('; ')
  return [String(number), facts.code ?? facts.reference, procedure, '1', owner.name, owner.address, owner.phone, agency, t(`dossiers.channel.${facts.channel}`), at(facts.receivedAt), at(facts.dueAt), at(facts.returnedAt), receivedBy, '', note]
}

const isLate = ({ finishedAt, dueAt }: RegisterEntry['facts']): boolean => finishedAt !== null && dueAt !== null && finishedAt > dueAt

import type { Translate } from '../../../platform/i18n.ts'
import type { Problem } from '../messages/check-message.ts'
import type { DeadDossier } from './overview.store.ts'

/** A field of the messages as an administrator reads it: its name where we have one, with the key of the message. */
export const fieldWords = (t: Translate, field: string): string => (t.has(`national-portal.field.${field}`) ? `${t(`national-portal.field.${field}`)} (${field})` : field)

export const problemWords = (t: Translate, { field, problem, max }: Problem): string => t(`national-portal.problem.${problem}`, { field: fieldWords(t, field), max: max ?? 0 })

/** Why a dossier could not be told, a sentence each. */
export const reasonsOf = (t: Translate, dead: Pick<DeadDossier, 'answer' | 'problems'>): string[] => [...(dead.answer === null ? [] : [t('national-portal.dead.answered', { answer: dead.answer })]), ...dead.problems.map((p) => problemWords(t, p))]

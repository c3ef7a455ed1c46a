import type { FieldError } from '../../../platform/errors.ts'
import type { FormBody } from '../../../platform/http/route.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { cleanDate, cleanIdNumber, cleanName } from '../citizens/person-fields.ts'
import { actingRights, relations, scopeKinds, type ActingRight, type Scope, type ScopeKind } from './mandate.ts'
import type { DraftAnswers } from './mandate-drafts.store.ts'

type Kind = DraftAnswers['kind']
/** Read step: what was typed goes into the draft in any case, mistakes come beside it. */
export interface ReadStep { answers: Partial<DraftAnswers>; errors: FieldError[] }

const key = (field: string, what: 'missing' | 'invalid'): string => `identity.mandates.field.${field}.${what}`

/** The other person, or the child. A date is kept as 'YYYY-MM-DD' where it is one. */
export function readWho(form: FormBody, kind: Kind, now: Date): ReadStep {
  const errors: FieldError[] = []
  const need = (field: string, clean: string | undefined, typed: string): string => {
    if (clean === undefined) errors.push({ field, key: typed ? `identity.field.${field}.invalid` : `identity.field.${field}.missing` })
    return clean ?? typed.slice(0, 200)
  }
  const answers: Partial<DraftAnswers> = { idNumber: need('idNumber', cleanIdNumber(form.get('idNumber')), form.get('idNumber')), fullName: need('fullName', cleanName(form.get('fullName')), form.get('fullName')) }
  if (kind === 'child') {
    const typed = ['day', 'month', 'year'].map((part) => form.get(`birthDate-${part}`)).join('')
    answers.birthDate = need('birthDate', cleanDate(form, 'birthDate'), typed)
    if (cleanDate(form, 'birthDate') && answers.birthDate > civilDate(now)) errors.push({ field: 'birthDate', key: 'identity.field.birthDate.invalid' })
  }
  const offered: readonly string[] = relations[kind]
  const relation = kind === 'staff' ? 'staff' : form.get('relation')
  if (!offered.includes(relation)) errors.push({ field: 'relation', key: key('relation', 'missing') })
  return { answers: { ...answers, relation: offered.includes(relation) ? relation : '' }, errors }
}

/** For what, what and from when to when. `sectors`: the codes that exist. */
export function readTerms(form: FormBody, sectors: readonly string[]): ReadStep {
  const errors: FieldError[] = []
  const scope = form.get('scope')
  const chosen = form.all('sectors').filter((code) => sectors.includes(code))
  const procedures = form.get('procedures').slice(0, 2000)
  const rights = form.all('rights').filter((right) => (actingRights as readonly string[]).includes(right))
  if (!isScope(scope)) errors.push({ field: 'scope', key: key('scope', 'missing') })
  if (scope === 'sectors' && chosen.length === 0) errors.push({ field: 'sectors', key: key('sectors', 'missing') })
  if (scope === 'procedures' && codesOf(procedures).length === 0) errors.push({ field: 'procedures', key: key('procedures', 'missing') })
  if (scope === 'procedures' && codesOf(procedures).some((code) => !/^\d{1,2}\.\d{6}(\.[A-Z0-9.]{1,20})?$/.test(code))) errors.push({ field: 'procedures', key: key('procedures', 'invalid') })
  if (rights.length === 0) errors.push({ field: 'rights', key: key('rights', 'missing') })
  const day = (field: 'from' | 'to'): string => {
    const date = cleanDate(form, field)
    const typed = ['day', 'month', 'year'].map((part) => form.get(`${field}-${part}`)).join('')
    if (!date) errors.push({ field, key: key(field, typed ? 'invalid' : 'missing') })
    return date ?? ''
  }
  return { answers: { scope, sectors: chosen, procedures, rights, from: day('from'), to: day('to') }, errors }
}

const isScope = (value: string | undefined): value is ScopeKind => (scopeKinds as readonly (string | undefined)[]).includes(value)

/** Codes of procedures as typed: one a line, or with commas between. */
export const codesOf = (typed: string): string[] => [...new Set(typed.toUpperCase().split(/[\s,;]+/).filter(Boolean))].slice(0, 100)

export interface WholeDraft { idNumber: string; fullName: string; birthDate: string; relation: string; scope: Scope; rights: ActingRight[]; from: string; to: string }

/** The draft when every page was answered; undefined before. Right values only: what is wrong was asked for again. */
export function wholeDraft(a: DraftAnswers): WholeDraft | undefined {
  const hasWho = a.idNumber && /^\d{12}$/.test(a.idNumber) && a.fullName && a.relation && (a.kind !== 'child' || /^\d{4}-\d{2}-\d{2}$/.test(a.birthDate ?? ''))
  if (!hasWho || !isScope(a.scope) || !a.rights?.length || !a.from || !a.to) return undefined
  const codes = a.scope === 'all' ? [] : a.scope === 'sectors' ? a.sectors ?? [] : codesOf(a.procedures ?? '')
  if (a.scope !== 'all' && codes.length === 0) return undefined
  return { idNumber: a.idNumber!, fullName: a.fullName!, birthDate: a.birthDate ?? '', relation: a.relation!, scope: { kind: a.scope, codes }, rights: a.rights as ActingRight[], from: a.from, to: a.to }
}

import { nodeOfAgency, type Agency } from '../../organisations/index.ts'
import { listActions, type EntryFacts, type ListAction, type ListName } from './list-definition.ts'

/** Kinds of agency that the regulation names (S4 art. 15 and 49). Who is none of them edits nothing. */
export const editorKinds = ['ministry', 'social-insurance', 'development-bank', 'policy-bank', 'province', 'state-treasury', 'state-bank', 'government-office'] as const
export type EditorKind = (typeof editorKinds)[number]

/** How far a right reaches: every entry; those of the own agency or province; results of procedures that the law left to the province. */
export type RightScope = 'all' | 'own' | 'left-to-province'

export interface ListRight { readonly kind: EditorKind; readonly list: ListName; readonly action: ListAction; readonly scope: RightScope; readonly source: string }

/** An agency that the regulation names by itself, with those below it. */
export interface NamedEditor { readonly agencyCode: string; readonly kind: EditorKind }

export interface Editor { readonly agencyCode: string; readonly kinds: readonly EditorKind[] }

/**
 * What an officer's agency is in the sense of the regulation: by its identifier code for the agencies named one by one, else by what stands
 * at the top of the code. A commune is not the province; a part of a ministry that is named by itself is not the ministry.
 */
export function kindsOfAgency(agencyCode: string, top: Pick<Agency, 'kind'> | undefined, own: Pick<Agency, 'level'> | undefined, named: readonly NamedEditor[]): EditorKind[] {
  const names = named.filter((n) => agencyCode === n.agencyCode || agencyCode.startsWith(`${n.agencyCode}.`))
  const kinds = names.map((n) => n.kind)
  if (names.some((n) => n.agencyCode.includes('.'))) return kinds
  if (top?.kind === 'ministry') kinds.unshift('ministry')
  if (top?.kind === 'peoples-committee' && own?.level === 'province') kinds.unshift('province')
  return kinds
}

export type Verdict = { readonly allowed: true; readonly source: string } | { readonly allowed: false; readonly why: 'no-right' | 'not-own' | 'not-left-to-province' }

/** Whether somebody may do this to this entry. `rights` are those in force on the day. */
export function mayEdit(rights: readonly ListRight[], who: Editor, what: { list: ListName; action: ListAction; facts: EntryFacts }): Verdict {
  const held = rights.filter((r) => who.kinds.includes(r.kind) && r.list === what.list && r.action === what.action)
  const enough = held.find((r) => reaches(r.scope, who, what.facts))
  if (enough) return { allowed: true, source: enough.source }
  return { allowed: false, why: held.length === 0 ? 'no-right' : held.some((r) => r.scope === 'left-to-province') ? 'not-left-to-province' : 'not-own' }
}

function reaches(scope: RightScope, who: Editor, facts: EntryFacts): boolean {
  if (scope === 'all') return true
  const top = nodeOfAgency(who.agencyCode)
  return scope === 'own' ? facts.owner !== null && nodeOfAgency(facts.owner) === top : facts.province === top && (facts.owner === null || nodeOfAgency(facts.owner) === top)
}

/** The regulation of the National Public Service Portal, by article and clause. */
const article = (number: number, clause: number): string => `Quy chế Cổng Dịch vụ công Quốc gia, Điều ${number} khoản ${clause}`

const ministries: readonly EditorKind[] = ['ministry', 'social-insurance', 'development-bank', 'policy-bank']
const ofMinistries: readonly ListName[] = ['procedures', 'online-services', 'agencies', 'sectors', 'result-types', 'accounts']
const ofProvinces: readonly [ListName, RightScope][] = [['online-services', 'own'], ['agencies', 'own'], ['administrative-units', 'own'], ['result-types', 'left-to-province'], ['accounts', 'own']]
const every = (row: Omit<ListRight, 'action'>): ListRight[] => listActions.map((action) => ({ ...row, action }))

/**
 * The rights as the regulation gives them. Article 15 repeats them for the database of procedures, without accounts for provinces;
 * article 49, which is about these catalogues, decides.
 */
export const shippedRights: readonly ListRight[] = [
  ...ministries.flatMap((kind) => ofMinistries.flatMap((list) => every({ kind, list, scope: 'own', source: article(49, 1) }))),
  ...ofProvinces.flatMap(([list, scope]) => every({ kind: 'province', list, scope, source: article(49, 2) })),
  ...every({ kind: 'state-treasury', list: 'revenue-types', scope: 'all', source: article(49, 3) }),
  ...every({ kind: 'state-bank', list: 'payment-providers', scope: 'all', source: article(49, 4) }),
  // Not one of the nine: a list of this program, kept by the office that runs the portal.
  ...every({ kind: 'government-office', list: 'master-data', scope: 'all', source: 'Phụ lục II Đề án 468/QĐ-TTg' }),
]

/** Identifier codes of the agencies that the regulation names. 'VN' is the national node itself. */
export const shippedEditors: readonly (NamedEditor & { readonly source: string })[] = [
  { agencyCode: 'G24', kind: 'social-insurance', source: article(49, 1) },
  { agencyCode: 'G81', kind: 'development-bank', source: article(49, 1) },
  { agencyCode: 'G82', kind: 'policy-bank', source: article(49, 1) },
  { agencyCode: 'G12.30', kind: 'state-treasury', source: article(49, 3) },
  { agencyCode: 'G19', kind: 'state-bank', source: article(49, 4) },
  { agencyCode: 'G22', kind: 'government-office', source: article(15, 3) },
  { agencyCode: 'VN', kind: 'government-office', source: article(15, 3) },
]

/** Day on which the regulation of the portal took effect. */
export const rightsSince = '2021-12-01'

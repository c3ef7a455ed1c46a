/**
 * Terminology
 * - mandate (đại diện, ủy quyền): that one person may act for a person or an organisation, by law or because both agreed;
 * - acting person (người đại diện, người được ủy quyền) and represented party (người được đại diện, bên ủy quyền);
 * - ward: a minor for whom a parent or guardian acts;
 * - scope: for which procedures; rights: what may be done with them.
 */
export const mandateKinds = ['representative', 'staff', 'person', 'child'] as const
export type MandateKind = (typeof mandateKinds)[number]
export const actingRights = ['fill-in', 'submit', 'receive', 'pay'] as const
export type ActingRight = (typeof actingRights)[number]
export const scopeKinds = ['all', 'sectors', 'procedures'] as const
export type ScopeKind = (typeof scopeKinds)[number]
export const relations = { child: ['father', 'mother', 'guardian'], person: ['spouse', 'parent', 'child', 'relative', 'other'], staff: ['staff'] } as const
export type Side = 'acting' | 'represented'

/** As kept. What is over by the clock alone is still 'offered' or 'accepted' here until the nightly job notes it: ask `stateAt`. */
export type MandateState = 'offered' | 'awaiting-paper' | 'accepted' | 'refused' | 'withdrawn' | 'lapsed' | 'expired'

export interface Scope { kind: ScopeKind; codes: readonly string[] }

export interface Mandate {
  id: string
  kind: MandateKind
  actingAccountId: string | null
  representedAccountId: string | null
  organisationId: string | null
  wardId: string | null
  offeredBy: Side
  offeredAccountId: string
  invitedIdNumber: string | null
  invitedName: string | null
  relation: string
  scope: ScopeKind
  scopeCodes: string[]
  rights: ActingRight[]
  startsAt: Date
  expiresAt: Date | null
  lapsesAt: Date | null
  state: MandateState
  offeredAt: Date
  actingConfirmedAt: Date | null
  representedConfirmedAt: Date | null
  paper: string | null
  endedAt: Date | null
}

/** What a mandate is at a moment, the clock included: 'waiting' is accepted and not yet begun. */
export type StateAt = MandateState | 'waiting'

export function stateAt(m: Pick<Mandate, 'state' | 'startsAt' | 'expiresAt' | 'lapsesAt'>, now: Date): StateAt {
  if (m.state === 'offered' || m.state === 'awaiting-paper') return (m.lapsesAt && m.lapsesAt <= now) || (m.expiresAt && m.expiresAt <= now) ? 'lapsed' : m.state
  if (m.state !== 'accepted') return m.state
  if (m.expiresAt && m.expiresAt <= now) return 'expired'
  return m.startsAt > now ? 'waiting' : 'accepted'
}

/** Does the scope cover a procedure? An unknown sector is covered by no list of sectors. */
export function covers(scope: Scope, procedure: { code: string; sector: string | undefined }): boolean {
  switch (scope.kind) {
    case 'all': return true
    case 'sectors': return procedure.sector !== undefined && scope.codes.includes(procedure.sector)
    case 'procedures': return scope.codes.includes(procedure.code)
  }
}

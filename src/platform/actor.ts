/** Who acts. Every act, event and access decision names one. */
export type Actor = Anonymous | Person | Officer | SystemActor | PeerNode

export interface Anonymous { readonly kind: 'anonymous' }

export interface Person {
  readonly kind: 'person'
  /** Account id at this node. */
  readonly id: string
  /** Opaque subject by which the single sign-on knows the person at this node. */
  readonly subject: string
  readonly name: string
  /** Strength of the log-in: 1 low, 2 medium (two factors), 3 high (certificate). */
  readonly assurance: 1 | 2 | 3
  /** How the person proved it, by the names of RFC 8176 and our own: 'otp', 'sms', 'hwk' … */
  readonly methods: readonly string[]
  /** When the strongest proof of this session was given. */
  readonly authenticatedAt: Date
  readonly sessionId: string
  /** Page of this node that the person has to see before any other of his own: new terms, an account that was locked. */
  readonly mustSee?: string
  /** For whom the person acts in this session, by a mandate that both sides accepted; absent: for himself. */
  readonly actingFor?: Represented
  /** The session was acting for somebody and that right has ended; until the person has read so, nothing is filed. */
  readonly actingEnded?: true
}

/** Người được đại diện: a person or an organisation for whom somebody else acts. */
export interface Represented {
  readonly mandateId: string
  readonly kind: 'person' | 'organisation'
  /** Account or organisation at this node; undefined for who has none here, such as a child. */
  readonly id: string | undefined
  readonly name: string
  /** Opaque subject by which this node knows the represented party, as owner of its dossiers. */
  readonly subject: string
  /** Every subject by which dossiers of the party may stand here; at the national node also those of the other nodes. */
  readonly subjects: readonly string[]
  /** 'representative', 'staff', 'person', 'child': on what ground. */
  readonly ground: string
  /** What may be done: 'fill-in', 'submit', 'receive', 'pay'. */
  readonly rights: readonly string[]
  readonly scope: { readonly kind: 'all' | 'sectors' | 'procedures'; readonly codes: readonly string[] }
}

export interface Officer {
  readonly kind: 'officer'
  readonly id: string
  readonly name: string
  readonly agencyCode: string
  readonly unitId: string | null
  readonly roles: readonly string[]
  readonly permissions: ReadonlySet<string>
  /** How the officer proved who he is: 'pwd' and 'otp', or 'sc' for a certificate on a token. */
  readonly methods: readonly string[]
  readonly authenticatedAt: Date
  readonly sessionId: string
  /** Where the roles hold. Absent: each for the whole own agency. */
  readonly scopes?: readonly RoleScope[]
  /** When this session ends by itself if nothing is done. */
  readonly idleUntil?: Date
}

/** Phạm vi: a role for an agency and those below it, perhaps only for one unit, sector or procedure. */
export interface RoleScope {
  readonly role: string
  readonly agencyCode: string
  readonly unitId: string | null
  readonly sectorCode: string | null
  readonly procedureCode: string | null
  /** Id of the officer in whose place it is used; absent for one's own. */
  readonly inPlaceOf?: string
}

export const wholeAgency = (role: string, agencyCode: string): RoleScope => ({ role, agencyCode, unitId: null, sectorCode: null, procedureCode: null })

export function scopesOf(officer: Officer): readonly RoleScope[] {
  return officer.scopes ?? officer.roles.map((role) => wholeAgency(role, officer.agencyCode))
}

/** True for the agency itself and those below it: 'H21' covers 'H21.101'. */
export const coversAgency = (above: string, agencyCode: string): boolean => agencyCode === above || agencyCode.startsWith(`${above}.`)

/**
 * Whose officers do the work of a scope: the agency it names, or the officer's own where that lies below it. Competence is not inherited
 * upwards: who oversees other agencies sees their dossiers and does not decide them.
 */
export const handlingAgency = (officer: Officer, scope: RoleScope): string => (coversAgency(scope.agencyCode, officer.agencyCode) ? officer.agencyCode : scope.agencyCode)

export interface SystemActor { readonly kind: 'system'; readonly id: string }
export interface PeerNode { readonly kind: 'node'; readonly id: string }

export const anonymous: Anonymous = { kind: 'anonymous' }

/** The actor as the ledger writes it: kind and opaque id, never a name. */
export function actorKey(actor: Actor): string {
  return actor.kind === 'anonymous' ? 'anonymous' : `${actor.kind}:${actor.id}`
}

export function isPermitted(actor: Actor, permission: string): boolean {
  return actor.kind === 'officer' && actor.permissions.has(permission)
}

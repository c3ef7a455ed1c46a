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
}

/** Người được đại diện: a person or an organisation for whom somebody else acts. */
export interface Represented {
  readonly mandateId: string
  readonly kind: 'person' | 'organisation'
  /** Account or organisation at this node; undefined for a child without an account. */
  readonly id: string | undefined
  readonly name: string
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
}

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

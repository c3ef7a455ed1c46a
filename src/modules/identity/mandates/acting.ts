import type { Represented } from '../../../platform/actor.ts'
import type { Db } from '../../../platform/db.ts'
import { newId, randomToken } from '../../../platform/ids.ts'

interface Row {
  mandateId: string
  kind: 'person' | 'organisation'
  id: string | null
  partyId: string | null
  name: string
  subject: string
  otherSubjects: string[]
  ground: string
  rights: string[]
  scope: 'all' | 'sectors' | 'procedures'
  codes: string[]
  startsAt: Date
  expiresAt: Date | null
  facts: RepresentedFacts
}

/** What forms are filled in with. Personal data of the represented party. */
export interface RepresentedFacts { idNumber?: string; birthDate?: string; taxCode?: string }

/** A mandate in force, seen by the one who may act under it. */
export interface ActingRightSeen extends Represented {
  startsAt: Date
  /** Null for a legal representative. */
  expiresAt: Date | null
  facts: RepresentedFacts
  /** At the national node: organisation or ward behind it. */
  partyId: string | null
}

/**
 * All mandates under which an account may act at a moment: accepted by both sides, begun, not expired, the party still there. The one place
 * where this is decided; sessions, log-ins of other nodes and the API ask here.
 */
export async function listActingRights(db: Db, accountId: string, now: Date, { mandateId, until = now }: { mandateId?: string; /** Also those that begin by then. */ until?: Date } = {}): Promise<ActingRightSeen[]> {
  const rows = await db<Row[]>`
    SELECT r.mandate_id AS "mandateId", r.represented_kind AS kind, r.represented_id AS id, r.party_id AS "partyId", r.name, r.subject, r.kind AS ground, r.rights, r.scope, r.scope_codes AS codes,
      r.starts_at AS "startsAt", r.expires_at AS "expiresAt", r.facts, ARRAY(SELECT p.subject FROM identity.represented_subject p WHERE p.represented_id = r.party_id) AS "otherSubjects"
    FROM identity.acting_right r
    WHERE r.acting_account_id = ${accountId} AND r.starts_at <= ${until} AND (r.expires_at IS NULL OR r.expires_at > ${now}) ${mandateId === undefined ? db`` : db`AND r.mandate_id = ${mandateId}`}
    ORDER BY r.represented_kind, r.name LIMIT 500`
  return rows.map(({ otherSubjects, codes, scope, id, ...row }) => ({ ...row, id: id ?? undefined, subjects: [row.subject, ...otherSubjects], scope: { kind: scope, codes } }))
}

/** For whom this account acts under this mandate now; undefined when it may not, for whatever reason, or the mandate is another's. */
export async function findActingRight(db: Db, accountId: string, mandateId: string, now: Date): Promise<ActingRightSeen | undefined> {
  return (await listActingRights(db, accountId, now, { mandateId }))[0]
}

/** The same without what only prefilling needs: what a request carries about with it. */
export function representedOf({ mandateId, kind, id, name, subject, subjects, ground, rights, scope }: Represented): Represented {
  return { mandateId, kind, id, name, subject, subjects, ground, rights, scope }
}

/** Number and birth date of the represented party, to fill in a form; undefined when the mandate no longer holds. */
export async function representedFacts(db: Db, accountId: string, mandateId: string, now: Date): Promise<RepresentedFacts | undefined> {
  return (await findActingRight(db, accountId, mandateId, now))?.facts
}

/** At the national node: under which subject another node knows an organisation or a ward. Made at the first question, then stable. */
export async function representedSubjectForNode(tx: Db, partyId: string, nodeCode: string): Promise<string> {
  const find = () => tx<{ subject: string }[]>`SELECT subject FROM identity.represented_subject WHERE represented_id = ${partyId} AND node_code = ${nodeCode}`
  const [known] = await find()
  if (known) return known.subject
  await tx`INSERT INTO identity.represented_subject (represented_id, node_code, subject) VALUES (${partyId}, ${nodeCode}, ${randomToken(18)}) ON CONFLICT (represented_id, node_code) DO NOTHING`
  const [made] = await find()
  return made!.subject
}

/** The same by the party's own subject at the national node; undefined when that is neither an organisation nor a ward. */
export async function partySubjectForNode(tx: Db, subject: string, nodeCode: string): Promise<string | undefined> {
  const [party] = await tx<{ id: string }[]>`SELECT id FROM identity.organisation WHERE subject = ${subject} UNION ALL SELECT id FROM identity.ward WHERE subject = ${subject}`
  return party && representedSubjectForNode(tx, party.id, nodeCode)
}

export const newMandateId = (now: Date): string => newId(now.getTime())

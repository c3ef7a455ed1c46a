import type { Db, Tx } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { decrypt, encrypt } from '../secrets.ts'
import type { Query } from './read-query.ts'

/** What a look-up is for; 'dossier' names the dossier. */
export const purposes = ['filing', 'result', 'account', 'mandate', 'dossier'] as const
export type LookUpPurpose = { reason: Exclude<(typeof purposes)[number], 'dossier'> } | { reason: 'dossier'; dossierCode: string }

/** A look-up at the desk — "tra cứu tại bộ phận một cửa". */
export interface LookUp {
  id: string
  at: Date
  officerId: string
  kind: Query['kind']
  purpose: (typeof purposes)[number]
  dossierCode: string | null
  accountId: string | null
  organisationId: string | null
}

/** Minutes for which the officer may go on from an answer. */
export const answerMinutes = 20
const contentUse = 'look-up'

export interface NewLookUp { officerId: string; agencyCode: string; way: 'page' | 'api'; query: Query; numberKey: Buffer; purpose: LookUpPurpose; accountId: string | null; organisationId: string | null }

export async function insertLookUp(tx: Tx, node: Node, l: NewLookUp, now: Date): Promise<string> {
  const id = newId(now.getTime())
  await tx`
    INSERT INTO identity.look_up (id, at, officer_id, agency_code, way, kind, number_key, purpose, dossier_code, account_id, organisation_id)
    VALUES (${id}, ${now}, ${l.officerId}, ${l.agencyCode}, ${l.way}, ${l.query.kind}, ${l.numberKey}, ${l.purpose.reason}, ${l.purpose.reason === 'dossier' ? l.purpose.dossierCode : null}, ${l.accountId}, ${l.organisationId})`
  if (l.way === 'page') {
    await tx`INSERT INTO identity.look_up_content (look_up_id, sealed, expires_at) VALUES (${id}, ${encrypt(node.config.secret, `${contentUse}:${id}`, JSON.stringify(l.query))}, ${new Date(now.getTime() + answerMinutes * 60_000)})`
  }
  return id
}

/** An officer's own look-up with what was typed, while its answer may still be seen. */
export async function findOpenLookUp(db: Db, node: Node, id: string, officerId: string, now: Date): Promise<(LookUp & { query: Query }) | undefined> {
  const [row] = await db<(LookUp & { sealed: string })[]>`
    SELECT l.id, l.at, l.officer_id AS "officerId", l.kind, l.purpose, l.dossier_code AS "dossierCode", l.account_id AS "accountId", l.organisation_id AS "organisationId", c.sealed
    FROM identity.look_up l JOIN identity.look_up_content c ON c.look_up_id = l.id WHERE l.id = ${id} AND l.officer_id = ${officerId} AND c.expires_at > ${now}`
  const text = row && decrypt(node.config.secret, `${contentUse}:${id}`, row.sealed)
  if (!row || !text) return undefined
  const { sealed: _, ...lookUp } = row
  return { ...lookUp, query: JSON.parse(text) as Query }
}

export interface LookUpRule { most: number; hours: number }

/** The rule of a day; undefined where none is in force. */
export async function lookUpRule(db: Db, at: Date): Promise<LookUpRule | undefined> {
  const day = civilDate(at)
  const [rule] = await db<LookUpRule[]>`SELECT most, hours FROM identity.look_up_rule WHERE valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day}) ORDER BY valid_from DESC LIMIT 1`
  return rule
}

/** How many different numbers an officer looked up since a moment, and on how many dossiers he acted. Who showed a personal code was there himself. */
export async function countReading(db: Db, officerId: string, since: Date): Promise<{ people: number; dossiers: number }> {
  const [row] = await db<{ people: number; dossiers: number }[]>`
    SELECT (SELECT count(DISTINCT number_key) FROM identity.look_up WHERE officer_id = ${officerId} AND at > ${since} AND kind <> 'personal-code')::int AS people,
      (SELECT count(*) FROM identity.officer_dossier WHERE officer_id = ${officerId} AND at > ${since})::int AS dossiers`
  return row!
}

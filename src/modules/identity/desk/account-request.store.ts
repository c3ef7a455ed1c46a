import type { Db, Tx } from '../../../platform/db.ts'
import type { Node } from '../../../platform/node.ts'
import type { Registration } from '../citizens/registration.form.ts'
import { decrypt, encrypt, keyed } from '../secrets.ts'
import type { Query } from './read-query.ts'

export type ConsentKind = 'screen' | 'paper'
export type RequestState = 'consent' | 'waiting' | 'opened' | 'existing' | 'refused' | 'withdrawn'

/** An account asked for at the desk on a person's behalf ("tạo tài khoản thay"). */
export interface AccountRequest {
  id: string
  officerId: string
  agencyCode: string
  consentKind: ConsentKind
  consentNumber: string
  consentFile: string | null
  consentFileType: string | null
  codeExpiresAt: Date | null
  codesSent: number
  attempts: number
  state: RequestState
  reason: 'differs' | 'locked' | null
  accountId: string | null
  createdAt: Date
  updatedAt: Date
  objectedAt: Date | null
  /** Gone once the national node has answered. */
  person: Registration | undefined
}

type Row = Omit<AccountRequest, 'person'> & { sealed: string | null }

const use = (id: string): string => `account-request:${id}`
const columns = (db: Db) => db`id, officer_id AS "officerId", agency_code AS "agencyCode", consent_kind AS "consentKind", consent_number AS "consentNumber", consent_file AS "consentFile", consent_file_type AS "consentFileType",
  code_expires_at AS "codeExpiresAt", codes_sent AS "codesSent", attempts, state, reason, account_id AS "accountId", created_at AS "createdAt", updated_at AS "updatedAt", objected_at AS "objectedAt", sealed`

function opened(node: Node, { sealed, ...row }: Row): AccountRequest {
  const text = sealed ? decrypt(node.config.secret, use(row.id), sealed) : undefined
  return { ...row, person: text ? (JSON.parse(text) as Registration) : undefined }
}

export const requestNumberKey = (node: Node, idNumber: string): Buffer => keyed(node.config.secret, 'account-request-number', idNumber)

export interface NewRequest { id: string; lookUpId: string; officerId: string; agencyCode: string; person: Registration; consentKind: ConsentKind; consentNumber: string }

/** False when a request for this person is open, or this look-up has one already. */
export async function insertRequest(tx: Tx, node: Node, r: NewRequest, now: Date): Promise<boolean> {
  const added = await tx`
    INSERT INTO identity.account_request (id, look_up_id, officer_id, agency_code, number_key, sealed, consent_kind, consent_number, state, created_at, updated_at)
    VALUES (${r.id}, ${r.lookUpId}, ${r.officerId}, ${r.agencyCode}, ${requestNumberKey(node, r.person.idNumber)}, ${encrypt(node.config.secret, use(r.id), JSON.stringify(r.person))}, ${r.consentKind}, ${r.consentNumber}, 'consent', ${now}, ${now})
    ON CONFLICT DO NOTHING`
  return added.count > 0
}

/** Hours after which a request without consent makes room for another about the same person. */
const forgottenAfter = 2

export async function giveUpForgotten(tx: Tx, node: Node, idNumber: string, now: Date): Promise<void> {
  await tx`
    UPDATE identity.account_request SET state = 'withdrawn', sealed = NULL, updated_at = ${now}
    WHERE number_key = ${requestNumberKey(node, idNumber)} AND state = 'consent' AND updated_at < ${now}::timestamptz - make_interval(hours => ${forgottenAfter})`
}

/** An agency's own request (or one of an agency below it). */
export async function findRequest(db: Db, node: Node, id: string, agencyCode: string): Promise<AccountRequest | undefined> {
  const [row] = await db<Row[]>`SELECT ${columns(db)} FROM identity.account_request WHERE id = ${id} AND (agency_code = ${agencyCode} OR agency_code LIKE ${`${agencyCode}.%`})`
  return row && opened(node, row)
}

export async function lockRequest(tx: Tx, node: Node, id: string): Promise<AccountRequest | undefined> {
  const [row] = await tx<Row[]>`SELECT ${columns(tx)} FROM identity.account_request WHERE id = ${id} FOR UPDATE`
  return row && opened(node, row)
}

/** The request that stands open for a person, whichever agency of the node asked. */
export async function findOpenByNumber(db: Db, node: Node, idNumber: string): Promise<AccountRequest | undefined> {
  const [row] = await db<Row[]>`SELECT ${columns(db)} FROM identity.account_request WHERE number_key = ${requestNumberKey(node, idNumber)} AND state IN ('consent', 'waiting')`
  return row && opened(node, row)
}

/** What came of a look-up already, open or answered. */
export async function findByLookUp(db: Db, lookUpId: string): Promise<string | undefined> {
  const [row] = await db<{ id: string }[]>`SELECT id FROM identity.account_request WHERE look_up_id = ${lookUpId} AND state <> 'withdrawn'`
  return row?.id
}

/** The agency's own open request for whom a look-up asked. */
export async function findOpenRequest(db: Db, node: Node, query: Query, agencyCode: string): Promise<AccountRequest | undefined> {
  const idNumber = query.kind === 'card' ? query.card.idNumber : query.kind === 'id-number' ? query.idNumber : undefined
  const request = idNumber ? await findOpenByNumber(db, node, idNumber) : undefined
  return request?.agencyCode === agencyCode ? request : undefined
}

/** Requests of an agency and those below it: open ones first, then the newest. */
export async function listRequests(db: Db, node: Node, agencyCode: string, page: { limit: number; offset: number }): Promise<{ rows: AccountRequest[]; total: number }> {
  const rows = await db<(Row & { total: number })[]>`
    SELECT ${columns(db)}, count(*) OVER ()::int AS total FROM identity.account_request WHERE agency_code = ${agencyCode} OR agency_code LIKE ${`${agencyCode}.%`}
    ORDER BY (state IN ('consent', 'waiting')) DESC, created_at DESC LIMIT ${page.limit} OFFSET ${page.offset}`
  return { rows: rows.map(({ total: _, ...row }) => opened(node, row)), total: rows[0]?.total ?? 0 }
}

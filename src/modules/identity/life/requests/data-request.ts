import type { Db, Tx } from '../../../../platform/db.ts'
import type { Lang } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import type { Node } from '../../../../platform/node.ts'
import { errors } from '../../identity.errors.ts'
import { decrypt } from '../../secrets.ts'

export const requestKinds = ['withdrawal', 'restriction', 'objection', 'deletion'] as const
export type RequestKind = (typeof requestKinds)[number]
export const requestStates = ['asked', 'accepted', 'refused', 'done', 'cancelled'] as const
export type RequestState = (typeof requestStates)[number]
export const refusals = ['running-dossiers', 'kept-by-law', 'not-yours', 'unfounded'] as const
export type RefusalReason = (typeof refusals)[number]

/** Yêu cầu của chủ thể dữ liệu (Law 91/2025, Decree 356/2025). */
export interface DataRequest {
  id: string
  reference: string
  accountId: string
  kind: RequestKind
  purpose: string | null
  statement: string | null
  thirdParties: boolean
  lang: Lang
  state: RequestState
  askedAt: Date
  /** A deletion may be called back until then. */
  coolsUntil: Date | null
  answerBy: Date
  answeredAt: Date | null
  refusal: RefusalReason | null
  dueBy: Date
  extendedAt: Date | null
  extensionReason: string | null
  endedAt: Date | null
}

export const requestColumns = (db: Db) => db`id, reference, account_id AS "accountId", kind, purpose, statement, third_parties AS "thirdParties", lang, state, asked_at AS "askedAt", cools_until AS "coolsUntil", answer_by AS "answerBy",
  answered_at AS "answeredAt", refusal, due_by AS "dueBy", extended_at AS "extendedAt", extension_reason AS "extensionReason", ended_at AS "endedAt"`

export async function findRequest(db: Db, id: string): Promise<DataRequest | undefined> {
  if (!isId(id)) return undefined
  const [row] = await db<DataRequest[]>`SELECT ${requestColumns(db)} FROM identity.data_request WHERE id = ${id}`
  return row
}

/** Locks a request that is still open. @throws REQUEST_NOT_FOUND, REQUEST_ENDED */
export async function lockRequest(tx: Tx, id: string): Promise<DataRequest> {
  const [row] = isId(id) ? await tx<DataRequest[]>`SELECT ${requestColumns(tx)} FROM identity.data_request WHERE id = ${id} FOR UPDATE` : []
  if (!row) throw errors.REQUEST_NOT_FOUND()
  if (row.state !== 'asked' && row.state !== 'accepted') throw errors.REQUEST_ENDED()
  return row
}

export const requestUse = (id: string): string => `data-request ${id}`

export const openWords = (node: Node, request: Pick<DataRequest, 'id' | 'statement'>): string => (request.statement ? decrypt(node.config.secret, requestUse(request.id), request.statement) ?? '' : '')

export interface OwnRequest extends Omit<DataRequest, 'statement' | 'accountId'> { words: string }

export async function listOwnRequests(db: Db, node: Node, accountId: string): Promise<OwnRequest[]> {
  const rows = await db<DataRequest[]>`SELECT ${requestColumns(db)} FROM identity.data_request WHERE account_id = ${accountId} ORDER BY asked_at DESC, id DESC`
  return rows.map(({ statement, accountId: _owner, ...row }) => ({ ...row, words: openWords(node, { id: row.id, statement }) }))
}

/** The clock that runs: the answer's first, then that of the effect; null when it is over. */
export const runningLimit = (r: Pick<DataRequest, 'state' | 'answeredAt' | 'answerBy' | 'dueBy'>): Date | null => (r.state !== 'asked' && r.state !== 'accepted' ? null : r.answeredAt ? r.dueBy : r.answerBy)

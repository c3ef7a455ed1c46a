import type { Ctx } from '../../../../platform/ctx.ts'
import type { Db, Tx } from '../../../../platform/db.ts'
import type { Lang } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import type { Node } from '../../../../platform/node.ts'
import { errors } from '../../identity.errors.ts'
import { decrypt, encrypt } from '../../secrets.ts'

export const problemKinds = ['log-in', 'wrong-data', 'misuse', 'access-objection', 'other'] as const
export type ProblemKind = (typeof problemKinds)[number]
export const problemStates = ['new', 'taken', 'closed'] as const
export type ProblemState = (typeof problemStates)[number]
export const outcomes = ['corrected', 'secured', 'unfounded', 'passed-on'] as const
export type Outcome = (typeof outcomes)[number]

/** What was said: personal data, kept encrypted. */
export interface Statement { words: string; contact: string; idNumber?: string }

/** Khiếu nại, sự cố về tài khoản (Decision 31/2021, art. 13.1). */
export interface Problem {
  id: string
  reference: string
  kind: ProblemKind
  accountId: string | null
  accessId: number | null
  statement: string
  lang: Lang
  state: ProblemState
  madeAt: Date
  /** Those concerned are told by then: 24 hours after the report. */
  informBy: Date
  informedAt: Date | null
  /** Formal handling begins: the second clock runs from here. */
  takenAt: Date | null
  takenBy: string | null
  resultBy: Date | null
  closedAt: Date | null
  outcome: Outcome | null
}

export const problemColumns = (db: Db) => db`id, reference, kind, account_id AS "accountId", access_id AS "accessId", statement, lang, state, made_at AS "madeAt", inform_by AS "informBy", informed_at AS "informedAt",
  taken_at AS "takenAt", taken_by AS "takenBy", result_by AS "resultBy", closed_at AS "closedAt", outcome`

export async function findProblem(db: Db, id: string): Promise<Problem | undefined> {
  if (!isId(id)) return undefined
  const [row] = await db<Problem[]>`SELECT ${problemColumns(db)} FROM identity.account_problem WHERE id = ${id}`
  return row
}

export async function findProblemByReference(db: Db, reference: string): Promise<Problem | undefined> {
  const [row] = await db<Problem[]>`SELECT ${problemColumns(db)} FROM identity.account_problem WHERE reference = ${reference}`
  return row
}

/** Locks an open problem for a step. @throws PROBLEM_NOT_FOUND, PROBLEM_CLOSED */
export async function lockProblem(tx: Tx, id: string): Promise<Problem> {
  const [row] = isId(id) ? await tx<Problem[]>`SELECT ${problemColumns(tx)} FROM identity.account_problem WHERE id = ${id} FOR UPDATE` : []
  if (!row) throw errors.PROBLEM_NOT_FOUND()
  if (row.state === 'closed') throw errors.PROBLEM_CLOSED()
  return row
}

const useOf = (id: string): string => `account-problem ${id}`

export const sealStatement = (node: Node, id: string, statement: Statement): string => encrypt(node.config.secret, useOf(id), JSON.stringify(statement))

/** Undefined when it was erased with the account. */
export function openStatement(node: Node, problem: Pick<Problem, 'id' | 'statement'>): Statement | undefined {
  const text = problem.statement === '' ? undefined : decrypt(node.config.secret, useOf(problem.id), problem.statement)
  return text === undefined ? undefined : JSON.parse(text) as Statement
}

export interface ProblemMessage { kind: 'informed' | 'message' | 'result'; at: Date; by: string; words: string }

export async function keepMessage(tx: Tx, ctx: Ctx, message: { id: string; problemId: string; kind: ProblemMessage['kind']; by: string; words: string }): Promise<void> {
  const { id, problemId, kind, by, words } = message
  await tx`INSERT INTO identity.account_problem_message (id, problem_id, kind, at, by, words) VALUES (${id}, ${problemId}, ${kind}, ${ctx.now}, ${by}, ${encrypt(ctx.node.config.secret, useOf(id), words)})`
}

export async function listMessages(db: Db, node: Node, problemId: string): Promise<ProblemMessage[]> {
  const rows = await db<(ProblemMessage & { id: string })[]>`SELECT id, kind, at, by, words FROM identity.account_problem_message WHERE problem_id = ${problemId} ORDER BY at, id`
  return rows.map(({ id, ...row }) => ({ ...row, words: row.words === '' ? '' : decrypt(node.config.secret, useOf(id), row.words) ?? '' }))
}

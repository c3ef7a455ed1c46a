import type { Db, Tx } from '../../../../platform/db.ts'
import { isId } from '../../../../platform/ids.ts'
import type { Node } from '../../../../platform/node.ts'
import { errors } from '../../identity.errors.ts'
import { decrypt, encrypt, keyed } from '../../secrets.ts'

export type RecoveryState = 'started' | 'waiting' | 'objected' | 'refused' | 'done'

/** What was shown and asked for at the desk: personal data, kept encrypted and only until the end. */
export interface RecoveryStatement { idNumber: string; phone: string; card: string }

/** Khôi phục tài khoản tại quầy: a new telephone for somebody who lost the old one. */
export interface Recovery {
  id: string
  reference: string
  statement: string
  state: RecoveryState
  agencyCode: string
  startedAt: Date
  startedBy: string
  confirmedAt: Date | null
  confirmedBy: string | null
  accountId: string | null
  effectiveAt: Date | null
  endedAt: Date | null
}

export const recoveryColumns = (db: Db) => db`id, reference, statement, state, agency_code AS "agencyCode", started_at AS "startedAt", started_by AS "startedBy", confirmed_at AS "confirmedAt", confirmed_by AS "confirmedBy", account_id AS "accountId",
  effective_at AS "effectiveAt", ended_at AS "endedAt"`

const use = (id: string): string => `recovery ${id}`
export const sealRecovery = (node: Node, id: string, statement: RecoveryStatement): string => encrypt(node.config.secret, use(id), JSON.stringify(statement))

export function openRecovery(node: Node, recovery: Pick<Recovery, 'id' | 'statement'>): RecoveryStatement | undefined {
  const text = recovery.statement === '' ? undefined : decrypt(node.config.secret, use(recovery.id), recovery.statement)
  return text === undefined ? undefined : JSON.parse(text) as RecoveryStatement
}

export const personHash = (node: Node, idNumber: string): Buffer => keyed(node.config.secret, 'recovery person', idNumber)
export const objectionHash = (node: Node, letters: string): Buffer => keyed(node.config.secret, 'recovery objection', letters)

/** Of the agency of the officer: what waits for the second officer, then the last hundred. */
export async function listRecoveries(db: Db, agencyCode: string): Promise<Recovery[]> {
  return db<Recovery[]>`SELECT ${recoveryColumns(db)} FROM identity.recovery WHERE agency_code = ${agencyCode} AND from_node IS NULL ORDER BY (state = 'started') DESC, started_at DESC LIMIT 100`
}

/** Locks one of the officer's own agency. @throws RECOVERY_NOT_FOUND */
export async function lockRecovery(tx: Tx, id: string, agencyCode: string): Promise<Recovery> {
  const [row] = isId(id) ? await tx<Recovery[]>`SELECT ${recoveryColumns(tx)} FROM identity.recovery WHERE id = ${id} AND agency_code = ${agencyCode} FOR UPDATE` : []
  if (!row || row.state !== 'started') throw errors.RECOVERY_NOT_FOUND()
  return row
}

/** A change of telephone of this account that waits for its time. */
export async function waitingRecovery(db: Db, accountId: string): Promise<{ id: string; effectiveAt: Date } | undefined> {
  const [row] = await db<{ id: string; effectiveAt: Date }[]>`SELECT id, effective_at AS "effectiveAt" FROM identity.recovery WHERE account_id = ${accountId} AND state = 'waiting'`
  return row
}

import type { Db, Tx } from '../../../platform/db.ts'
import { isId } from '../../../platform/ids.ts'
import type { AccessRule } from '../access/access-rule.ts'
import type { Vouched } from '../certificates/trusted-authority.store.ts'

/** What is proposed: new limits for an audience, trust in an authority (certificate as PEM), or the end of one. */
export type RuleChange =
  | { kind: 'access-rule'; limits: Omit<AccessRule, 'basis'> }
  | { kind: 'trust'; name: string; pem: string; purposes: Vouched[]; revocationUrl: string; softwarePolicies: string[] }
  | { kind: 'distrust'; authorityId: string }

/** Đề nghị: a rule that waits for a second administrator, or waited. `validFrom` is the day, 'YYYY-MM-DD', from which it holds. */
export interface RuleProposal {
  id: string
  change: RuleChange
  validFrom: string
  basis: string
  proposedAt: Date
  proposedBy: string
  state: 'pending' | 'approved' | 'refused' | 'withdrawn'
}

type Row = Omit<RuleProposal, 'change'> & { kind: RuleChange['kind']; detail: Record<string, unknown> }

const columns = (db: Db) => db`id, kind, detail, valid_from::text AS "validFrom", basis, proposed_at AS "proposedAt", proposed_by AS "proposedBy", state`
const toProposal = ({ kind, detail, ...row }: Row): RuleProposal => ({ ...row, change: { kind, ...detail } as RuleChange })

export async function findProposal(db: Db, id: string): Promise<RuleProposal | undefined> {
  if (!isId(id)) return undefined
  const [row] = await db<Row[]>`SELECT ${columns(db)} FROM identity.rule_proposal WHERE id = ${id}`
  return row && toProposal(row)
}

/** Those that wait, the oldest first. */
export async function pendingProposals(db: Db, kinds: readonly RuleChange['kind'][]): Promise<RuleProposal[]> {
  return (await db<Row[]>`SELECT ${columns(db)} FROM identity.rule_proposal WHERE state = 'pending' AND kind = ANY (${[...kinds]}) ORDER BY proposed_at, id`).map(toProposal)
}

export async function insertProposal(tx: Tx, p: Omit<RuleProposal, 'state'>): Promise<void> {
  const { kind, ...detail } = p.change
  await tx`
    INSERT INTO identity.rule_proposal (id, kind, detail, valid_from, basis, proposed_at, proposed_by)
    VALUES (${p.id}, ${kind}, ${tx.json(detail as never)}, ${p.validFrom}, ${p.basis}, ${p.proposedAt}, ${p.proposedBy})`
}

/** False when somebody was quicker. */
export async function closeProposal(tx: Tx, id: string, decision: { state: RuleProposal['state']; at: Date; by: string }): Promise<boolean> {
  const closed = await tx`UPDATE identity.rule_proposal SET state = ${decision.state}, decided_at = ${decision.at}, decided_by = ${decision.by} WHERE id = ${id} AND state = 'pending'`
  return closed.count > 0
}

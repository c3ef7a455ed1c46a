import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { appendEvent } from '../../ledger/index.ts'
import { endTrust, insertTrustedAuthority } from '../certificates/trusted-authority.store.ts'
import { errors } from '../identity.errors.ts'
import { startAccessRule } from './access-rule.store.ts'
import { closeProposal, findProposal, type RuleChange, type RuleProposal } from './rule-proposal.ts'

export type RuleDecision = 'approved' | 'refused' | 'withdrawn'

/**
 * A second administrator approves or refuses a rule, who proposed it takes it back. Approval writes the rule down in the same transaction.
 * @throws RULE_NOT_FOUND, REQUEST_DECIDED, SECOND_PERSON_NEEDED, RULE_TOO_LATE when its day has come, RULE_SUPERSEDED when another one stands in its way
 */
export async function decideRule(ctx: Ctx, kinds: readonly RuleChange['kind'][], proposalId: string, decision: RuleDecision): Promise<void> {
  const { actor, now } = ctx
  const proposal = await findProposal(ctx.db, proposalId)
  if (!proposal || !kinds.includes(proposal.change.kind)) throw errors.RULE_NOT_FOUND()
  if (proposal.state !== 'pending') throw errors.REQUEST_DECIDED()
  if (actor.kind !== 'officer' || (decision === 'withdrawn') !== (actor.id === proposal.proposedBy)) throw errors.SECOND_PERSON_NEEDED()
  if (decision === 'approved' && proposal.validFrom <= civilDate(now)) throw errors.RULE_TOO_LATE()
  await transact(ctx, async (tx) => {
    if (!(await closeProposal(tx, proposal.id, { state: decision, at: now, by: actor.id }))) throw errors.REQUEST_DECIDED()
    if (decision === 'approved' && !(await apply(tx, proposal))) throw errors.RULE_SUPERSEDED()
    await appendEvent(tx, ctx, { type: 'identity.rule_decided', subject: proposal.id, data: { kind: proposal.change.kind, decision, validFrom: proposal.validFrom } })
  })
}

/** False where another rule, decided in the meantime, stands in the way. */
async function apply(tx: Tx, { change, validFrom, basis }: RuleProposal): Promise<boolean> {
  switch (change.kind) {
    case 'access-rule': return startAccessRule(tx, { ...change.limits, validFrom, basis })
    case 'distrust': return endTrust(tx, change.authorityId, validFrom)
    case 'trust':
      await insertTrustedAuthority(tx, { name: change.name, certificate: Buffer.from(change.pem), purposes: change.purposes, revocationUrl: change.revocationUrl, softwarePolicies: change.softwarePolicies, validFrom, basis })
      return true
  }
}

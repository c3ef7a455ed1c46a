import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { newId } from '../../../platform/ids.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../identity.errors.ts'
import { insertProposal, type RuleChange } from './rule-proposal.ts'

export interface RuleInput { /** 'YYYY-MM-DD'; undefined when what was typed is no day. */ validFrom: string | undefined; basis: string; confirmed: boolean }

const longestBasis = 200

/** What is wrong with day, basis and confirmation: a rule begins on a later day, so that nobody is judged by one of which nobody could know. */
export function checkRuleInput(input: RuleInput, now: Date): FieldError[] {
  const mistakes: FieldError[] = []
  if (!input.validFrom || input.validFrom > '2199-12-31') mistakes.push({ field: 'from', key: 'identity.rules.wrong.day' })
  else if (input.validFrom <= civilDate(now)) mistakes.push({ field: 'from', key: 'identity.rules.wrong.past' })
  if (input.basis === '') mistakes.push({ field: 'basis', key: 'identity.rules.wrong.basis' })
  else if ([...input.basis].length > longestBasis) mistakes.push({ field: 'basis', key: 'identity.rules.wrong.basis_long', params: { longest: longestBasis } })
  if (!input.confirmed) mistakes.push({ field: 'confirmed', key: 'identity.rules.wrong.confirmed' })
  return mistakes
}

/** An administrator proposes a rule; another decides. `validFrom` has been checked. */
export async function proposeRule(ctx: Ctx, change: RuleChange, rule: { validFrom: string; basis: string }): Promise<string> {
  const { actor, now } = ctx
  if (actor.kind !== 'officer') throw errors.SECOND_PERSON_NEEDED()
  const id = newId(now.getTime())
  await transact(ctx, async (tx) => {
    await insertProposal(tx, { id, change, ...rule, proposedAt: now, proposedBy: actor.id })
    await appendEvent(tx, ctx, { type: 'identity.rule_proposed', subject: id, data: { kind: change.kind, validFrom: rule.validFrom } })
  })
  return id
}

import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { appendEvent } from '../ledger/index.ts'
import { errors } from './calendar.errors.ts'
import type { RuleSet } from './rule-set.ts'

export type NewRuleSet = Omit<RuleSet, 'validTo'>

/**
 * New rules of time limits for dossiers received from their first day on; the set before ends there. Dossiers keep the set under which they were received.
 * @throws RULES_TAKEN where a set has this code or begins on or after this day
 */
export async function insertRules(tx: Tx, ctx: Ctx, { code, validFrom, title, rules, articles }: NewRuleSet): Promise<void> {
  const [taken] = await tx`SELECT 1 FROM calendar.rule_set WHERE code = ${code} OR valid_from >= ${validFrom}`
  if (taken) throw errors.RULES_TAKEN()
  await tx`UPDATE calendar.rule_set SET valid_to = ${validFrom} WHERE valid_to IS NULL`
  await tx`INSERT INTO calendar.rule_set (code, valid_from, title, rules, articles) VALUES (${code}, ${validFrom}, ${title}, ${tx.json(rules as never)}, ${tx.json(articles)})`
  await appendEvent(tx, ctx, { type: 'calendar.rules_set', subject: code, data: { validFrom, gone: false } })
}

/** Takes back a set whose first day has not come; the one before goes on. @throws RULES_NOT_FOUND */
export async function deleteRules(tx: Tx, ctx: Ctx, code: string, today: string): Promise<void> {
  const [gone] = await tx<{ validFrom: string }[]>`DELETE FROM calendar.rule_set WHERE code = ${code} AND valid_from > ${today} AND valid_to IS NULL RETURNING valid_from AS "validFrom"`
  if (!gone) throw errors.RULES_NOT_FOUND()
  await tx`UPDATE calendar.rule_set SET valid_to = NULL WHERE valid_to = ${gone.validFrom}`
  await appendEvent(tx, ctx, { type: 'calendar.rules_set', subject: code, data: { validFrom: gone.validFrom, gone: true } })
}

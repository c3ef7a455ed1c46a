import type { Ctx } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import { civilDate } from '../../platform/i18n.ts'
import { isRefusal } from '../../platform/errors.ts'
import { findTableOn, listTableKeys } from './decisions.store.ts'
import { tryDecision, type DecisionInputs } from './decide.ts'

/** A fee in đồng with the article that it rests on, and the table and inputs by which the same is decided and recorded. */
export interface DecidedFee { amount: number; ground: string; key: string; inputs: DecisionInputs }

/**
 * The fee of a procedure by its decision table in force at `at` ("phí, lệ phí theo bảng quyết định"), for answers by the names of their fields: of these only those go
 * in that the table names. Undefined where the procedure has no such table, or the answers do not say enough yet.
 */
export async function feeByTable(db: Db, ctx: Ctx, procedure: string, answers: DecisionInputs, at: Date): Promise<DecidedFee | undefined> {
  for (const key of await listTableKeys(db, 'fee', procedure)) {
    const found = await findTableOn(db, key, civilDate(at))
    if (!found) continue
    const inputs = Object.fromEntries(found.definition.table.inputs.flatMap(({ expression }) => (answers[expression] === undefined ? [] : [[expression, answers[expression]]])))
    try {
      const { result, ground } = await tryDecision(db, ctx, key, inputs, at)
      if (typeof result === 'number' && Number.isSafeInteger(result) && result >= 0) return { amount: result, ground, key, inputs }
    } catch (error) {
      // Not enough is known yet: what was published beside the procedure stands.
      if (!isRefusal(error, 'UNDECIDED')) throw error
    }
  }
  return undefined
}

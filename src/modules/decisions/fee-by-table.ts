import type { Ctx } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import { civilDate } from '../../platform/i18n.ts'
import { isRefusal } from '../../platform/errors.ts'
import { findTableOn, listTableKeys } from './decisions.store.ts'
import { tryDecision, type DecisionInputs } from './decide.ts'
import type { JsonValue } from './json-value.ts'

/** A fee in đồng with the article that it rests on, and the table and inputs by which the same is decided and recorded. */
export interface DecidedFee { amount: number; ground: string; title: { vi: string; en: string }; key: string; inputs: DecisionInputs }

/**
 * The fee of a procedure by its decision table in force at `at` ("phí, lệ phí theo bảng quyết định"), for answers by the names of their fields: of these, and of
 * the entries of groups, only those go in that the table names. Undefined where the procedure has no such table, or the answers do not say enough yet.
 */
export async function feeByTable(db: Db, ctx: Ctx, procedure: string, answers: DecisionInputs, at: Date): Promise<DecidedFee | undefined> {
  for (const key of await listTableKeys(db, 'fee', procedure)) {
    const found = await findTableOn(db, key, civilDate(at))
    if (!found) continue
    const cells = found.definition.table.rules.flatMap((rule) => [...rule.inputs, ...rule.outputs]).join('\n')
    const inputs = Object.fromEntries(found.definition.table.inputs.flatMap(({ expression }) => (answers[expression] === undefined ? [] : [[expression, onlyNamed(answers[expression], cells)]])))
    try {
      const { result, ground, title } = await tryDecision(db, ctx, key, inputs, at)
      if (typeof result === 'number' && Number.isSafeInteger(result) && result >= 0) return { amount: result, ground, title, key, inputs }
    } catch (error) {
      // Not enough is known yet: what was published beside the procedure stands.
      if (!isRefusal(error, 'UNDECIDED')) throw error
    }
  }
  return undefined
}

/** A value without the entries that no cell mentions: what a decision does not look at is not kept with it. */
function onlyNamed(value: JsonValue, cells: string): JsonValue {
  if (Array.isArray(value)) return value.map((item) => onlyNamed(item, cells))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([name]) => cells.includes(name)).map(([name, item]) => [name, onlyNamed(item, cells)]))
}

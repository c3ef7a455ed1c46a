import type { Ctx } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import { isRefusal } from '../../platform/errors.ts'
import { civilDate } from '../../platform/i18n.ts'
import { createMemory } from '../../platform/memory.ts'
import { tryDecision, type DecisionInputs } from './decide.ts'
import { findTableOn, listTableKeys } from './decisions.store.ts'
import type { JsonValue } from './json-value.ts'
import type { TableDefinition } from './table-definition.ts'

/** An answer with the article that it rests on, and the table and inputs by which the same is decided and recorded. */
export interface ByTable<T> { answer: T; ground: string; title: { vi: string; en: string }; key: string; version: number; inputs: DecisionInputs }

/** Answers are by the names of their fields: of these, and of the entries of groups, only those go in that the table names. */
export interface Asked { procedure: string; answers: DecisionInputs; at: Date }

/**
 * The fee of a procedure in đồng by its decision table in force at `at` ("phí, lệ phí theo bảng quyết định"). Undefined where the procedure has no such table, or the
 * answers do not say enough yet.
 */
export const feeByTable = (db: Db, ctx: Ctx, asked: Asked): Promise<ByTable<number> | undefined> =>
  byTable(db, ctx, 'fee', asked, (result) => (typeof result === 'number' && Number.isSafeInteger(result) && result >= 0 ? result : undefined))

/** The time limit of a case ("thời hạn giải quyết theo trường hợp"), in the unit of the limit that is published for the procedure; undefined as for the fee. */
export const limitByTable = (db: Db, ctx: Ctx, asked: Asked): Promise<ByTable<number> | undefined> =>
  byTable(db, ctx, 'time-limit', asked, (result) => (typeof result === 'number' && Number.isSafeInteger(result) && result >= 1 && result <= 3650 ? result : undefined))

/** Who decides a case ("thẩm quyền theo trường hợp"): a level, or an agency by its code. Undefined as for the fee. */
export const routeByTable = (db: Db, ctx: Ctx, asked: Asked): Promise<ByTable<string> | undefined> =>
  byTable(db, ctx, 'routing', asked, (result) => (typeof result === 'string' && /^(ministry|province|commune|[A-Z]\d{2}(\.[\w-]+)*)$/.test(result) ? result : undefined))

/** Which components a case needs ("thành phần hồ sơ theo trường hợp"), by their published Vietnamese names; undefined as for the fee. */
export const componentsByTable = (db: Db, ctx: Ctx, asked: Asked): Promise<ByTable<readonly string[]> | undefined> =>
  byTable(db, ctx, 'components', asked, (result) => {
    const names = Array.isArray(result) ? result.flat() : [result]
    return names.every((name) => typeof name === 'string') ? names : undefined
  })

const { remember } = createMemory({ capacity: 5_000, inActs: true })
const keysOf = (db: Db, purpose: TableDefinition['purpose'], procedure: string): Promise<string[]> => remember(db, `${purpose} ${procedure}`, (from) => listTableKeys(from, purpose, procedure))

/** Whether answers need to be read at all. */
export const hasTable = async (db: Db, purpose: TableDefinition['purpose'], procedure: string): Promise<boolean> => (await keysOf(db, purpose, procedure)).length > 0

async function byTable<T>(db: Db, ctx: Ctx, purpose: TableDefinition['purpose'], { procedure, answers, at }: Asked, read: (result: JsonValue) => T | undefined): Promise<ByTable<T> | undefined> {
  for (const key of await keysOf(db, purpose, procedure)) {
    const found = await findTableOn(db, key, civilDate(at))
    if (!found) continue
    const cells = found.definition.table.rules.flatMap((rule) => [...rule.inputs, ...rule.outputs]).join('\n')
    const inputs = Object.fromEntries(found.definition.table.inputs.flatMap(({ expression }) => (answers[expression] === undefined ? [] : [[expression, onlyNamed(answers[expression], cells)]])))
    try {
      const { result, ground, title, version } = await tryDecision(db, ctx, key, inputs, at)
      const answer = read(result)
      if (answer !== undefined) return { answer, ground, title, key, version, inputs }
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

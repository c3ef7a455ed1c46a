import { actorKey } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Db, Tx } from '../../platform/db.ts'
import { civilDate } from '../../platform/i18n.ts'
import { newId } from '../../platform/ids.ts'
import { errors } from './decisions.errors.ts'
import { findTableOn, insertDecision, type TableVersion } from './decisions.store.ts'
import { prepareTable } from './evaluate-table.ts'
import { fromJson, toJson, type JsonValue } from './json-value.ts'

export type DecisionInputs = Readonly<Record<string, JsonValue>>
/** `result`: a value where the table has one output, an object by output where it has several, a list of either where it collects. */
export interface Decided { version: number; result: JsonValue; ground: string; title: TableVersion['definition']['title'] }

/** Tables by the hash of their content: made ready once per process. */
const ready = new Map<string, ReturnType<typeof prepareTable>>()
const mostKept = 500

/**
 * Takes a decision by a table of that key in force at `at`, and records it with its inputs and the version. Dates go in as "2026-11-27", amounts as
 * numbers in đồng; an input that is left out is null.
 * @returns the result with the id of the record
 * @throws TABLE_NOT_FOUND where none is in force; INPUT_UNKNOWN for an input that the table does not name; UNDECIDED where no rule fits or a cell fails
 */
export async function decide(tx: Tx, ctx: Ctx, key: string, inputs: DecisionInputs, at: Date): Promise<Decided & { id: string }> {
  const decided = await tryDecision(tx, ctx, key, inputs, at)
  const id = newId(ctx.now.getTime())
  await insertDecision(tx, { id, key, version: decided.version, asOf: civilDate(at), inputs: { ...inputs }, result: decided.result, takenAt: ctx.now, takenBy: actorKey(ctx.actor) })
  return { ...decided, id }
}

/** Names of what a table in force at `at` looks at; undefined where none is. */
export async function inputsOf(db: Db, key: string, at: Date): Promise<string[] | undefined> {
  return (await findTableOn(db, key, civilDate(at)))?.definition.table.inputs.map((input) => input.expression)
}

/** What would be decided, for a page that shows it beforehand: nothing is recorded. @throws as decide */
export async function tryDecision(db: Db, ctx: Ctx, key: string, inputs: DecisionInputs, at: Date): Promise<Decided> {
  const found = await findTableOn(db, key, civilDate(at))
  if (!found) throw errors.TABLE_NOT_FOUND({ key })
  const { definition: { table, ground, title }, version, hash } = found
  const unknown = Object.keys(inputs).find((name) => !table.inputs.some((input) => input.expression === name))
  if (unknown !== undefined) throw errors.INPUT_UNKNOWN({ key, name: unknown })
  const decideBy = ready.get(hash) ?? prepareTable(table)
  if (ready.size >= mostKept) ready.clear()
  ready.set(hash, decideBy)
  const { value, problems } = decideBy(new Map(table.inputs.map(({ expression, typeRef }) => [expression, fromJson(inputs[expression], typeRef)])), at)
  if (value === null) throw errors.UNDECIDED({ key, version, reason: problems[0] ? ctx.t(`decisions.feel.${problems[0].reason}`, { about: '', at: 0 }) : ctx.t('decisions.noRule') })
  return { version, result: toJson(value), ground, title }
}

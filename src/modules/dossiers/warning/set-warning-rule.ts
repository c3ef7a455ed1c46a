import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { civilDate, formatDate } from '../../../platform/i18n.ts'
import { joinDate, type DateParts } from '../../../ui/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../dossiers.errors.ts'
import { deleteWarningRule, insertWarningRule, levels, listWarningRules, type Level, type WarningRule } from './warning.store.ts'

/** As it was typed; hours empty where nobody of that level is to be warned. */
export interface TypedRule { code: string; title: string; validFrom: DateParts; hours: Record<Level, string> }

const codePattern = /^[a-z0-9][a-z0-9-]{1,39}$/
const longestTitle = 300
export const mostHours = 400

/** A new rule of warnings from its first day on; the one before ends there. Mistakes in what was typed come back, and nothing happens. */
export async function setWarningRule(ctx: Ctx, typed: TypedRule): Promise<FieldError[]> {
  const mistakes = check(typed, await listWarningRules(ctx.db), civilDate(ctx.now))
  if (mistakes.length > 0) return mistakes
  const rule = { code: typed.code, title: typed.title, validFrom: joinDate(typed.validFrom)!, hours: Object.fromEntries(levels.map((level) => [level, typed.hours[level] === '' ? null : Number(typed.hours[level])])) as WarningRule['hours'] }
  return transact(ctx, async (tx) => {
    // Somebody else was quicker.
    if (!(await insertWarningRule(tx, rule))) return [{ field: 'validFrom', key: 'dossiers.warning.invalid.taken' }]
    await appendEvent(tx, ctx, { type: 'warning.rules_set', subject: rule.code, data: { validFrom: rule.validFrom, gone: false } })
    return []
  })
}

/** Takes back a rule whose first day has not come. @throws NOT_FOUND */
export async function removeWarningRule(ctx: Ctx, code: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const validFrom = await deleteWarningRule(tx, code, civilDate(ctx.now))
    if (!validFrom) throw errors.NOT_FOUND()
    await appendEvent(tx, ctx, { type: 'warning.rules_set', subject: code, data: { validFrom, gone: true } })
  })
}

function check(typed: TypedRule, rules: readonly WarningRule[], today: string): FieldError[] {
  const from = joinDate(typed.validFrom)
  const last = rules.at(-1)?.validFrom ?? ''
  const after = last > today ? last : today
  const isNumber = (text: string): boolean => /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= mostHours
  const given = levels.filter((level) => typed.hours[level] !== '')
  const wrong = given.filter((level) => !isNumber(typed.hours[level]))
  // Who is above is not warned before who does the work.
  const turned = wrong.length > 0 ? [] : given.filter((level, i) => i > 0 && Number(typed.hours[level]) > Number(typed.hours[given[i - 1]!]))
  return [
    ...(typed.title === '' || [...typed.title].length > longestTitle ? [{ field: 'title', key: 'dossiers.warning.invalid.title' }] : []),
    ...(!codePattern.test(typed.code) ? [{ field: 'code', key: 'dossiers.warning.invalid.code' }] : rules.some((rule) => rule.code === typed.code) ? [{ field: 'code', key: 'dossiers.warning.invalid.codeTaken' }] : []),
    ...(from === undefined ? [{ field: 'validFrom', key: 'dossiers.warning.invalid.date' }] : from <= after ? [{ field: 'validFrom', key: 'dossiers.warning.invalid.day', params: { after: formatDate(after) } }] : []),
    ...wrong.map((level) => ({ field: level, key: 'dossiers.warning.invalid.hours', params: { most: mostHours } })),
    ...turned.map((level) => ({ field: level, key: 'dossiers.warning.invalid.order' })),
    ...(given.length === 0 ? [{ field: 'officer', key: 'dossiers.warning.invalid.nobody' }] : []),
  ]
}

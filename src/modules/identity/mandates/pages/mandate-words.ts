import type { Ctx } from '../../../../platform/ctx.ts'
import { civilDate, formatDate, type Lang, type Translate } from '../../../../platform/i18n.ts'
import type { Tone } from '../../../../ui/index.ts'
import type { Scope, StateAt } from '../mandate.ts'
import { scopeNames } from '../scope-names.ts'

/** The last day of a mandate: it holds through that day in Vietnam. */
export const lastDay = (expiresAt: Date): string => civilDate(new Date(expiresAt.getTime() - 1))

/** "27/11/2026 – 26/11/2027"; a legal representative's has no end of its own. */
export function termWords(t: Translate, m: { startsAt: Date; expiresAt: Date | null }): string {
  return m.expiresAt ? t('identity.mandates.term', { from: formatDate(m.startsAt), to: formatDate(lastDay(m.expiresAt)) }) : t('identity.mandates.termByRegister', { from: formatDate(m.startsAt) })
}

/** Names of the sectors or procedures in a scope, or that it has no bounds. */
export async function scopeWords(ctx: Ctx, scope: Scope): Promise<string[]> {
  if (scope.kind === 'all') return [ctx.t('identity.mandates.scope.all')]
  const names = await namesOf(ctx, scope, ctx.lang)
  return scope.codes.map((code) => (names.has(code) && names.get(code) !== code ? `${names.get(code)} (${code})` : code))
}

async function namesOf(ctx: Ctx, scope: Scope, lang: Lang): Promise<ReadonlyMap<string, string>> {
  const names = scopeNames(ctx.node)
  if (scope.kind === 'procedures') return names.procedures(ctx.db, scope.codes, lang)
  return new Map((await names.sectors(ctx.db, lang)).map(({ code, name }) => [code, name]))
}

export const rightWords = (t: Translate, rights: readonly string[]): string[] => rights.map((right) => t(`identity.mandates.right.${right}`))

export const stateTones: Readonly<Record<StateAt, Tone>> = { offered: 'attention', 'awaiting-paper': 'paused', accepted: 'done', waiting: 'paused', refused: 'stopped', withdrawn: 'stopped', lapsed: 'neutral', expired: 'neutral' }

import type { Actor } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Db } from '../../../platform/db.ts'
import type { Lang } from '../../../platform/i18n.ts'
import { findFormUse, listFormUses, type FormUse } from '../../catalogue/index.ts'
import { agenciesInWords, nodeOfAgency } from '../../organisations/index.ts'
import { errors } from '../forms.errors.ts'
import { findPurpose } from './purpose.store.ts'

/** The ministry or province that answers for a form: that of all procedures which use it. Undefined where there are none, or several owners. */
export function ownerOf(uses: readonly Pick<FormUse, 'owner'>[]): string | undefined {
  const [first] = uses
  return first?.owner && uses.every((use) => use.owner === first.owner) ? first.owner : undefined
}

/** Names of all who answer for one of these procedures. */
export const ownersInWords = (db: Db, uses: readonly Pick<FormUse, 'owner'>[], lang: Lang): Promise<Map<string, string>> => agenciesInWords(db, uses.flatMap((use) => use.owner ?? []), lang)

export const ownerInWords = (names: ReadonlyMap<string, string>, uses: readonly Pick<FormUse, 'owner'>[]): string => names.get(ownerOf(uses) ?? '') ?? '–'

export const isOwnForm = (actor: Actor, uses: readonly FormUse[]): boolean => actor.kind === 'officer' && nodeOfAgency(actor.agencyCode) === ownerOf(uses)

/** The procedures that are filed by a form, and the one for which it was begun. */
export async function usesOf(db: Db, key: string): Promise<FormUse[]> {
  const [uses, purpose] = await Promise.all([listFormUses(db, key), findPurpose(db, key)])
  if (purpose === undefined || uses.some((use) => use.code === purpose)) return uses
  const begunFor = await findFormUse(db, purpose)
  return begunFor ? [...uses, { ...begunFor, formKey: key }] : uses
}

/** The procedures of a form that the officer may work on. @throws NOT_AUTHOR at a local node, FORM_NOT_OWN */
export async function requireOwnForm(db: Db, ctx: Ctx, key: string): Promise<FormUse[]> {
  if (ctx.node.config.kind !== 'national') throw errors.NOT_AUTHOR()
  const uses = await usesOf(db, key)
  if (!isOwnForm(ctx.actor, uses)) throw errors.FORM_NOT_OWN({ owner: ownerInWords(await ownersInWords(db, uses, ctx.lang), uses) })
  return uses
}

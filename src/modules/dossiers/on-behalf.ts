import type { Person } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import { getCurrentProcedure } from '../catalogue/index.ts'
import { covers, findActingRight, listActingRights, type ActingRight } from '../identity/index.ts'
import type { Dossier } from './dossier.ts'
import { errors } from './dossiers.errors.ts'
import type { DraftHolder } from './drafts.store.ts'
import type { Party } from './dossiers.store.ts'
import { findReported } from './reported/reported.store.ts'

/** Whose matters a person sees and files in this session: the represented party's while acting for one, else his own. */
export function partyOf(person: Person): Party {
  const { actingFor } = person
  if (!actingFor) return { accountId: person.id, subjects: [person.subject] }
  return { accountId: actingFor.kind === 'person' ? actingFor.id : undefined, subjects: actingFor.subjects }
}

/** The same for drafts. */
export const draftHolder = (person: Person): DraftHolder => ({ accountId: person.id, subjects: partyOf(person).subjects, acting: person.actingFor !== undefined })

/** The sector of a procedure as the catalogue has it today. */
async function procedureOf(db: Db, code: string, now: Date): Promise<{ code: string; sector: string | undefined }> {
  return { code, sector: (await getCurrentProcedure(db, code, now))?.content.sector.code }
}

/** May the person do this about the procedure: always for himself, under a mandate only what it gives. */
export async function mayUnderMandate(ctx: Ctx, person: Person, right: ActingRight, procedureCode: string): Promise<boolean> {
  const { actingFor } = person
  if (!actingFor) return true
  return actingFor.rights.includes(right) && covers(actingFor.scope, await procedureOf(ctx.db, procedureCode, ctx.now))
}

/**
 * Stops what a mandate does not cover before anything is filled in or filed, and everything after a right to act ended until the person knows.
 * @throws MANDATE_ENDED, OUT_OF_MANDATE
 */
export async function assertUnderMandate(ctx: Ctx, person: Person, right: ActingRight, procedureCode: string): Promise<void> {
  if (person.actingEnded) throw errors.MANDATE_ENDED()
  if (!(await mayUnderMandate(ctx, person, right, procedureCode))) throw errors.OUT_OF_MANDATE({ name: person.actingFor?.name ?? '' })
}

/** Of these procedures, those that the session may see: all for oneself, under a mandate those in its scope. */
export async function coveredProcedures(ctx: Ctx, person: Person, codes: readonly string[]): Promise<string[] | undefined> {
  const { actingFor } = person
  if (!actingFor || actingFor.scope.kind === 'all') return undefined
  const procedures = await Promise.all(codes.map((code) => procedureOf(ctx.db, code, ctx.now)))
  return procedures.filter((procedure) => covers(actingFor.scope, procedure)).map(({ code }) => code)
}

/** Whose it is, who filed it and for which procedure: of a dossier, and of a linked group. */
export type Owned = Pick<Dossier, 'accountId' | 'ownerSubject' | 'mandateId' | 'filerAccountId' | 'procedureCode'>

const isOfParty = (d: Pick<Dossier, 'accountId' | 'ownerSubject'>, party: Party): boolean =>
  (d.accountId !== null && d.accountId === party.accountId) || (d.ownerSubject !== null && party.subjects.includes(d.ownerSubject))

/**
 * May the person see this dossier: its owner; who acts for the owner, within the scope; who filed it under a mandate that still holds.
 */
export async function maySee(ctx: Ctx, person: Person, d: Owned): Promise<boolean> {
  if (isOfParty(d, partyOf(person))) return (await coveredProcedures(ctx, person, [d.procedureCode]))?.includes(d.procedureCode) ?? true
  if (person.actingFor || !d.mandateId || d.filerAccountId !== person.id) return false
  return (await findActingRight(ctx.db, person.id, d.mandateId, ctx.now)) !== undefined
}

/** What somebody wants to act on: a dossier, or what groups several. */
type Target = Owned & Partial<Pick<Dossier, 'id' | 'nodeCode'>>

/** Another system only tells of it: nothing that is asked here would reach who handles it. */
const isToldOnly = async (ctx: Ctx, d: Target): Promise<boolean> => d.id !== undefined && d.nodeCode !== undefined && d.nodeCode !== ctx.node.config.code && (await findReported(ctx.db, d.id)) !== undefined

/** May the person act on this dossier: the owner, or who acts for the owner now with this right. Who only filed it has to say first that he acts. */
export async function mayActOn(ctx: Ctx, person: Person, right: ActingRight, d: Target): Promise<boolean> {
  return !person.actingEnded && isOfParty(d, partyOf(person)) && await mayUnderMandate(ctx, person, right, d.procedureCode) && !(await isToldOnly(ctx, d))
}

/** @throws TOLD_ONLY, OUT_OF_MANDATE, MANDATE_ENDED */
export async function assertMayAct(ctx: Ctx, person: Person, d: Target): Promise<void> {
  if (await isToldOnly(ctx, d)) throw errors.TOLD_ONLY()
  if (!(await mayActOn(ctx, person, 'submit', d))) throw person.actingEnded ? errors.MANDATE_ENDED() : errors.OUT_OF_MANDATE({ name: (person.actingFor ?? person).name })
}

/** Ids of the mandates under which a person may act now. */
export async function mandatesInForce(ctx: Ctx, person: Person): Promise<string[]> {
  return (await listActingRights(ctx.db, person.id, ctx.now)).map((right) => right.mandateId)
}

/** May the person read letters and results of this dossier? */
export async function mayReceive(ctx: Ctx, person: Person, d: Owned): Promise<boolean> {
  if (isOfParty(d, partyOf(person))) return mayUnderMandate(ctx, person, 'receive', d.procedureCode)
  if (person.actingFor || !d.mandateId || d.filerAccountId !== person.id) return false
  return (await findActingRight(ctx.db, person.id, d.mandateId, ctx.now))?.rights.includes('receive') ?? false
}

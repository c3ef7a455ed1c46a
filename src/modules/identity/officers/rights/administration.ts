import { coversAgency, scopesOf, type Actor, type RoleScope } from '../../../../platform/actor.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { Db } from '../../../../platform/db.ts'
import type { Node } from '../../../../platform/node.ts'
import { errors } from '../../identity.errors.ts'
import { officerAdministrators, type Role } from '../../roles.ts'
import { findOfficer, type Officer } from '../officer.store.ts'

/** The national node's own agency stands above every agency that has officers there. */
export function covers(node: Node, above: string, agencyCode: string): boolean {
  return coversAgency(above, agencyCode) || (node.config.kind === 'national' && above === node.config.code)
}

const administrations = (actor: Actor): RoleScope[] => (actor.kind === 'officer' ? scopesOf(actor).filter((s) => s.inPlaceOf === undefined && (officerAdministrators as readonly string[]).includes(s.role)) : [])

/** The agencies for which an actor is a high-level account, each with those below it; none that another of them covers. */
export function administeredAgencies(ctx: Pick<Ctx, 'actor' | 'node'>): string[] {
  const codes = [...new Set(administrations(ctx.actor).map((s) => s.agencyCode))]
  return codes.filter((code) => !codes.some((other) => other !== code && covers(ctx.node, other, code)))
}

/** Whether an actor may act on officers of an agency: his own and those below it (S4 art. 16.1, 48). The program itself may. */
export function administers(ctx: Pick<Ctx, 'actor' | 'node'>, agencyCode: string): boolean {
  return ctx.actor.kind === 'system' || administrations(ctx.actor).some((s) => covers(ctx.node, s.agencyCode, agencyCode))
}

/** Whether an actor may give or take a role for an agency. Who does not run the node cannot make others run it. */
export function mayGive(ctx: Pick<Ctx, 'actor' | 'node'>, role: Role, agencyCode: string): boolean {
  if (ctx.actor.kind === 'system') return true
  const { code, kind } = ctx.node.config
  if ((role === 'agency-admin' || role === 'national-admin') && agencyCode !== code) return false
  if (role === 'national-admin' && kind !== 'national') return false
  const givers: readonly string[] = role === 'national-admin' ? ['national-admin'] : role === 'agency-admin' ? ['agency-admin', 'national-admin'] : officerAdministrators
  return administrations(ctx.actor).some((s) => givers.includes(s.role) && covers(ctx.node, s.agencyCode, agencyCode))
}

/**
 * The officer, where the actor is a high-level account of his agency or one above. What one may not know exists is not found.
 * @throws OFFICER_NOT_FOUND
 */
export async function administeredOfficer(ctx: Ctx, officerId: string, db: Db = ctx.db): Promise<Officer> {
  const officer = await findOfficer(db, officerId)
  if (!officer || !administers(ctx, officer.agencyCode)) throw errors.OFFICER_NOT_FOUND()
  return officer
}

/** As administeredOfficer, for acts: nobody administers himself. @throws OFFICER_NOT_FOUND, OWN_ACCOUNT */
export async function officerToChange(ctx: Ctx, officerId: string, db?: Db): Promise<Officer> {
  const officer = await administeredOfficer(ctx, officerId, db)
  if (ctx.actor.kind === 'officer' && ctx.actor.id === officer.id) throw errors.OWN_ACCOUNT()
  return officer
}

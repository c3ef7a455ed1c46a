import { coversAgency, scopesOf, type RoleScope } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import { procedureCodesOfSectors } from '../catalogue/index.ts'
import { dutiesOfUnits, holdersOf } from '../identity/index.ts'
import { unitsGivenSteps } from '../process/index.ts'
import type { Dossier } from './dossier.ts'
import { errors } from './dossiers.errors.ts'

/** Dossiers that an officer reaches: those of an agency and below it, perhaps only of some procedures. */
export interface DeskReach { agencyCode: string; procedureCodes: ReadonlySet<string> | undefined; inPlaceOf: string | undefined }

export type DeskPermission = 'dossiers.view' | 'dossiers.receive' | 'dossiers.handle'

/**
 * What an officer reaches by the roles that hold a permission, own ones first. A sector stands for its procedures of today, a unit for the
 * procedures and sectors that its agency gave it.
 */
export async function deskReach(ctx: Ctx, permission: DeskPermission, db: Db = ctx.db): Promise<DeskReach[]> {
  const { actor } = ctx
  if (actor.kind !== 'officer') return []
  if (!actor.scopes) return [{ agencyCode: actor.agencyCode, procedureCodes: undefined, inPlaceOf: undefined }]
  const holding = holdersOf(permission) as readonly string[]
  const scopes = scopesOf(actor).filter((scope) => holding.includes(scope.role))
  const duties = await dutiesOfUnits(db, scopes.flatMap((s) => s.unitId ?? []), ctx.now)
  const sectors = await procedureCodesOfSectors(db, [...scopes, ...duties].flatMap((s) => s.sectorCode ?? []))
  const reaches = scopes.map((scope): DeskReach => ({ agencyCode: scope.agencyCode, inPlaceOf: scope.inPlaceOf, procedureCodes: proceduresOf(scope, duties, sectors) }))
  return reaches.sort((a, b) => Number(a.inPlaceOf !== undefined) - Number(b.inPlaceOf !== undefined))
}

type Duties = Awaited<ReturnType<typeof dutiesOfUnits>>

/** Undefined for a role that is not limited. */
function proceduresOf(scope: RoleScope, duties: Duties, sectors: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> | undefined {
  const ofUnit = (unitId: string): string[] => duties.filter((d) => d.unitId === unitId).flatMap((d) => (d.procedureCode ? [d.procedureCode] : (sectors.get(d.sectorCode!) ?? [])))
  const limits = [
    ...(scope.procedureCode === null ? [] : [new Set([scope.procedureCode])]),
    ...(scope.sectorCode === null ? [] : [new Set(sectors.get(scope.sectorCode) ?? [])]),
    ...(scope.unitId === null ? [] : [new Set(ofUnit(scope.unitId))]),
  ]
  return limits.length === 0 ? undefined : limits.reduce((a, b) => new Set([...a].filter((code) => b.has(code))))
}

const reached = (reach: DeskReach, dossier: Pick<Dossier, 'agencyCode' | 'procedureCode'>): boolean =>
  coversAgency(reach.agencyCode, dossier.agencyCode) && (reach.procedureCodes === undefined || reach.procedureCodes.has(dossier.procedureCode))

/** Whether a dossier is of the desk, the officer's roles read once for many. */
export async function reachedByDesk(ctx: Ctx, permission: DeskPermission): Promise<(dossier: Pick<Dossier, 'agencyCode' | 'procedureCode'>) => boolean> {
  const reach = await deskReach(ctx, permission)
  return (dossier) => reach.some((r) => reached(r, dossier))
}

/** A unit that was given a step of a dossier reaches it while the step is open, though the matter is another unit's. */
async function byGivenStep({ actor }: Ctx, dossier: Pick<Dossier, 'id' | 'agencyCode'>, permission: DeskPermission, db: Db): Promise<{ inPlaceOf: string | undefined } | undefined> {
  if (actor.kind !== 'officer') return undefined
  const holding = holdersOf(permission) as readonly string[]
  const limited = scopesOf(actor).filter((scope) => scope.unitId !== null && scope.procedureCode === null && scope.sectorCode === null && holding.includes(scope.role) && coversAgency(scope.agencyCode, dossier.agencyCode))
  const units = limited.length === 0 ? [] : await unitsGivenSteps(db, dossier.id)
  const scope = limited.find((one) => units.includes(one.unitId!))
  return scope && { inPlaceOf: scope.inPlaceOf }
}

/**
 * What an officer may not know exists is not found. Answers in whose place he acts, where it is not by his own right. @throws NOT_FOUND
 */
export async function assertOfDesk(ctx: Ctx, dossier: Pick<Dossier, 'id' | 'agencyCode' | 'procedureCode'>, permission: DeskPermission = 'dossiers.view', db?: Db): Promise<{ inPlaceOf: string | undefined }> {
  const found = (await deskReach(ctx, permission, db)).find((reach) => reached(reach, dossier)) ?? await byGivenStep(ctx, dossier, permission, db ?? ctx.db)
  if (!found) throw errors.NOT_FOUND()
  return found
}

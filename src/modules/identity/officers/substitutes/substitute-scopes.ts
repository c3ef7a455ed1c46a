import { coversAgency, type RoleScope } from '../../../../platform/actor.ts'
import { isSubstitutable } from '../../roles.ts'

/**
 * What a substitute reaches for another: the other's roles, each where both reach. Never wider than the other's rights, and never into an agency,
 * unit, sector or procedure for which the substitute was not cleared himself. Roles of administration are left out.
 */
export function substituteScopes(own: readonly RoleScope[], others: readonly RoleScope[], inPlaceOf: string): RoleScope[] {
  const cleared = own.filter((scope) => isSubstitutable(scope.role) && scope.inPlaceOf === undefined)
  const found = others.filter((scope) => isSubstitutable(scope.role)).flatMap((other) => cleared.flatMap((mine) => {
    const both = intersect(other, mine)
    return both ? [{ ...both, role: other.role, inPlaceOf }] : []
  }))
  const key = (s: RoleScope): string => [s.role, s.agencyCode, s.unitId, s.sectorCode, s.procedureCode].join('\n')
  return [...new Map(found.map((scope) => [key(scope), scope])).values()]
}

type Reach = Omit<RoleScope, 'role' | 'inPlaceOf'>

/** Undefined where nothing is reached by both. */
function intersect(a: Reach, b: Reach): Reach | undefined {
  const agencyCode = coversAgency(a.agencyCode, b.agencyCode) ? b.agencyCode : coversAgency(b.agencyCode, a.agencyCode) ? a.agencyCode : undefined
  const narrower = (one: string | null, two: string | null): string | null | undefined => (one === null ? two : two === null || one === two ? one : undefined)
  const unitId = narrower(a.unitId, b.unitId)
  const sectorCode = narrower(a.sectorCode, b.sectorCode)
  const procedureCode = narrower(a.procedureCode, b.procedureCode)
  return agencyCode === undefined || unitId === undefined || sectorCode === undefined || procedureCode === undefined ? undefined : { agencyCode, unitId, sectorCode, procedureCode }
}

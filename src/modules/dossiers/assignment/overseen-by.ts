import { scopesOf, type Officer } from '../../../platform/actor.ts'

/** Whose steps an officer oversees: as leader those of the agency and below it, as head of a unit those of the unit. Never in another's place. */
export function overseenBy(officer: Officer): { agencyCode: string; unitId: string | null }[] {
  return scopesOf(officer).filter((s) => s.inPlaceOf === undefined).flatMap((s) => {
    if (s.role === 'leader' && s.sectorCode === null && s.procedureCode === null) return [{ agencyCode: s.agencyCode, unitId: s.unitId }]
    const unitId = s.unitId ?? officer.unitId
    return s.role === 'unit-head' && unitId !== null ? [{ agencyCode: s.agencyCode, unitId }] : []
  })
}

import type { Module } from '../../platform/module.ts'
import { unitsRoute } from './pages/units.page.tsx'
import { unitApiRoute } from './pages/units.routes.ts'
import { seedOrganisations } from './seed.ts'

export { findAgency, getAgency, agenciesInWords, listAgencies, searchAgencies, listUnits, findUnit, competentAgency, serviceCentreOf, type AgencyFilter, type Competence } from './find-agency.ts'
export { findAdministrativeUnit, listProvinces, listCommunes, reformDays, unitsOnDate, provinceOf, oldToNew, newToOld, type Succession } from './find-administrative-unit.ts'
export { agencyName, nodeOfAgency, type Agency, type AgencyKind, type AgencyLevel, type Unit } from './agency.ts'
export { unitsByDate, type PlacedUnit, type UnitAnswer, type UnitAnswers, type UnitThen } from './units-by-date.ts'
export { unitsHref } from './pages/units.page.tsx'
export { agencyTable, administrativeUnitTable, agencyKinds, agencyLevels, isUnitName } from './reference-tables.ts'
export { unitName, civilDate, type AdministrativeUnit, type UnitLevel, type UnitType } from './administrative-unit.ts'

/** Agencies, their units, and the administrative units of the country in every generation. */
export const organisations: Module = { name: 'organisations', seed: seedOrganisations, routes: () => [unitsRoute, unitApiRoute] }

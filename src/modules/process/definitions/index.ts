import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../../platform/root.ts'

export interface ShippedDefinition { file: string; bpmn: string; /** Absent for linked groups: what waits for the person is not the agencies' time, and each agency has its own. */ legalLimit?: string }

/** The processes that come with the program, with the legal limit of their procedure in working time. */
const shipped: { file: string; legalLimit?: string }[] = [
  { file: 'driving-licence-exchange.bpmn', legalLimit: 'P5D' },
  { file: 'birth-registration.bpmn', legalLimit: 'P1D' },
  { file: 'household-business.bpmn', legalLimit: 'P3D' },
  { file: 'death-registration.bpmn', legalLimit: 'P1D' },
  { file: 'marriage-registration.bpmn', legalLimit: 'P1D' },
  { file: 'marital-status.bpmn', legalLimit: 'P3D' },
  { file: 'permanent-residence.bpmn', legalLimit: 'P7D' },
  { file: 'temporary-residence.bpmn', legalLimit: 'P3D' },
  { file: 'private-enterprise.bpmn', legalLimit: 'P3D' },
  // Fifteen days of the calendar, of which ten at least are working days.
  { file: 'building-permit.bpmn', legalLimit: 'P10D' },
  { file: 'certified-copy.bpmn', legalLimit: 'P1D' },
  { file: 'health-insurance-card.bpmn', legalLimit: 'P5D' },
  { file: 'child-insurance-card.bpmn', legalLimit: 'P5D' },
  { file: 'residence-removal.bpmn', legalLimit: 'P5D' },
  { file: 'funeral-support.bpmn', legalLimit: 'P3D' },
  { file: 'workers-confirmation.bpmn', legalLimit: 'P3D' },
  { file: 'wage-loan-appraisal.bpmn', legalLimit: 'P3D' },
  { file: 'wage-loan-decision.bpmn', legalLimit: 'P2D' },
  { file: 'wage-loan.bpmn', legalLimit: 'P3D' },
  { file: 'linked-birth.bpmn' },
  { file: 'linked-death.bpmn' },
  { file: 'linked-wage-loan.bpmn' },
]

export function shippedDefinitions(): ShippedDefinition[] {
  return shipped.map((one) => ({ ...one, bpmn: readFileSync(join(root, 'src/modules/process/definitions', one.file), 'utf8') }))
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../../platform/root.ts'

export interface ShippedDefinition { file: string; bpmn: string; legalLimit: string }

/** The processes that come with the program, with the legal limit of their procedure in working time. */
const shipped: { file: string; legalLimit: string }[] = [
  { file: 'driving-licence-exchange.bpmn', legalLimit: 'P5D' },
  { file: 'birth-registration.bpmn', legalLimit: 'P1D' },
  { file: 'household-business.bpmn', legalLimit: 'P3D' },
]

export function shippedDefinitions(): ShippedDefinition[] {
  return shipped.map((one) => ({ ...one, bpmn: readFileSync(join(root, 'src/modules/process/definitions', one.file), 'utf8') }))
}

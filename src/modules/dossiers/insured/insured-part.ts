import type { Part } from '../../../platform/join-parts.ts'
import { checkInsured } from './check-insured.ts'

/** Confirmation by data: what an employer declares of its workers, compared with the register of social insurance. */
export const insuredPart: Part = { serviceTasks: { 'dossiers.check-insured': checkInsured } }

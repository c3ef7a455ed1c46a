import type { FormDefinition } from '../definition.ts'
import { birthRegistration } from './birth-registration.ts'
import { buildingPermit } from './building-permit.ts'
import { certifiedCopy } from './certified-copy.ts'
import { childInsuranceCard } from './child-insurance-card.ts'
import { deathRegistration } from './death-registration.ts'
import { drivingLicenceExchange } from './driving-licence-exchange.ts'
import { funeralSupport } from './funeral-support.ts'
import { healthInsuranceCard } from './health-insurance-card.ts'
import { householdBusiness } from './household-business.ts'
import { linkedBirth } from './linked-birth.ts'
import { linkedDeath } from './linked-death.ts'
import { maritalStatus } from './marital-status.ts'
import { marriageRegistration } from './marriage-registration.ts'
import { privateEnterprise } from './private-enterprise.ts'
import { residenceRemoval } from './residence-removal.ts'
import { permanentResidence, temporaryResidence } from './residence.ts'
import { linkedWageLoan, wageLoan, wageLoanAppraisal, wageLoanDecision, workersConfirmation } from './wage-loan.ts'

/** Forms that every installation has; the seed publishes them. */
export const shippedDefinitions: readonly FormDefinition[] = [
  drivingLicenceExchange, birthRegistration, householdBusiness, deathRegistration, marriageRegistration, maritalStatus, permanentResidence, temporaryResidence, privateEnterprise, buildingPermit,
  certifiedCopy, healthInsuranceCard, childInsuranceCard, residenceRemoval, funeralSupport, workersConfirmation, wageLoanAppraisal, wageLoanDecision, wageLoan,
  linkedBirth, linkedDeath, linkedWageLoan,
]

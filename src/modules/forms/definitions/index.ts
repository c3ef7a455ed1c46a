import type { FormDefinition } from '../definition.ts'
import { birthRegistration } from './birth-registration.ts'
import { drivingLicenceExchange } from './driving-licence-exchange.ts'
import { householdBusiness } from './household-business.ts'

/** Forms that every installation has; the seed publishes them. */
export const shippedDefinitions: readonly FormDefinition[] = [drivingLicenceExchange, birthRegistration, householdBusiness]

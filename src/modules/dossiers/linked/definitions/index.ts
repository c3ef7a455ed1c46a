import type { LinkedDefinition } from '../linked-definition.ts'
import { linkedBirth } from './linked-birth.ts'
import { linkedDeath } from './linked-death.ts'
import { linkedWageLoan } from './linked-wage-loan.ts'

/** Linked groups that come with the program. */
export const shippedGroups: readonly LinkedDefinition[] = [linkedBirth, linkedDeath, linkedWageLoan]

import type { LinkedDefinition } from '../linked-definition.ts'
import { linkedBirth } from './linked-birth.ts'

/** Linked groups that come with the program. */
export const shippedGroups: readonly LinkedDefinition[] = [linkedBirth]

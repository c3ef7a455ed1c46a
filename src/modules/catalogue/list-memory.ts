import { createMemory } from '../../platform/memory.ts'

/** Counts and choices of the lists, which every page of a list shows. */
export const lists = createMemory({ capacity: 400 })

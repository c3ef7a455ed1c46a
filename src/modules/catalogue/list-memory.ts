import { createMemory } from '../../platform/memory.ts'

/** Pages, counts and choices of the lists, which many visitors ask for. A page is some twenty kilobytes. */
export const lists = createMemory({ capacity: 400 })

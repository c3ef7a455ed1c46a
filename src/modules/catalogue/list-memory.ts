import { createMemory } from '../../platform/memory.ts'

/** Pages, counts and choices of the lists, which many visitors ask for and which change with publications only. A page is some twenty kilobytes. */
export const lists = createMemory({ seconds: 3, capacity: 400 })

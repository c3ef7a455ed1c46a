import type { FinishedPage } from './finished-page.ts'

interface Entry { readonly state: string; readonly until: number; readonly page: FinishedPage }

/** Memory that finished pages may take in a process, in bytes: some six thousand pages. */
export const pageMemoryBytes = 48 * 1024 * 1024

/** Finished pages for readers who have not logged in, by address and language. What was not asked for longest goes first. */
export class PageMemory {
  readonly #entries = new Map<string, Entry>()
  readonly #capacity: number
  #size = 0

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get size(): number { return this.#size }

  /** The page as it was drawn at this state of the public data, unless its time is over. */
  find(key: string, state: string, now: Date): FinishedPage | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    if (entry.state !== state || entry.until <= now.getTime()) {
      this.#drop(key, entry)
      return undefined
    }
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.page
  }

  keep(key: string, state: string, until: Date, page: FinishedPage): void {
    const before = this.#entries.get(key)
    if (before) this.#drop(key, before)
    if (page.size > this.#capacity / 8) return
    this.#entries.set(key, { state, until: until.getTime(), page })
    this.#size += page.size
    for (const [oldest, entry] of this.#entries) {
      if (this.#size <= this.#capacity) break
      this.#drop(oldest, entry)
    }
  }

  #drop(key: string, entry: Entry): void {
    this.#entries.delete(key)
    this.#size -= entry.page.size
  }
}

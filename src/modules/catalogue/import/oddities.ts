/** One thing in an imported file that is not as it should be: what it was and what became of it. */
export interface Oddity {
  /** Kind, stable: 'time-without-unit'. */
  kind: string
  /** Code of the procedure, or the line where there is none. */
  code: string
  /** The words of the file, shortened. */
  found: string
  /** What was done with it. */
  done: string
}

/** Gathers what is odd in one row; nothing is dropped without an entry here. */
export class Oddities {
  readonly list: Oddity[] = []
  readonly code: string
  constructor(code: string) {
    this.code = code
  }
  add(kind: string, found: unknown, done: string): void {
    const text = (typeof found === 'string' ? found : JSON.stringify(found)).replace(/\s+/g, ' ').trim()
    this.list.push({ kind, code: this.code, found: text.length > 200 ? `${text.slice(0, 200)}… (${text.length})` : text, done })
  }
}

import { builtInType, type FeelType } from './types.ts'
import type { Value } from './value.ts'

/** What stopped an expression from having a value: a text key below decisions.feel, and what it is about. */
export interface FeelProblem { reason: string; about: string; at: number }

/** Thrown when an expression asks for more work than one decision may take. */
export class FeelLimitError extends Error {}

const mostProblems = 20

/** One evaluation: its clock, its types, what went wrong, and how much work is left. Every step spends; a loop that never ends runs dry. */
export class Run {
  readonly now: Date
  readonly problems: FeelProblem[] = []
  private readonly types: ReadonlyMap<string, FeelType>
  private left: number
  private depth = 0

  constructor({ now = new Date(0), types = new Map(), steps = 2_000_000 }: { now?: Date; types?: ReadonlyMap<string, FeelType>; steps?: number } = {}) {
    this.now = now
    this.types = types
    this.left = steps
  }

  get stepsLeft(): number { return Math.max(0, this.left) }

  spend(steps = 1): void {
    this.left -= steps
    if (this.left < 0) throw new FeelLimitError('too many steps')
  }

  /** Runs something one call deeper. */
  nested<T>(call: () => T): T {
    if (this.depth >= 400) throw new FeelLimitError('too many calls inside of each other')
    this.depth++
    try {
      return call()
    } finally {
      this.depth--
    }
  }

  /** FEEL has no exceptions: what fails is null, with a note why. */
  nothing(reason: string, about = '', at = 0): null {
    if (this.problems.length < mostProblems) this.problems.push({ reason, about, at })
    return null
  }

  type(name: string): FeelType | undefined {
    return this.types.get(name) ?? builtInType(name)
  }
}

/** Variables by name; an inner scope hides the outer one. */
export class Scope {
  private readonly values: ReadonlyMap<string, Value>
  private readonly outer: Scope | undefined

  constructor(values: ReadonlyMap<string, Value>, outer?: Scope) {
    this.values = values
    this.outer = outer
  }

  find(name: string): Value | undefined {
    const found = this.values.get(name)
    return found === undefined ? this.outer?.find(name) : found
  }

  with(name: string, value: Value): Scope {
    return new Scope(new Map([[name, value]]), this)
  }
}

/** One thing that is not as it was promised. */
export interface Damage {
  /** Stable name of the kind of damage. */
  name: string
  about: string
}

export function groupBy<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  return Map.groupBy(list, keyOf)
}

/** Numbers that are the same for the same seed (mulberry32), so that a run that failed can be had again. */
export interface Random {
  /** A whole number from 0 to `end` - 1. */
  below(end: number): number
  /** True in about `share` of the cases. */
  chance(share: number): boolean
  shuffled<T>(list: readonly T[]): T[]
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const below = (end: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * end)
  }
  return {
    below,
    chance: (share) => below(1_000_000) < share * 1_000_000,
    shuffled(list) {
      const mixed = [...list]
      for (let i = mixed.length - 1; i > 0; i--) {
        const j = below(i + 1)
        ;[mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!]
      }
      return mixed
    },
  }
}

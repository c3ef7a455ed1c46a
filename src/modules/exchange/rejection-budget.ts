import type { Logger } from '../../platform/log.ts'

/** Keeps a flood of forged messages from filling the database: what goes beyond is only counted in the log. */
export interface RejectionBudget {
  take<T>(rejections: readonly T[]): T[]
}

const burst = 20_000
const perSecond = 20

export function createRejectionBudget(log: Logger, clock: () => number = () => performance.now()): RejectionBudget {
  let left = burst
  let last = clock()
  return {
    take(rejections) {
      const now = clock()
      left = Math.min(burst, left + ((now - last) / 1000) * perSecond)
      last = now
      const taken = rejections.slice(0, Math.floor(left))
      left -= taken.length
      if (taken.length < rejections.length) log.warn({ dropped: rejections.length - taken.length }, 'rejected messages beyond the budget are not recorded one by one')
      return taken
    },
  }
}

import type { Ctx } from '../../platform/ctx.ts'
import type { Calendar } from './calendar.ts'

/** What a changed calendar would do to the dates that are promised now. */
export interface Impact {
  /** Running dossiers that were looked at. */
  running: number
  /** Their date moves to a later one. */
  later: number
  /** The calendar would allow an earlier date; they keep the one they have. */
  kept: number
  /** The first few of those that move. */
  examples: readonly { text: string; href: string; from: Date; to: Date }[]
}

type ReadImpact = (ctx: Ctx, calendar: Calendar) => Promise<Impact>
let read: ReadImpact | undefined

/** What lies above this module and keeps dates says how to count them; once, when it is loaded. */
export function provideCalendarImpact(given: ReadImpact): void {
  read = given
}

/** Undefined where nothing keeps dates. */
export const impactOf: (...given: Parameters<ReadImpact>) => Promise<Impact | undefined> = async (...given) => read?.(...given)

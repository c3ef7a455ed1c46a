const hour = 3_600_000

/** An ISO 8601 duration in weeks, days, hours, minutes and seconds; months and years have no fixed length and are not read. */
export interface Duration { days: number; ms: number }

/** "P1D", "PT4H", "P1DT2H30M", "P2W" → its days and the rest in milliseconds; undefined for anything else or a duration of nothing. */
export function parseDuration(text: string): Duration | undefined {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text.trim())
  if (!match) return undefined
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number, number]
  const duration = { days: weeks * 7 + days, ms: hours * hour + minutes * 60_000 + seconds * 1000 }
  return duration.days > 0 || duration.ms > 0 ? duration : undefined
}

/** As office time: a day is eight working hours. */
export function workingMs({ days, ms }: Duration): number {
  return days * 8 * hour + ms
}

/** As time on the clock: a day is 24 hours. */
export function clockMs({ days, ms }: Duration): number {
  return days * 24 * hour + ms
}

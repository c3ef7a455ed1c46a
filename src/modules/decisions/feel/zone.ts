const formats = new Map<string, Intl.DateTimeFormat | null>()

function formatOf(name: string): Intl.DateTimeFormat | null {
  if (!formats.has(name)) {
    if (formats.size > 1000) formats.clear()
    let format: Intl.DateTimeFormat | null = null
    try {
      // Names only: an offset such as "+07:00" is no name of a zone.
      if (/^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(name)) format = new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' })
    } catch {
      // The runtime knows no such zone, so there is none.
    }
    formats.set(name, format)
  }
  return formats.get(name) ?? null
}

/** Whether the IANA data base knows the name. */
export const zoneExists = (name: string): boolean => formatOf(name) !== null

const day = 86_400_000
/** Where the runtime's dates end; zones have no changes known beyond. */
const furthest = 8.64e15 - 2 * day

/** Seconds ahead of UTC in a zone, at a moment given in nanoseconds as an instant or as the clock on the wall shows it. */
export function zoneOffset(name: string, nanos: bigint, as: 'instant' | 'local'): number {
  const ms = Math.max(-furthest, Math.min(furthest, Number(nanos / 1_000_000n)))
  if (as === 'instant') return at(name, ms)
  // The earlier offset in an hour that comes twice, the one before the change in an hour that is left out.
  const before = at(name, ms - day)
  if (at(name, ms - before * 1000) === before) return before
  const after = at(name, ms + day)
  return at(name, ms - after * 1000) === after ? after : before
}

function at(name: string, ms: number): number {
  const text = formatOf(name)?.formatToParts(ms).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  const match = /([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(text)
  if (!match) return 0
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0)
  return match[1] === '-' ? -seconds : seconds
}

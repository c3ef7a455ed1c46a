/** An entry of a calendar: a moment with its length, or a whole day ('YYYY-MM-DD'). */
export interface CalendarEntry {
  /** Stays the same when the entry changes. */
  uid: string
  /** Counts up with each change, so that calendars take the later one. */
  sequence: number
  at: Date | string
  /** Minutes; of a moment only. */
  minutes: number
  summary: string
  description: string
  location: string
  url: string
}

/** The country's clocks have stood at +07:00 since 1975 and know no summer time. */
const zone = ['BEGIN:VTIMEZONE', 'TZID:Asia/Ho_Chi_Minh', 'BEGIN:STANDARD', 'DTSTART:19750613T000000', 'TZOFFSETFROM:+0700', 'TZOFFSETTO:+0700', 'TZNAME:+07', 'END:STANDARD', 'END:VTIMEZONE']

/** A calendar file (iCalendar, RFC 5545): lines end with CRLF, are folded at 75 octets, and text is escaped. Each entry reminds a day before. */
export function calendarFile(entries: readonly CalendarEntry[], now: Date, producer: string): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', `PRODID:-//${escaped(producer)}//VI`, 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', ...zone, ...entries.flatMap((entry) => eventLines(entry, now)), 'END:VCALENDAR']
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function eventLines(e: CalendarEntry, now: Date): string[] {
  const times = typeof e.at === 'string'
    ? [`DTSTART;VALUE=DATE:${e.at.replaceAll('-', '')}`]
    : [`DTSTART;TZID=Asia/Ho_Chi_Minh:${local(e.at)}`, `DTEND;TZID=Asia/Ho_Chi_Minh:${local(new Date(e.at.getTime() + e.minutes * 60_000))}`]
  return [
    'BEGIN:VEVENT', `UID:${escaped(e.uid)}`, `DTSTAMP:${utc(now)}`, `SEQUENCE:${e.sequence}`, ...times,
    `SUMMARY:${escaped(e.summary)}`, `DESCRIPTION:${escaped(e.description)}`, `LOCATION:${escaped(e.location)}`, `URL:${e.url}`, 'TRANSP:TRANSPARENT',
    'BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escaped(e.summary)}`, 'TRIGGER:-P1D', 'END:VALARM', 'END:VEVENT',
  ]
}

const utc = (at: Date): string => `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
const local = (at: Date): string => utc(new Date(at.getTime() + 7 * 3_600_000)).slice(0, -1)

/** Backslash, semicolon, comma and line break have a meaning of their own (3.3.11); other control characters have no place in text. */
const escaped = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ').replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n')

/** At most 75 octets a line, and no character is cut in two (3.1). */
function folded(line: string): string {
  const parts = ['']
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > 75) {
      parts.push('')
      // The space that begins a continued line counts.
      octets = 1
    }
    parts[parts.length - 1] += character
    octets += size
  }
  return parts.join('\r\n ')
}

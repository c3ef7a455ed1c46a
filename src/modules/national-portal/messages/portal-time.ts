const zoneMs = 7 * 3_600_000

/** A moment as the messages have it: yyyyMMddHHmmss on the 24-hour clock of Asia/Ho_Chi_Minh; empty where there is none. */
export function portalTime(moment: Date | string | null | undefined): string {
  if (!moment) return ''
  return new Date(new Date(moment).getTime() + zoneMs).toISOString().replace(/[-:T]/g, '').slice(0, 14)
}

/** The moment that such a text names; undefined where it names none. */
export function readPortalTime(text: unknown): Date | undefined {
  const parts = typeof text === 'string' ? /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text) : null
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second] = parts
  const moment = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}+07:00`)
  return Number.isNaN(moment.getTime()) || portalTime(moment) !== text ? undefined : moment
}

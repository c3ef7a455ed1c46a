import type { Session } from './calendar.ts'

/** '15:00' */
export const clockWords = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

/** "7:00–11:30, 13:30–17:00", the same in both languages. */
export const sessionWords = (sessions: readonly Session[]): string => sessions.map(({ start, end }) => `${clockWords(start)}–${clockWords(end)}`).join(', ')

/** The same back from what somebody typed, with any dash; undefined for what is none, overlaps or has no order. */
export function readSessions(typed: string): Session[] | undefined {
  const parts = typed.split(',').map((part) => /^\s*(\d{1,2})[:h](\d{2})\s*[-–—]\s*(\d{1,2})[:h](\d{2})\s*$/.exec(part))
  if (parts.some((part) => !part)) return undefined
  const sessions = parts.map((part) => ({ start: Number(part![1]) * 60 + Number(part![2]), end: Number(part![3]) * 60 + Number(part![4]) }))
  const isClock = parts.every((part) => Number(part![2]) < 60 && Number(part![4]) < 60)
  return isClock && sessions.every((s, i) => s.end > s.start && s.end <= 1440 && s.start >= (sessions[i - 1]?.end ?? 0)) ? sessions : undefined
}

/** Minutes after midnight of '15:00' or '15h00'; undefined for what is no time of day. */
export function readClock(typed: string): number | undefined {
  const [, hours = '', minutes = ''] = /^(\d{1,2})[:h](\d{2})$/.exec(typed.trim()) ?? []
  return hours !== '' && Number(hours) < 24 && Number(minutes) < 60 ? Number(hours) * 60 + Number(minutes) : undefined
}

import type { Oddities } from './oddities.ts'

const invisible = /[\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF\u00AD\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g

/** One line: NFC, without invisible characters, runs of space as one. */
export function line(value: unknown, oddities?: Oddities): string {
  return lines(value, oddities).replace(/\s+/g, ' ').trim()
}

/** Text with its line breaks kept. */
export function lines(value: unknown, oddities?: Oddities): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') {
    oddities?.add('not-text', value, 'written as JSON')
    return JSON.stringify(value)
  }
  const clean = value.normalize('NFC').replace(invisible, '')
  if (invisible.test(value)) oddities?.add('invisible-characters', value.slice(Math.max(0, value.search(invisible) - 40)), 'removed')
  invisible.lastIndex = 0
  return clean.replace(/[ \t\u00A0]+/g, ' ').replace(/ *\n */g, '\n').trim()
}

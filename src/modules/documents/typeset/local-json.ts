/**
 * A document's data as the template reads it: times as local wall-clock text ('2026-11-23T08:42:05+07:00'), text in
 * composed form (NFC) without characters that the font lacks. PDF/A forbids a missing letter, so one stray sign in a
 * name would otherwise stop the whole paper.
 */
export function printable(value: unknown): unknown {
  if (value instanceof Date) return localTime(value)
  if (typeof value === 'string') return printableText(value)
  if (Array.isArray(value)) return value.map(printable)
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, printable(v)]))
  return value ?? null
}

/** Việt Nam keeps +07:00 all year. */
export function localTime(at: Date): string {
  return `${new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`
}

/** Latin with all Vietnamese letters, Greek, Cyrillic, and the punctuation and currency signs of the font. */
const UNPRINTABLE = /[^\n\u0020-\u007e\u00a0-\u024f\u0259\u02c6-\u02dd\u0300-\u0304\u0306-\u030c\u0323\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u0490\u0491\u1ea0-\u1ef9\u2010-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u2044\u20ab\u20ac\u2116\u2122\u2190-\u2193\u2212\u25a1\u25cf]/gu

/** A run without a space that would leave the line; it gets places where it may break. */
const LONG_RUN = /\S{30}(?=\S)/gu

function printableText(raw: string): string {
  const clean = raw.normalize('NFC').replace(/\r\n?/g, '\n').replace(/[\t\u2028\u2029]/g, ' ').replace(/[\u200b-\u200f\ufeff\u00ad]/g, '')
  const known = clean.replace(UNPRINTABLE, '□')
  // An address is copied from the paper: a hidden break inside would make it wrong.
  return /^https?:\/\//.test(known) ? known : known.replace(LONG_RUN, '$&\u200b')
}

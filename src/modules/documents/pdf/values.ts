/**
 * The objects of a PDF file (ISO 32000-2, 7.3) as plain values. Own reader instead of a library, because a verifier must see a file
 * the way a viewer does — through the newest cross-reference table — and must know at which byte each thing stands.
 */
export type PdfValue = null | boolean | number | PdfName | PdfString | PdfRef | PdfValue[] | PdfDict | PdfStream
export type PdfDict = Map<string, PdfValue>
export interface PdfName { readonly name: string }
/** `start` and `end` are the places of its delimiters in the file. */
export interface PdfString { readonly string: Buffer; readonly start: number; readonly end: number }
export interface PdfRef { readonly ref: number; readonly gen: number }
export interface PdfStream { readonly dict: PdfDict; readonly data: Buffer }

export const isDict = (v: PdfValue | undefined): v is PdfDict => v instanceof Map
export const isName = (v: PdfValue | undefined): v is PdfName => typeof v === 'object' && v !== null && 'name' in v
export const isString = (v: PdfValue | undefined): v is PdfString => typeof v === 'object' && v !== null && 'string' in v
export const isRef = (v: PdfValue | undefined): v is PdfRef => typeof v === 'object' && v !== null && 'ref' in v
export const isStream = (v: PdfValue | undefined): v is PdfStream => typeof v === 'object' && v !== null && 'data' in v

/** The dictionary of a value: its own, or that of a stream. */
export const dictOf = (v: PdfValue | undefined): PdfDict | undefined => (isDict(v) ? v : isStream(v) ? v.dict : undefined)
export const nameOf = (v: PdfValue | undefined): string | undefined => (isName(v) ? v.name : undefined)

/** The file cannot be read as PDF. The message is for the log; people get a text of their own. */
export class PdfDamaged extends Error {}

/** Text of a string: UTF-16 with its mark, UTF-8 with its mark, else Latin. */
export function textOf(v: PdfValue | undefined): string | null {
  if (!isString(v)) return null
  const b = v.string
  if (b[0] === 0xfe && b[1] === 0xff) return Buffer.from(b.subarray(2, b.length & ~1)).swap16().toString('utf16le')
  if (b[0] === 0xef && b[1] === 0xbb && b[2] === 0xbf) return b.subarray(3).toString('utf8')
  return b.toString('latin1')
}

/** Equal as values: places in the file do not count, references are equal when they name the same object. */
export function sameValue(a: PdfValue | undefined, b: PdfValue | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((v, i) => sameValue(v, b[i]))
  if (isDict(a)) return isDict(b) && a.size === b.size && [...a].every(([k, v]) => sameValue(v, b.get(k)))
  if (isStream(a)) return isStream(b) && a.data.equals(b.data) && sameValue(a.dict, b.dict)
  if (isString(a)) return isString(b) && a.string.equals(b.string)
  if (isRef(a)) return isRef(b) && a.ref === b.ref && a.gen === b.gen
  return isName(a) && isName(b) && a.name === b.name
}

import type { PdfFile } from './open-pdf.ts'
import { isDict, isRef, nameOf, textOf, type PdfDict, type PdfRef, type PdfValue } from './values.ts'

/** A signature field of the form; `value` is null while it is empty. */
export interface SignatureField { readonly name: string; readonly ref: PdfRef | null; readonly dict: PdfDict; readonly value: PdfDict | null }

const MAX_FIELDS = 5000

/** All signature fields in the order of the form. */
export function signatureFields(file: PdfFile): SignatureField[] {
  const form = file.dict(file.dict(file.trailer.get('Root'))?.get('AcroForm'))
  const out: SignatureField[] = []
  const seen = new Set<number>()
  const walk = (value: PdfValue, prefix: string, inherited: string | undefined): void => {
    if (isRef(value)) {
      if (seen.has(value.ref) || seen.size > MAX_FIELDS) return
      seen.add(value.ref)
    }
    const dict = file.dict(value)
    if (!dict) return
    const own = textOf(file.resolve(dict.get('T')))
    const name = own === null ? prefix : prefix ? `${prefix}.${own}` : own
    const type = nameOf(file.resolve(dict.get('FT'))) ?? inherited
    const kids = file.resolve(dict.get('Kids'))
    if (type === 'Sig') out.push({ name, ref: isRef(value) ? value : null, dict, value: file.dict(dict.get('V')) ?? null })
    else if (Array.isArray(kids)) for (const kid of kids) walk(kid, name, type)
  }
  const fields = file.resolve(form?.get('Fields'))
  if (Array.isArray(fields)) for (const field of fields) walk(field, '', undefined)
  return out
}

/** References of the pages in reading order, up to `limit`. */
export function pageRefs(file: PdfFile, limit = 10_000): PdfRef[] {
  const out: PdfRef[] = []
  const seen = new Set<number>()
  const walk = (value: PdfValue | undefined): void => {
    if (!isRef(value) || seen.has(value.ref) || out.length >= limit) return
    seen.add(value.ref)
    const dict = file.resolve(value)
    if (!isDict(dict)) return
    const kids = file.resolve(dict.get('Kids'))
    if (Array.isArray(kids)) kids.forEach(walk)
    else if (nameOf(file.resolve(dict.get('Type'))) === 'Page') out.push(value)
  }
  walk(file.dict(file.trailer.get('Root'))?.get('Pages'))
  return out
}

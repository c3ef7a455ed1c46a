import { openPdf, type Entry, type PdfFile } from '../pdf/open-pdf.ts'
import { pageRefs } from '../pdf/form-fields.ts'
import { dictOf, isDict, isRef, isStream, nameOf, sameValue, type PdfDict, type PdfValue } from '../pdf/values.ts'
import { readTail } from './read-tail.ts'
import type { Change, ChangeKind } from './verdict.ts'

/**
 * Says what was done to a file after its first `end` bytes: what a viewer sees now against what it saw then. Allowed are further
 * signatures, empty fields for them, and data about their validity; everything else is a change of the signed paper. This also finds
 * "shadow" changes, where the signed part holds a reference to an object that only a later update defines.
 */
export function compareRevisions(now: PdfFile, end: number): Change[] {
  const then = openPdf(now.bytes.subarray(0, end))
  const changes = readTail(now, end)
  const dangling = danglingRefs(then)
  const pages = new Set(pageRefs(then).map((page) => page.ref))
  for (const number of changedNumbers(then, now)) changes.push(...judge(then, now, number, dangling, pages))
  const sameRoot = sameValue(then.trailer.get('Root'), now.trailer.get('Root'))
  if (!sameRoot || now.trailer.has('Encrypt') !== then.trailer.has('Encrypt')) changes.push({ kind: 'document-settings', allowed: false })
  return changes
}

function changedNumbers(then: PdfFile, now: PdfFile): number[] {
  const moved = (number: number): boolean => !sameEntry(then.entries.get(number) ?? null, now.entries.get(number) ?? null)
  const holderMoved = (entry: Entry | undefined): boolean => entry != null && 'stream' in entry && moved(entry.stream)
  const numbers = new Set([...then.entries.keys(), ...now.entries.keys()])
  return [...numbers].filter((n) => moved(n) || holderMoved(now.entries.get(n)))
}

function sameEntry(a: Entry, b: Entry): boolean {
  if (a === null || b === null) return a === b
  if ('offset' in a) return 'offset' in b && a.offset === b.offset && a.gen === b.gen
  return 'stream' in b && a.stream === b.stream && a.index === b.index
}

/** Object numbers that the signed part refers to without having them. */
function danglingRefs(file: PdfFile): Set<number> {
  const out = new Set<number>()
  const walk = (value: PdfValue): void => {
    if (isRef(value)) {
      if (!file.entries.get(value.ref)) out.add(value.ref)
    } else if (Array.isArray(value)) value.forEach(walk)
    else if (isDict(value)) for (const v of value.values()) walk(v)
    else if (isStream(value)) walk(value.dict)
  }
  for (const number of file.entries.keys()) walk(file.object(number))
  return out
}

function judge(then: PdfFile, now: PdfFile, number: number, dangling: ReadonlySet<number>, pages: ReadonlySet<number>): Change[] {
  const before = then.object(number)
  const after = now.object(number)
  if (before === null) return dangling.has(number) && after !== null ? [{ kind: 'defined-later', allowed: false, object: number }] : newObject(after, number)
  if (sameValue(before, after)) return []
  const [old, fresh] = [dictOf(before), dictOf(after)]
  const root = then.trailer.get('Root')
  if (isRef(root) && root.ref === number && old && fresh) return catalogChanges(then, now, old, fresh, number)
  if (isInfo(then, number)) return [{ kind: 'metadata', allowed: true, object: number }]
  if (nameOf(old?.get('Type')) === 'Metadata' && isStream(after)) return [{ kind: 'metadata', allowed: true, object: number }]
  const form = then.dict(root)?.get('AcroForm')
  if (isRef(form) && form.ref === number && old && fresh) return formChanges(then, now, old, fresh, number)
  if (pages.has(number) && old && fresh) return pageChanges(then, now, old, fresh, number)
  if (Array.isArray(before) && Array.isArray(after)) return listGrew(now, before, after, isAnnotations(then, pages, number) ? 'annotation' : 'form-value', number)
  if (nameOf(then.resolve(old?.get('FT'))) === 'Sig' && old && fresh) return fieldChanges(old, fresh, number)
  return [{ kind: kindOf(before), allowed: false, object: number }]
}

/** A new object is harmless until something that was there leads to it; what it is only names it. */
function newObject(after: PdfValue, number: number): Change[] {
  const dict = dictOf(after)
  const type = nameOf(dict?.get('Type'))
  if (type === 'Sig' || type === 'DocTimeStamp') return [{ kind: 'signature', allowed: true, object: number }]
  if (type === 'DSS') return [{ kind: 'validation-data', allowed: true, object: number }]
  return nameOf(dict?.get('FT')) === 'Sig' && !dict?.has('V') ? [{ kind: 'signature-field', allowed: true, object: number }] : []
}

function catalogChanges(then: PdfFile, now: PdfFile, old: PdfDict, fresh: PdfDict, number: number): Change[] {
  return differingKeys(old, fresh).flatMap((key): Change[] => {
    if (key === 'AcroForm') return formChanges(then, now, then.dict(old.get(key)) ?? new Map(), now.dict(fresh.get(key)) ?? new Map(), number)
    if (key === 'DSS' || key === 'Extensions') return [{ kind: 'validation-data', allowed: true, object: number }]
    if (key === 'Metadata') return [{ kind: 'metadata', allowed: true, object: number }]
    return [{ kind: 'document-settings', allowed: false, object: number }]
  })
}

function formChanges(then: PdfFile, now: PdfFile, old: PdfDict, fresh: PdfDict, number: number): Change[] {
  return differingKeys(old, fresh).flatMap((key): Change[] => {
    if (key === 'Fields') return listGrew(now, then.resolve(old.get(key)), now.resolve(fresh.get(key)), 'form-value', number)
    // A signing program may bring the defaults of a form that did not exist before.
    if (key === 'SigFlags' || (old.size === 0 && (key === 'DA' || key === 'DR'))) return []
    return [{ kind: 'form-value', allowed: false, object: number }]
  })
}

function pageChanges(then: PdfFile, now: PdfFile, old: PdfDict, fresh: PdfDict, number: number): Change[] {
  return differingKeys(old, fresh).flatMap((key): Change[] =>
    key === 'Annots' ? listGrew(now, then.resolve(old.get(key)), now.resolve(fresh.get(key)), 'annotation', number) : [{ kind: 'page', allowed: false, object: number }])
}

/** A list of fields or annotations may only grow, at its end, by signature fields. */
function listGrew(now: PdfFile, old: PdfValue, fresh: PdfValue, kind: ChangeKind, number: number): Change[] {
  const [before, after] = [Array.isArray(old) ? old : [], Array.isArray(fresh) ? fresh : []]
  const kept = before.every((item, i) => sameValue(item, after[i]))
  const grown = after.slice(before.length).every((item) => nameOf(now.resolve(now.dict(item)?.get('FT'))) === 'Sig')
  return kept && grown ? [] : [{ kind, allowed: false, object: number }]
}

/** An empty signature field may be signed once; a signed one stays as it is. */
function fieldChanges(old: PdfDict, fresh: PdfDict, number: number): Change[] {
  const fine = differingKeys(old, fresh).every((key) => ['V', 'AP', 'M', 'F', 'MK', 'Lock'].includes(key)) && !old.has('V')
  return fine ? [] : [{ kind: 'form-value', allowed: false, object: number }]
}

function differingKeys(a: PdfDict, b: PdfDict): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => !sameValue(a.get(key), b.get(key)))
}

function isInfo(file: PdfFile, number: number): boolean {
  const info = file.trailer.get('Info')
  return isRef(info) && info.ref === number
}

function isAnnotations(then: PdfFile, pages: ReadonlySet<number>, number: number): boolean {
  return [...pages].some((page) => sameValue(then.dict(then.object(page))?.get('Annots'), { ref: number, gen: 0 }))
}

function kindOf(value: PdfValue): ChangeKind {
  const dict = dictOf(value)
  const [type, subtype] = [nameOf(dict?.get('Type')), nameOf(dict?.get('Subtype'))]
  if (type === 'Page' || type === 'Pages') return 'page'
  if (type === 'Annot') return subtype === 'Widget' ? 'form-value' : 'annotation'
  if (dict?.has('FT')) return 'form-value'
  return isStream(value) || type === 'Font' || type === 'XObject' ? 'page-content' : 'other'
}

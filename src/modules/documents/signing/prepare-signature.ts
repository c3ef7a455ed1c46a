import { localTime } from '../typeset/local-json.ts'
import { openPdf } from '../pdf/open-pdf.ts'
import { pageRefs, signatureFields } from '../pdf/form-fields.ts'
import { isRef, PdfDamaged, type PdfDict, type PdfRef, type PdfValue } from '../pdf/values.ts'
import { appendRevision, serialize, textString, type Written } from '../pdf/write-revision.ts'

export interface SignatureRequest {
  /** Name of the field to sign; an empty field of this name is used, else one is made. */
  field: string
  /** Further fields that the finished paper will have: made empty now, so that a missing signature can be seen later. */
  reserve: readonly string[]
  /** Name in the signature dictionary. */
  name: string
  reason: string | null
  at: Date
  /** Bytes kept for the CMS signature with its certificates and time-stamp. */
  room: number
}

const RANGE = '[0 0000000000 0000000000 0000000000]'
const PRINT_AND_LOCKED = 132

/** A file with an update that holds everything but the signature itself; `from`–`to` is the gap for it, delimiters included. */
export interface Prepared { bytes: Buffer; from: number; to: number }

/** Appends a signature field and dictionary with an empty place for the signature. Throws PdfDamaged. */
export function prepareSignature(pdf: Buffer, request: SignatureRequest): Prepared {
  const file = openPdf(pdf)
  if (file.trailer.has('Encrypt')) throw new PdfDamaged('An encrypted file cannot be signed.')
  const rootRef = file.trailer.get('Root')
  const root = file.dict(rootRef)
  const [page] = pageRefs(file, 1)
  if (!isRef(rootRef) || !root || !page) throw new PdfDamaged('The file has no pages.')
  const fields = signatureFields(file)
  const objects = new Map<number, Written>()
  let next = [...file.entries.keys()].reduce((most, n) => Math.max(most, n + 1), Number(file.trailer.get('Size') ?? 0))
  const add = (value: Written): PdfRef => {
    const ref = { ref: next++, gen: 0 }
    objects.set(ref.ref, value)
    return ref
  }
  const value = add(signatureDictionary(request))
  const empty = fields.find((f) => f.name === request.field && f.ref && !f.value)
  const added: PdfRef[] = []
  if (empty?.ref) objects.set(empty.ref.ref, new Map([...empty.dict, ['V', value]]))
  else added.push(add(widget(freeName(request.field, fields.map((f) => f.name)), page, value)))
  for (const name of request.reserve) if (name !== request.field && !fields.some((f) => f.name === name)) added.push(add(widget(name, page, null)))
  if (added.length > 0) {
    const pageDict = file.dict(page) as PdfDict
    objects.set(page.ref, new Map([...pageDict, ['Annots', [...list(file.resolve(pageDict.get('Annots'))), ...added]]]))
    const form = file.dict(root.get('AcroForm')) ?? new Map<string, PdfValue>()
    objects.set(rootRef.ref, new Map([...root, ['AcroForm', new Map([...form, ['Fields', [...list(file.resolve(form.get('Fields'))), ...added]], ['SigFlags', 3]])]]))
  }
  return fillRanges(appendRevision(file, objects), pdf.length, request.room)
}

const list = (value: PdfValue): PdfValue[] => (Array.isArray(value) ? value : [])

function freeName(wanted: string, taken: string[]): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}-${n}`
    if (!taken.includes(name)) return name
  }
}

function signatureDictionary(request: SignatureRequest): Written {
  const at = localTime(request.at).replace(/[-:T]/g, '').slice(0, 14)
  const parts = [
    '/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached',
    `/ByteRange ${RANGE}`,
    `/Contents <${'0'.repeat(request.room * 2)}>`,
    `/M (D:${at}+07'00')`,
    `/Name ${serialize(textString(request.name))}`,
    ...(request.reason ? [`/Reason ${serialize(textString(request.reason))}`] : []),
  ]
  return { raw: `<< ${parts.join(' ')} >>` }
}

/** Invisible: what people see of the signature is typeset on the page. */
function widget(name: string, page: PdfRef, value: PdfRef | null): Written {
  const signed = value ? ` /V ${serialize(value)}` : ''
  return { raw: `<< /Type /Annot /Subtype /Widget /FT /Sig /T ${serialize(textString(name))} /Rect [0 0 0 0] /F ${PRINT_AND_LOCKED} /P ${serialize(page)}${signed} >>` }
}

function fillRanges(bytes: Buffer, oldLength: number, room: number): Prepared {
  const range = bytes.indexOf(`/ByteRange ${RANGE}`, oldLength) + '/ByteRange '.length
  const from = bytes.indexOf('/Contents <', oldLength) + '/Contents '.length
  const to = from + room * 2 + 2
  const numbers = [from, to, bytes.length - to].map((n) => String(n).padStart(10, '0'))
  bytes.write(`[0 ${numbers.join(' ')}]`, range, 'latin1')
  return { bytes, from, to }
}

/** Puts the signature into its gap, in place. Throws when it does not fit. */
export function fillSignature({ bytes, from, to }: Prepared, cms: Buffer): Buffer {
  const room = (to - from - 2) / 2
  if (cms.length > room) throw new Error(`A signature of ${cms.length} bytes does not fit into ${room}.`)
  bytes.write(cms.toString('hex'), from + 1, 'latin1')
  return bytes
}

import { maxFileBytes } from '../../../platform/http/form-body.ts'
import { recoverPdf } from '../pdf/recover-pdf.ts'
import { PdfDamaged } from '../pdf/values.ts'
import { inspectDocx, inspectJpeg, inspectPng, type Finding } from './inspect-formats.ts'

export type UploadVerdict =
  | { ok: true; /** Media type by content, not by name. */ type: string }
  | { ok: false; /** Text key. */ key: string; params?: Record<string, string | number> }

interface Format {
  type: string
  extensions: readonly string[]
  label: string
  begins(bytes: Buffer): boolean
  inspect(bytes: Buffer): Finding
}

const magic = (hex: string) => (bytes: Buffer): boolean => bytes.toString('hex', 0, hex.length / 2) === hex

const formats: readonly Format[] = [
  { type: 'application/pdf', extensions: ['pdf'], label: 'PDF', begins: (b) => b.subarray(0, 1024).includes('%PDF-'), inspect: inspectPdf },
  { type: 'image/jpeg', extensions: ['jpg', 'jpeg', 'jpe', 'jfif'], label: 'JPEG', begins: magic('ffd8ff'), inspect: inspectJpeg },
  { type: 'image/png', extensions: ['png'], label: 'PNG', begins: magic('89504e470d0a1a0a'), inspect: inspectPng },
  { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', extensions: ['docx'], label: 'Word (.docx)', begins: magic('504b0304'), inspect: inspectDocx },
]

/** What people may send, for the hint beside a file field and its `accept` attribute. */
export const acceptedExtensions: readonly string[] = formats.flatMap((f) => f.extensions.slice(0, 2).map((e) => `.${e}`))
export const maxUploadMegabytes = maxFileBytes / 1024 / 1024

/**
 * Says whether a file that a person sends can be kept, by what is in it: PDF, JPEG, PNG or Word (.docx), not empty, at most 10 MB, whole,
 * not locked by a password, without macros, and with a name that fits. `truncated` is what the form reader says of a file over its limit.
 */
export function inspectUpload(bytes: Buffer, fileName: string, options: { truncated?: boolean } = {}): UploadVerdict {
  const refuse = (reason: string, params: Record<string, string | number> = {}): UploadVerdict => ({ ok: false, key: `documents.upload.${reason}`, params: { name: shown(fileName), ...params } })
  if (options.truncated || bytes.length > maxFileBytes) return refuse('too_large', { max: maxUploadMegabytes })
  if (bytes.length === 0) return refuse('empty')
  const format = formats.find((f) => f.begins(bytes))
  if (!format) return refuse(bytes.toString('hex', 0, 4) === 'd0cf11e0' ? 'old_office' : 'unknown_type')
  const extension = /\.([^.]{1,10})$/.exec(fileName)?.[1]?.toLowerCase()
  if (extension && !format.extensions.includes(extension)) return refuse('wrong_name', { type: format.label, extension: `.${extension}` })
  const finding = format.inspect(bytes)
  return finding === 'good' ? { ok: true, type: format.type } : refuse(finding)
}

function inspectPdf(bytes: Buffer): Finding {
  try {
    return recoverPdf(bytes).trailer.has('Encrypt') ? 'encrypted' : 'good'
  } catch (error) {
    if (error instanceof PdfDamaged) return 'damaged'
    throw error
  }
}

/** A name is shown in the message; a very long one would hide it. */
const shown = (name: string): string => (name.length > 60 ? `${name.slice(0, 40)}…${name.slice(-15)}` : name || '?')

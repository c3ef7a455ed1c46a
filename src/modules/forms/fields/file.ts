import { isRecord, type FileAnswer } from '../answers.ts'
import type { FieldOf, FileType } from '../definition.ts'
import type { Finding } from '../rules.ts'
import { isCleanText, wrongType, type FieldKind } from './field-kind.ts'

export const mimeTypes: Record<FileType, string> = { pdf: 'application/pdf', jpeg: 'image/jpeg', png: 'image/png' }

export const maxBytesOf = (field: FieldOf<'file'>): number => field.maxBytes ?? 10_000_000
export const maxFilesOf = (field: FieldOf<'file'>): number => field.maxFiles ?? 1
const typesOf = (field: FieldOf<'file'>): string => field.accept.map((t) => t.toUpperCase()).join(', ')
const tooLarge = (field: FieldOf<'file'>): Finding => ({ rule: 'file.tooLarge', params: { megabytes: Math.round(maxBytesOf(field) / 100_000) / 10 } })

const startsWith = (bytes: Uint8Array, ...head: number[]): boolean => head.every((byte, i) => bytes[i] === byte)
const text = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

/** What a file is by its first bytes; its name and the browser's word prove nothing. */
export function fileTypeOf(bytes: Uint8Array): FileType | undefined {
  if (text(bytes.subarray(0, 1024)).includes('%PDF-')) return 'pdf'
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'jpeg'
  return startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) ? 'png' : undefined
}

/** Whether the end that the format demands is there: an upload that broke off fails here. */
function isWhole(type: FileType, bytes: Uint8Array): boolean {
  const tail = text(bytes.subarray(-2048))
  if (type === 'pdf') return tail.includes('%%EOF') && tail.includes('startxref')
  return type === 'png' ? tail.includes('IEND') : tail.includes('\xff\xd9')
}

export interface Upload { fileName: string; mimeType: string; bytes: Uint8Array; truncated: boolean }

/** Judges an uploaded file before it is stored. */
export function checkUpload(field: FieldOf<'file'>, upload: Upload): Finding | undefined {
  if (upload.truncated || upload.bytes.length > maxBytesOf(field)) return tooLarge(field)
  if (upload.bytes.length === 0) return { rule: 'file.empty' }
  const type = fileTypeOf(upload.bytes)
  if (!type || !field.accept.includes(type)) return { rule: 'file.type', params: { types: typesOf(field) } }
  return isWhole(type, upload.bytes) ? undefined : { rule: 'file.damaged', params: { type: type.toUpperCase() } }
}

function checkFile(file: unknown, accept: ReadonlySet<unknown>, field: FieldOf<'file'>): Finding | undefined {
  if (!isRecord(file) || typeof file.id !== 'string' || !/^[0-9a-f]{64}$/.test(file.id)) return wrongType
  if (typeof file.name !== 'string' || file.name.length > 255 || !isCleanText(file.name) || typeof file.size !== 'number' || typeof file.type !== 'string') return wrongType
  if (!accept.has(file.type)) return { rule: 'file.type', params: { types: typesOf(field) } }
  return file.size > maxBytesOf(field) ? tooLarge(field) : file.size > 0 ? undefined : { rule: 'file.empty' }
}

/** Attached files. The answer holds references; the bytes were judged by `checkUpload` when they came. */
export const fileKind: FieldKind<FieldOf<'file'>> = {
  read: (_field, _body, _name, previous) => (Array.isArray(previous) && previous.length > 0 ? previous : undefined),
  write: () => [],
  check(field) {
    const accept = new Set<unknown>(field.accept.map((t) => mimeTypes[t]))
    const max = maxFilesOf(field)
    return (value) => {
      if (!Array.isArray(value)) return wrongType
      if (value.length > max) return { rule: 'file.tooMany', params: { max } }
      for (const file of value) {
        const finding = checkFile(file, accept, field)
        if (finding) return finding
      }
      return undefined
    }
  },
  required: () => ({ rule: 'required.file' }),
  findings: (field) => [wrongType, { rule: 'file.empty' }, { rule: 'file.type', params: { types: typesOf(field) } }, ...field.accept.map((t): Finding => ({ rule: 'file.damaged', params: { type: t.toUpperCase() } })), tooLarge(field), { rule: 'file.tooMany', params: { max: maxFilesOf(field) } }],
  schema: (field) => ({
    type: 'array', minItems: 1, maxItems: maxFilesOf(field),
    items: { type: 'object', properties: { id: { type: 'string', pattern: '^[0-9a-f]{64}$' }, name: { type: 'string', maxLength: 255 }, type: { enum: field.accept.map((t) => mimeTypes[t]) }, size: { type: 'integer', minimum: 1, maximum: maxBytesOf(field) } }, required: ['id', 'name', 'type', 'size'], additionalProperties: false },
  }),
  print: (_field, value) => (Array.isArray(value) ? value.map((f: unknown) => (isRecord(f) ? String(f.name) : '')).join(', ') : ''),
}

/** The reference under which a stored upload goes into the answers. */
export function fileAnswer(upload: Upload, stored: { id: string; size: number }): FileAnswer {
  const type = fileTypeOf(upload.bytes)
  const name = upload.fileName.slice(-200).normalize('NFC').toWellFormed().replace(/[\p{Cc}/\\]+/gu, ' ').trim()
  return { id: stored.id, name: name === '' ? 'file' : name, type: type ? mimeTypes[type] : upload.mimeType, size: stored.size }
}


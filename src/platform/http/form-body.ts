import type { FastifyRequest } from 'fastify'
import '@fastify/multipart'
import { emptyForm, type FormBody, type UploadedFile } from './route.ts'

export const maxFileBytes = 10 * 1024 * 1024
const maxFiles = 20

/** Reads a posted form of either encoding. Files over the limit come truncated and say so; the rest of the stream is read and dropped. Without files they are named but empty. */
export async function readForm(request: FastifyRequest, { withoutFiles = false }: { withoutFiles?: boolean } = {}): Promise<FormBody> {
  if (request.isMultipart()) return readMultipart(request, withoutFiles)
  if (typeof request.body !== 'string') return emptyForm
  const fields = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(request.body)) add(fields, name, value)
  return formBody(fields, [])
}

async function readMultipart(request: FastifyRequest, withoutFiles: boolean): Promise<FormBody> {
  try {
    return await readParts(request, withoutFiles)
  } catch (error) {
    // Whatever the parser cannot read came from the sender: its limits carry a status of their own, a torn or nameless part carries none.
    throw Object.assign(new Error('The form cannot be read.', { cause: error }), { statusCode: (error as { statusCode?: number }).statusCode ?? 400 })
  }
}

async function readParts(request: FastifyRequest, withoutFiles: boolean): Promise<FormBody> {
  const fields = new Map<string, string[]>()
  const files: UploadedFile[] = []
  const parts = request.parts({ limits: { fileSize: maxFileBytes, files: maxFiles, fields: 500, fieldSize: 100_000, parts: 600 } })
  for await (const part of parts) {
    if (part.type === 'field') {
      add(fields, part.fieldname, String(part.value ?? ''))
      continue
    }
    const chunks: Buffer[] = []
    if (withoutFiles) part.file.resume()
    else for await (const chunk of part.file) chunks.push(chunk as Buffer)
    // Nobody needs ten megabytes of a file that is refused for its size.
    if (part.file.truncated) chunks.splice(1)
    if (part.filename || chunks.length > 0) files.push({ field: part.fieldname, fileName: (part.filename ?? '').normalize('NFC').slice(-200), mimeType: part.mimetype, bytes: Buffer.concat(chunks), truncated: part.file.truncated })
  }
  return formBody(fields, files)
}

function add(fields: Map<string, string[]>, name: string, value: string): void {
  const clean = value.replaceAll('\r\n', '\n').replaceAll('\u0000', '').normalize('NFC').trim()
  const list = fields.get(name)
  if (list) list.push(clean)
  else fields.set(name, [clean])
}

export function formBody(fields: ReadonlyMap<string, string[]>, files: readonly UploadedFile[]): FormBody {
  const record: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>
  for (const [name, values] of fields) record[name] = values.length === 1 ? values[0]! : values
  return {
    fields: record,
    files,
    get: (name) => fields.get(name)?.[0] ?? '',
    all: (name) => fields.get(name) ?? [],
  }
}

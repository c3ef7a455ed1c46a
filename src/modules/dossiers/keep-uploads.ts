import type { FieldError } from '../../platform/errors.ts'
import type { Req } from '../../platform/http/route.ts'
import { newId } from '../../platform/ids.ts'
import { inspectUpload } from '../documents/index.ts'
import type { AttachedFile } from './dossier.ts'

/** Keeps the good ones of the files that came with a form, each for `field` of the dossier; the others are mistakes of the form's field `files`. */
export async function keepUploads(req: Req, field: string): Promise<{ files: AttachedFile[]; mistakes: FieldError[] }> {
  const files: AttachedFile[] = []
  const mistakes: FieldError[] = []
  for (const upload of req.form.files) {
    const verdict = inspectUpload(upload.bytes, upload.fileName, { truncated: upload.truncated })
    if (!verdict.ok) {
      mistakes.push({ field: 'files', key: verdict.key, ...(verdict.params ? { params: verdict.params } : {}) })
      continue
    }
    const { id: fileId, size } = await req.ctx.node.files.put(upload.bytes)
    files.push({ id: newId(), field, fileId, fileName: upload.fileName, mimeType: verdict.type, size })
  }
  return { files, mistakes }
}

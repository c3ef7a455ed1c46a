import type { FieldError } from '../../../platform/errors.ts'
import type { Req } from '../../../platform/http/route.ts'
import { newId } from '../../../platform/ids.ts'
import { inspectUpload } from '../../documents/index.ts'
import type { ConsultationFile } from './consultation.store.ts'

/** Judges and stores the files of a posted form; what is refused is named at the field. */
export async function keepUploads(req: Req, field: string, side: ConsultationFile['side']): Promise<{ files: ConsultationFile[]; mistakes: FieldError[] }> {
  const files: ConsultationFile[] = []
  const mistakes: FieldError[] = []
  for (const upload of req.form.files.filter((f) => f.field === field && f.bytes.length > 0)) {
    const verdict = inspectUpload(upload.bytes, upload.fileName, { truncated: upload.truncated })
    if (!verdict.ok) {
      mistakes.push({ field, key: verdict.key, params: verdict.params })
      continue
    }
    const { id: fileId, size } = await req.ctx.node.files.put(upload.bytes)
    files.push({ id: newId(), side, fileId, fileName: upload.fileName, mimeType: verdict.type, size })
  }
  return { files, mistakes }
}

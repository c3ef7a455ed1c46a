import type { FieldError } from '../../../../platform/errors.ts'
import type { Req } from '../../../../platform/http/route.ts'

/** Characters. */
export const maxReason = 2000

/** A reason is written, and not endless. */
export function checkReason(req: Req, field: string): FieldError[] {
  const reason = req.form.get(field)
  if (reason === '') return [{ field, key: 'dossiers.desk.reasonMissing' }]
  return reason.length > maxReason ? [{ field, key: 'dossiers.desk.reasonTooLong', params: { max: maxReason } }] : []
}

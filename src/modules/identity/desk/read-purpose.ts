import type { FieldError } from '../../../platform/errors.ts'
import { purposes, type LookUpPurpose } from './look-up.store.ts'

/** Form of a dossier code (Circular 03/2025/TT-VPCP): agency, day, number of the day. */
const dossierCode = /^[GH]\d{2}(\.\d{2,3})*-\d{6}-\d{4,7}$/

/** What a look-up is for, from what was chosen and typed. There is no purpose unless one is given. */
export function readPurpose(reason: string, code: string): { ok: true; value: LookUpPurpose } | { ok: false; error: FieldError } {
  if (!(purposes as readonly string[]).includes(reason)) return { ok: false, error: { field: 'reason', key: 'identity.desk.reason.missing' } }
  if (reason !== 'dossier') return { ok: true, value: { reason } as LookUpPurpose }
  const clean = code.replace(/\s/g, '').toUpperCase()
  if (!dossierCode.test(clean)) return { ok: false, error: { field: 'dossierCode', key: clean ? 'identity.desk.dossier_code.form' : 'identity.desk.dossier_code.missing' } }
  return { ok: true, value: { reason: 'dossier', dossierCode: clean } }
}

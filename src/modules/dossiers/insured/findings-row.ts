import type { Db } from '../../../platform/db.ts'
import { civilDate, formatDate } from '../../../platform/i18n.ts'
import { findCheck } from './insured.store.ts'

/** What the insurer confirms by its data, as a row of the signed paper; undefined where the register was not asked. */
export async function findingsRow(db: Db, dossierId: string): Promise<{ label: string; value: string } | undefined> {
  const check = await findCheck(db, dossierId)
  if (!check) return undefined
  const [year, month] = check.month.split('-')
  return { label: `Đã đóng bảo hiểm xã hội tháng ${month}/${year}, theo dữ liệu tra cứu ngày ${formatDate(civilDate(check.askedAt))}`, value: `${check.findings.filter((one) => one === 'paid').length} trên ${check.findings.length} người lao động` }
}

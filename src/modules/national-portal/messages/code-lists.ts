import type { Db } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'

export const codeLists = ['TrangThaiHoSo', 'KenhThucHien', 'HinhThuc', 'LoaiDoiTuong', 'NoiNopHoSo', 'LoaiDinhDanh', 'DuocThanhToanTrucTuyen'] as const
export type CodeList = (typeof codeLists)[number]

/** One line of a code list: our word, the portal's code, and the days on which it holds ('YYYY-MM-DD', `validTo` is the first day on which it does not). */
export interface CodeEntry { list: CodeList; ours: string; code: string; nameVi: string; isRead: boolean; validFrom: string; validTo: string | null; source: string }

/** The code lists of one day. */
export interface Codes {
  /** '' where the list has no code for it: the check of the message then says so. */
  codeOf(list: CodeList, ours: string): string
  /** Our word for a code; of several the one that the list names for reading. */
  oursOf(list: CodeList, code: string): string | undefined
  has(list: CodeList, code: string): boolean
}

export async function listCodes(db: Db): Promise<CodeEntry[]> {
  return await db<CodeEntry[]>`SELECT list, ours, code, name_vi AS "nameVi", is_read AS "isRead", valid_from::text AS "validFrom", valid_to::text AS "validTo", source FROM national_portal.code ORDER BY list, valid_from, length(code), code, ours`
}

export async function loadCodes(db: Db, at: Date): Promise<Codes> {
  return codesOf(await listCodes(db), civilDate(at))
}

/** @param day 'YYYY-MM-DD' */
export function codesOf(entries: readonly CodeEntry[], day: string): Codes {
  const valid = entries.filter((e) => e.validFrom <= day && (e.validTo === null || e.validTo > day))
  const byOurs = new Map(valid.map((e) => [`${e.list} ${e.ours}`, e.code]))
  const byCode = new Map(valid.filter((e) => e.isRead).map((e) => [`${e.list} ${e.code}`, e.ours]))
  return { codeOf: (list, ours) => byOurs.get(`${list} ${ours}`) ?? '', oursOf: (list, code) => byCode.get(`${list} ${code}`), has: (list, code) => byCode.has(`${list} ${code}`) }
}

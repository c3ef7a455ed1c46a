import { z } from 'zod'

/** What every paper has: head, place and date, signature, and the QR code by which it can be looked up (Decree 30/2020/NĐ-CP, Annex I). */
export const text = z.string().trim().min(1)
export const optionalText = z.string().nullable().default(null)
/** A date without time: 'YYYY-MM-DD'. */
export const day = z.iso.date()
export const count = z.number().int().min(0)
/** Whole đồng. */
export const money = z.number().int().min(0)

export const head = z.object({
  /** Superior agency, above the issuing one: "ỦY BAN NHÂN DÂN TỈNH GIA LAI". */
  superior: optionalText,
  agency: text,
  /** Number and sign, "12/TB-PVHCC". */
  number: optionalText,
  place: text,
  date: day,
  /** Quyển số, Số thứ tự: book and running number under which the register lists the dossier. */
  book: optionalText,
  sequence: optionalText,
})

/** The form of the circular that was in force on the day of issue; `edition` tells templates whose wording to follow. */
export const form = z.object({ edition: text, number: text, title: text, source: text })

export const signature = z.object({
  /** On whose behalf: "TM. ỦY BAN NHÂN DÂN", "KT. GIÁM ĐỐC". */
  capacity: optionalText,
  position: text,
  name: text,
  /** Moment of the digital signature; without it the space for a hand-written one is left free. */
  signedAt: z.date().nullable().default(null),
  /** Whose digital signature; the person's name when absent. */
  signedBy: z.string().optional(),
  organisation: optionalText,
})

/** The QR code holds `url`; `code` stands beside it in letters for who cannot scan. */
export const mark = z.object({ url: z.url(), code: text, hint: z.string().optional() })

export const owner = z.object({
  name: text,
  /** How a letter addresses the owner: 'Ông/Bà', or the kind of organisation. */
  salutation: text.default('Ông/Bà'),
  address: optionalText,
  phone: optionalText,
  email: optionalText,
  idNumber: optionalText,
})
export const procedure = z.object({ code: text, name: text })
/** How many of a paper came: originals, certified copies, plain copies, files; for papers to be certified, pages and copies asked for. */
export const listedPaper = z.object({
  name: text, originals: count.default(0), certified: count.default(0), copies: count.default(0), electronic: count.default(0),
  pages: count.nullable().default(null), paperCopies: count.nullable().default(null), electronicCopies: count.nullable().default(null),
})

/** The part that all papers share. */
export const paper = z.object({ head, signature, mark })

export const sampleHead = {
  superior: 'Ủy ban nhân dân tỉnh Gia Lai',
  agency: 'Trung tâm Phục vụ hành chính công tỉnh',
  number: null,
  place: 'Gia Lai',
  date: '2026-11-23',
  book: '2026',
  sequence: '261123-0007',
}
/** Today's form of a number. */
export const sampleForm = (number: string, title: string) => ({ edition: 'tt-03-2025', number, title, source: 'Thông tư 03/2025/TT-VPCP, Phụ lục I' })
export const sampleSignature = {
  position: 'Người tiếp nhận hồ sơ',
  name: 'Rơ Châm H’Liên',
  organisation: 'Trung tâm Phục vụ hành chính công tỉnh Gia Lai',
  signedAt: new Date('2026-11-23T01:42:05Z'),
}
export const sampleMark = { url: 'http://localhost:3010/tra-cuu?ma=H21.15-261123-0007', code: 'H21.15-261123-0007' }
export const sampleOwner = {
  name: 'Nguyễn Thị Ánh Tuyết',
  address: '27 đường Wừu, phường Pleiku, tỉnh Gia Lai',
  phone: '0905 123 456',
  email: 'anhtuyet@example.vn',
  idNumber: '064190001234',
}

import type { Db } from '../../../platform/db.ts'

export type OfficialFormKind = 'appointment-slip' | 'supplement-request' | 'refusal' | 'apology' | 'stop-notice' | 'control-slip' | 'register'

/** A form ("biểu mẫu") that a circular prescribes. */
export interface OfficialForm {
  /** The circular: 'tt-01-2018', 'tt-03-2025'. */
  edition: string
  /** Number of the form in the circular: "04". */
  number: string
  title: string
  /** Sign behind the number of a paper; null where such papers have no number. */
  sign: string | null
  source: string
}

/** The form for papers of a kind issued on a day ('YYYY-MM-DD'); undefined where the circular of that day has none. */
export async function findOfficialForm(db: Db, kind: OfficialFormKind, day: string): Promise<OfficialForm | undefined> {
  const [row] = await db<OfficialForm[]>`
    SELECT edition, number, title, sign, source FROM documents.official_form WHERE kind = ${kind} AND valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day})`
  return row && { ...row }
}

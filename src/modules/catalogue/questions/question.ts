/** Câu hỏi, trả lời (S4 art. 22): what an agency answers about procedures, by sector and life event. */
export interface QuestionContent {
  sector: string | null
  lifeEvents: string[]
  procedures: string[]
  question: { vi: string; en: string }
  answer: { vi: string; en: string }
}

export const questionStates = ['draft', 'published', 'needs-review'] as const
export type QuestionState = (typeof questionStates)[number]

/** The working copy of the authors, with what is public of it. */
export interface Question extends QuestionContent {
  id: string
  /** Agency whose officers answer for it; null for those that the program ships. */
  agency: string | null
  state: QuestionState
  /** Number of the save; who saves over another one is told. */
  revision: number
  publishedVersion: number | null
  /** Tied procedures that changed since the last publication. */
  review: { code: string; version: number }[]
  updatedAt: Date
}

/** What the public read. */
export interface PublishedQuestion extends QuestionContent { id: string; version: number; publishedAt: Date; underReview: boolean }

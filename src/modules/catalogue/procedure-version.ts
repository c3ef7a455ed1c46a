import type { ProcedureContent } from './content.ts'

export type Origin = 'authored' | 'shipped' | 'imported'

/** One version of a procedure as readers get it. */
export interface ProcedureVersion {
  code: string
  version: number
  content: ProcedureContent
  hash: string
  origin: Origin
  decisionNumber: string | null
  decisionDate: string | null
  /** 'YYYY-MM-DD'. */
  validFrom: string
  /** First day of the next version; null for the last. */
  validTo: string | null
  publishedAt: Date
  /** In a province's copy: the version of the original that it is made from; null in an original. */
  baseVersion: number | null
  /** False while the English texts are missing and show the Vietnamese. */
  translated: boolean
}

/** What travels between nodes. */
export interface ExchangedProcedure {
  content: unknown
  version: number
  hash: string
  origin: Origin
  decisionNumber: string | null
  decisionDate: string | null
  validFrom: string
  publishedAt: string
  /** The national node's signature (compact JWS) over what this version is. */
  signature?: string
  /** The content here is not that of its hash: it is put right even where the hash is the same. */
  repair?: boolean
  /** Only in a province's copy. */
  baseVersion?: number | null
}

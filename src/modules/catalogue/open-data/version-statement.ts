import { canonicalJson } from '../../../platform/canonical-json.ts'
import type { Origin } from '../procedure-version.ts'

export const versionSignatureType = 'motcua-procedure+jws'

/** What the national node puts its name to: which content is which version, from when, by which decision. */
export interface VersionStatement {
  iss: string
  code: string
  version: number
  /** SHA-256 of the content as canonical JSON, hex. */
  hash: string
  origin: Origin
  validFrom: string
  decisionNumber: string | null
  decisionDate: string | null
  /** ISO 8601. */
  publishedAt: string
  /** Only in a province's copy: the version of the original that it is made from. */
  baseVersion?: number
}

export interface StatedVersion { code: string; version: number; hash: string; origin: Origin; validFrom: string; decisionNumber: string | null; decisionDate: string | null; publishedAt: Date | string; baseVersion?: number | null | undefined }

/** The statement of a version as the text that is signed. */
export function statementOf(issuer: string, v: StatedVersion): string {
  const publishedAt = new Date(v.publishedAt).toISOString()
  return canonicalJson({ iss: issuer, code: v.code, version: v.version, hash: v.hash, origin: v.origin, validFrom: v.validFrom, decisionNumber: v.decisionNumber, decisionDate: v.decisionDate, publishedAt, ...(v.baseVersion ? { baseVersion: v.baseVersion } : {}) } satisfies VersionStatement)
}

/**
 * What a signed file is worth. Data with text keys, so that a page, an API and another node can each say it in their own way.
 *
 * Terminology: *integrity* – the signed bytes are as they were; *coverage* – which bytes those are, and what came after;
 * *trust* – the signer's certificate leads to a root that counts here. A signature is worth something only with all three.
 */
export interface Verdict {
  outcome: Outcome
  /** Bytes. */
  size: number
  /** SHA-256 of the file, hexadecimal. */
  sha256: string
  signatures: SignatureVerdict[]
  /** About the file as a whole. */
  findings: Finding[]
}

/** From best to worst; the worst of a file's signatures counts. */
export type Outcome =
  | 'valid'
  /** What is there is valid, but a signature that belongs on the paper is missing. */
  | 'incomplete'
  /** Unchanged, but who signed is not known here or the certificate did not hold. */
  | 'untrusted'
  /** The signed part is unchanged, but more than signatures was added after. */
  | 'changed'
  /** Signed bytes were altered, or a signature is malformed. */
  | 'invalid'
  | 'unsigned'
  | 'unreadable'
export const outcomes: readonly Outcome[] = ['valid', 'incomplete', 'untrusted', 'changed', 'invalid', 'unsigned', 'unreadable']

export interface Finding { key: string; params?: Record<string, string | number> }

export interface SignatureVerdict {
  field: string
  kind: 'signature' | 'time-stamp'
  signer: SignerIdentity | null
  /** null when nothing says when. */
  time: { at: Date; source: 'time-stamp' | 'claimed'; authority: string | null } | null
  reason: string | null
  integrity: 'intact' | 'altered' | 'malformed'
  trust: Trustworthiness
  /** Node whose root vouches for the signer. */
  trustedBy: string | null
  coverage: Coverage
  /** What was added after this signature, in words of the verifier. */
  changes: Change[]
  findings: Finding[]
}

export interface SignerIdentity {
  name: string
  title: string | null
  organisation: string | null
  /** Code of the agency, or id of the officer. */
  code: string | null
  issuer: string
}

export type Trustworthiness = 'trusted' | 'unknown-root' | 'expired' | 'not-for-signing' | 'not-checked'

export type Coverage =
  /** The signature reaches the last byte. */
  | 'whole-file'
  /** After it come only further signatures. */
  | 'then-signatures'
  | 'then-changes'
  /** Its byte range does not say what a signature's must: all but its own gap, up to an end of file. */
  | 'wrong-range'

/** One thing that an update after a signature did. */
export interface Change {
  kind: ChangeKind
  /** Signatures, fields for them and data about their validity may follow a signature; the description of the file is worth a remark. */
  allowed: boolean
  /** Number of the object in the file, for who looks closer. */
  object?: number
  /** Bytes, for foreign bytes. */
  count?: number
}
export type ChangeKind =
  | 'signature' | 'signature-field' | 'validation-data' | 'metadata'
  | 'page' | 'page-content' | 'annotation' | 'form-value' | 'document-settings' | 'defined-later' | 'foreign-bytes' | 'hidden-object' | 'other'

/** Whose signatures count. */
export interface Trust {
  /** Root certificates as PEM with the node that each belongs to. */
  roots: readonly { pem: string; nodeCode: string }[]
  now: Date
  /** Signers (common name, agency code or officer id) without whom the paper is not complete. */
  expected?: readonly string[]
}

import { setImmediate } from 'node:timers/promises'
import { maxFileBytes } from '../../../platform/http/form-body.ts'
import { sha256 } from '../../../platform/ids.ts'
import { signatureFields, type SignatureField } from '../pdf/form-fields.ts'
import { openPdf, type PdfFile } from '../pdf/open-pdf.ts'
import { isString, nameOf, PdfDamaged, textOf } from '../pdf/values.ts'
import { chainTo, identityOf } from './chain.ts'
import { checkCms } from '../../../platform/pki/check-cms.ts'
import { checkTimeStamp } from './check-time-stamp.ts'
import { compareRevisions } from './compare-revisions.ts'
import { outcomes, type Coverage, type Finding, type Outcome, type SignatureVerdict, type Trust, type Verdict } from './verdict.ts'

/** More signers than any paper has; each costs a comparison of the whole file. */
const MAX_SIGNATURES = 20

/**
 * Says what a PDF is worth: for each signature who, when, whether its bytes are intact, whether the signer counts here, which part of the
 * file it covers, and what was added after. Any bytes get an answer; nothing in a file makes it throw.
 */
export async function verifyPdf(bytes: Uint8Array, trust: Trust): Promise<Verdict> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const base = { size: buffer.length, sha256: sha256(buffer).toString('hex'), signatures: [] }
  const unreadable = (key: string): Verdict => ({ ...base, outcome: 'unreadable', findings: [{ key }] })
  if (buffer.length === 0) return unreadable('documents.verify.empty')
  if (buffer.length > maxFileBytes) return { ...base, outcome: 'unreadable', findings: [{ key: 'documents.verify.too_large', params: { max: maxFileBytes / 1024 / 1024 } }] }
  if (!buffer.subarray(0, 1024).includes('%PDF-')) return unreadable('documents.verify.not_pdf')
  try {
    return { ...base, ...(await judge(openPdf(buffer), trust)) }
  } catch (error) {
    if (error instanceof PdfDamaged || error instanceof RangeError) return unreadable('documents.verify.damaged')
    throw error
  }
}

async function judge(file: PdfFile, trust: Trust): Promise<Pick<Verdict, 'outcome' | 'signatures' | 'findings'>> {
  if (file.trailer.has('Encrypt')) return { outcome: 'unreadable', signatures: [], findings: [{ key: 'documents.verify.encrypted' }] }
  const fields = signatureFields(file)
  const signed = fields.filter((f) => f.value)
  if (signed.length > MAX_SIGNATURES) return { outcome: 'unreadable', signatures: [], findings: [{ key: 'documents.verify.too_many_signatures', params: { max: MAX_SIGNATURES } }] }
  const signatures: SignatureVerdict[] = []
  for (const field of signed) {
    signatures.push(judgeSignature(file, field, trust))
    // A large file takes a while; others wait between signatures, not for all of them.
    await setImmediate()
  }
  const findings = missing(fields, signatures, trust)
  if (signatures.length === 0) return { outcome: 'unsigned', signatures, findings }
  // Bytes that no signature reaches are nobody's: the paper is only as good as its last whole signature.
  if (!signatures.some((s) => s.coverage === 'whole-file')) findings.push({ key: 'documents.verify.uncovered' })
  const worst = signatures.map(outcomeOf).concat(findings.some((f) => f.key.startsWith('documents.verify.missing')) ? 'incomplete' : 'valid')
  return { outcome: worst.reduce((a, b) => (outcomes.indexOf(a) >= outcomes.indexOf(b) ? a : b)), signatures, findings }
}

/** Empty signature fields, and signers who were expected and did not sign. */
function missing(fields: readonly SignatureField[], signatures: readonly SignatureVerdict[], trust: Trust): Finding[] {
  const empty = fields.filter((f) => !f.value).map((f) => ({ key: 'documents.verify.missing_field', params: { field: f.name } }))
  const there = signatures.filter((s) => s.integrity === 'intact' && s.trust === 'trusted').flatMap((s) => [s.signer?.name, s.signer?.code])
  const absent = (trust.expected ?? []).filter((name) => !there.includes(name)).map((name) => ({ key: 'documents.verify.missing_signer', params: { name } }))
  return [...empty, ...absent]
}

function outcomeOf(s: SignatureVerdict): Outcome {
  if (s.integrity !== 'intact' || s.coverage === 'wrong-range') return 'invalid'
  if (s.coverage === 'then-changes') return 'changed'
  return s.trust === 'trusted' ? 'valid' : 'untrusted'
}

function judgeSignature(file: PdfFile, field: SignatureField, trust: Trust): SignatureVerdict {
  const value = field.value ?? new Map()
  const isStamp = nameOf(file.resolve(value.get('SubFilter'))) === 'ETSI.RFC3161'
  const verdict: SignatureVerdict = {
    field: field.name, kind: isStamp ? 'time-stamp' : 'signature', signer: null, time: null, reason: textOf(file.resolve(value.get('Reason'))),
    integrity: 'malformed', trust: 'not-checked', trustedBy: null, coverage: 'wrong-range', changes: [], findings: [],
  }
  const range = signedRange(file, field)
  if (!range) return { ...verdict, findings: [{ key: 'documents.verify.wrong_range' }] }
  Object.assign(verdict, coverageOf(file, range.end))
  if (isStamp) judgeDocumentStamp(verdict, range, trust)
  else judgeSigner(verdict, range, trust, claimedTime(file, field))
  return verdict
}

interface SignedRange { covered: Buffer; cms: Buffer; end: number }

/** The byte range must be all of the file up to some end, but for this signature's own gap, delimiters included. */
function signedRange(file: PdfFile, field: SignatureField): SignedRange | null {
  const range = file.resolve(field.value?.get('ByteRange'))
  const held = field.value?.get('Contents')
  if (!Array.isArray(range) || range.length !== 4 || !isString(held)) return null
  const [start, first, from, rest] = range.map((v) => (typeof v === 'number' && Number.isInteger(v) && v >= 0 ? v : -1))
  if (start !== 0 || first !== held.start || from !== held.end || rest === undefined || rest < 0) return null
  const end = from + rest
  if (end > file.bytes.length || file.bytes[held.start] !== 0x3c || held.string.length < 8) return null
  return { covered: Buffer.concat([file.bytes.subarray(0, first), file.bytes.subarray(from, end)]), cms: held.string, end }
}

function coverageOf(file: PdfFile, end: number): { coverage: Coverage; changes: SignatureVerdict['changes'] } {
  if (end === file.bytes.length) return { coverage: 'whole-file', changes: [] }
  try {
    const changes = compareRevisions(file, end)
    return { coverage: changes.every((c) => c.allowed) ? 'then-signatures' : 'then-changes', changes }
  } catch (error) {
    // What ends there is no file of its own: such a signature was not made by any signing program.
    if (error instanceof PdfDamaged) return { coverage: 'wrong-range', changes: [] }
    throw error
  }
}

function judgeSigner(verdict: SignatureVerdict, range: SignedRange, trust: Trust, claimed: Date | null): void {
  const cms = checkCms(range.cms, range.covered)
  verdict.integrity = cms.integrity
  if (!cms.certificate) return
  verdict.signer = identityOf(cms.certificate)
  if (cms.integrity !== 'intact') return
  const stamp = cms.token && checkTimeStamp(cms.token, cms.signature, trust)
  const stamped = stamp?.state === 'trusted' ? stamp : null
  verdict.time = stamped ? { at: stamped.at, source: 'time-stamp', authority: stamped.authority } : claimed ? { at: claimed, source: 'claimed', authority: null } : null
  if (!stamped) verdict.findings.push({ key: cms.token ? 'documents.verify.bad_time_stamp' : 'documents.verify.no_time_stamp' })
  // Only a proven time may lie in the past: a claimed one could be chosen before a certificate ran out.
  const chain = chainTo(cms.certificate, cms.pool, trust, stamped ? stamped.at : trust.now, 'document')
  verdict.trust = chain.trust
  verdict.trustedBy = chain.nodeCode
}

function judgeDocumentStamp(verdict: SignatureVerdict, range: SignedRange, trust: Trust): void {
  const cms = checkCms(range.cms, null)
  verdict.signer = cms.certificate && identityOf(cms.certificate)
  const stamp = checkTimeStamp(range.cms, range.covered, trust)
  if (!('at' in stamp)) {
    verdict.integrity = stamp.state
    return
  }
  verdict.integrity = 'intact'
  verdict.trust = stamp.state === 'trusted' ? 'trusted' : 'unknown-root'
  verdict.time = { at: stamp.at, source: stamp.state === 'trusted' ? 'time-stamp' : 'claimed', authority: stamp.authority }
}

/** /M, "D:20261122140500+07'00'": what the signing program wrote, without proof. */
function claimedTime(file: PdfFile, field: SignatureField): Date | null {
  const text = textOf(file.resolve(field.value?.get('M')))
  const m = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-]\d\d)'?(\d\d)'?)?/.exec(text ?? '')
  if (!m) return null
  const at = new Date(`${m[1]}-${m[2]}-${m[3]}T${m[4]}:${m[5]}:${m[6]}${m[7] ? `${m[7]}:${m[8] ?? '00'}` : 'Z'}`)
  return Number.isNaN(at.getTime()) ? null : at
}

import { createHash, X509Certificate } from 'node:crypto'
import { openAuthority, type KeyHolder, type SignerName } from './authority.ts'
import { aboutCertificate } from './certificate.ts'
import { signCms } from './cms.ts'
import { fillSignature, prepareSignature } from './prepare-signature.ts'
import { OID, type Signer } from './signer.ts'
import type { TimeStamper } from './time-stamp.ts'

export interface SignRequest {
  /** Whose signature. */
  signer: SignerName
  /** Why, in the language of the paper: "Ký ban hành". */
  reason?: string
  /**
   * Fields still to be signed by others, made empty now so that their absence shows. By default an officer's signature awaits the
   * agency's seal (a paper of an agency is not complete without it, Decree 30/2020/NĐ-CP); give [] for a paper that needs none.
   */
  awaits?: readonly string[]
}

/** Field names: one seal, any number of officers. */
export const AGENCY_FIELD = 'agency'
export const OFFICER_FIELD = 'officer'

/**
 * Signs a PDF as PAdES B-T (ETSI EN 319 142-1) in an update of its own, so earlier signatures stay valid. The time-stamp comes from the
 * node's time-stamp authority. Throws PdfDamaged when the file cannot be read or is encrypted.
 */
export async function signPdf(node: KeyHolder, pdf: Uint8Array, request: SignRequest): Promise<Buffer> {
  const authority = await openAuthority(node)
  const seal = request.signer === 'agency' || 'agencyCode' in request.signer
  return signWith(Buffer.from(pdf), await authority.signer(request.signer), authority.timeStamper, {
    field: seal ? AGENCY_FIELD : OFFICER_FIELD,
    reserve: request.awaits ?? (seal ? [] : [AGENCY_FIELD]),
    reason: request.reason ?? null,
    at: node.now(),
  })
}

/** The same with any signer and time-stamp authority; `timeStamper` null gives PAdES B-B, without proof of the time. */
export async function signWith(pdf: Buffer, signer: Signer, timeStamper: TimeStamper | null, request: { field: string; reserve?: readonly string[]; reason?: string | null; at: Date }): Promise<Buffer> {
  const [own] = signer.certificateChain
  if (!own) throw new Error('A signer needs a certificate.')
  const { commonName } = aboutCertificate(own)
  const prepared = prepareSignature(pdf, { field: request.field, reserve: request.reserve ?? [], reason: request.reason ?? null, at: request.at, name: commonName, room: roomFor(signer) })
  const digest = createHash('sha256').update(prepared.bytes.subarray(0, prepared.from)).update(prepared.bytes.subarray(prepared.to)).digest()
  const cms = await signCms(signer, { type: OID.data, content: null, digest }, timeStamper ? (signature) => timeStamper.stamp(signature) : undefined)
  return fillSignature(prepared, cms)
}

/** The certificates, and 6 kB for two signatures and a time-stamp with its own certificates. */
const roomFor = (signer: Signer): number => signer.certificateChain.reduce((sum, c) => sum + c.length, 6144)

/** The node's root certificate as PEM, for other nodes to trust. */
export async function rootCertificatePem(node: KeyHolder): Promise<string> {
  return new X509Certificate((await openAuthority(node)).root).toString()
}

import { constants, createHash, verify, X509Certificate } from 'node:crypto'
import type { SignedData, SignerInfo } from 'pkijs'
import { oid } from '../signing/der.ts'
import { OID } from '../signing/signer.ts'

/** What a CMS signature says of itself; nothing about trust. */
export interface CmsCheck {
  integrity: 'intact' | 'altered' | 'malformed'
  certificate: X509Certificate | null
  /** All certificates that came with it. */
  pool: X509Certificate[]
  /** The signature value, over which a time-stamp speaks. */
  signature: Buffer
  /** TimeStampToken, if there is one. */
  token: Buffer | null
  /** Content inside the signature: the statement of a time-stamp. */
  content: Buffer | null
}

const malformed: CmsCheck = { integrity: 'malformed', certificate: null, pool: [], signature: Buffer.alloc(0), token: null, content: null }

/** SHA-1 and older are not accepted: two files can be made with one hash. */
const HASHES: Record<string, string> = { '2.16.840.1.101.3.4.2.1': 'sha256', '2.16.840.1.101.3.4.2.2': 'sha384', '2.16.840.1.101.3.4.2.3': 'sha512' }
const RSA_PSS = '1.2.840.113549.1.1.10'

/**
 * Checks the digest, the signature over the attributes, and that the certificate is the one that the signature names.
 * `covered` are the signed bytes; null when the content lies inside. Anything unreadable is 'malformed', never an exception.
 */
export async function checkCms(cms: Buffer, covered: Buffer | null): Promise<CmsCheck> {
  try {
    return await check(cms, covered)
  } catch {
    return malformed
  }
}

async function check(cms: Buffer, covered: Buffer | null): Promise<CmsCheck> {
  // Loaded at the first check: most processes never verify a file.
  const pki = await import('pkijs')
  const info = pki.ContentInfo.fromBER(new Uint8Array(cms))
  if (info.contentType !== OID.signedData) return malformed
  const signed = new pki.SignedData({ schema: info.content as object })
  const [signer, another] = signed.signerInfos
  if (!signer || another) return malformed
  const pool = (signed.certificates ?? []).flatMap((c) => (c instanceof pki.Certificate ? [new X509Certificate(Buffer.from(c.toSchema(true).toBER()))] : []))
  const certificate = pool.find((c) => names(signer, c, pki)) ?? null
  const inside = signed.encapContentInfo.eContent
  const content = inside ? Buffer.from(inside.getValue()) : null
  const bytes = covered ?? content
  const base = { certificate, pool, signature: Buffer.from(signer.signature.valueBlock.valueHexView), token: attributeValue(signer.unsignedAttrs?.attributes, OID.timeStampToken), content }
  if (!certificate || !bytes) return { ...base, integrity: 'malformed' }
  const integrity = verifySigner(signed, signer, certificate, bytes, base.signature)
  return { ...base, integrity }
}

function verifySigner(signed: SignedData, signer: SignerInfo, certificate: X509Certificate, bytes: Buffer, signature: Buffer): 'intact' | 'altered' | 'malformed' {
  const hash = HASHES[signer.digestAlgorithm.algorithmId]
  if (!hash) return 'malformed'
  const key = certificate.publicKey
  const pss = signer.signatureAlgorithm.algorithmId === RSA_PSS
  const options = pss ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO } : key
  if (!signer.signedAttrs) return verify(hash, bytes, options, signature) ? 'intact' : 'altered'
  const type = attributeValue(signer.signedAttrs.attributes, OID.contentType)
  const digest = attributeValue(signer.signedAttrs.attributes, OID.messageDigest)
  if (!type || !digest || !type.equals(oid(signed.encapContentInfo.eContentType))) return 'malformed'
  if (!digest.subarray(2).equals(createHash(hash).update(bytes).digest())) return 'altered'
  if (!namesCertificate(attributeValue(signer.signedAttrs.attributes, OID.signingCertificateV2), certificate)) return 'malformed'
  // Signed as SET OF, stored as [0].
  const attributes = Buffer.from(signer.signedAttrs.encodedValue)
  attributes[0] = 0x31
  return verify(hash, attributes, options, signature) ? 'intact' : 'altered'
}

/** The attribute may be absent (plain CMS); where it is there with SHA-256, the default, it must name this certificate. */
function namesCertificate(value: Buffer | null, certificate: X509Certificate): boolean {
  if (!value) return true
  const [withDefault, withName] = [createHash('sha256').update(certificate.raw).digest(), ['sha384', 'sha512'].map((h) => createHash(h).update(certificate.raw).digest())]
  return [withDefault, ...withName].some((hash) => value.includes(hash))
}

function names(signer: SignerInfo, certificate: X509Certificate, pki: typeof import('pkijs')): boolean {
  const own = pki.Certificate.fromBER(new Uint8Array(certificate.raw))
  if (signer.sid instanceof pki.IssuerAndSerialNumber) return signer.sid.serialNumber.isEqual(own.serialNumber) && signer.sid.issuer.isEqual(own.issuer)
  const wanted = Buffer.from((signer.sid as { valueBlock?: { valueHexView?: Uint8Array } }).valueBlock?.valueHexView ?? [])
  const held = own.extensions?.find((e) => e.extnID === '2.5.29.14')
  return wanted.length > 0 && held !== undefined && Buffer.from(held.extnValue.valueBlock.valueHexView).subarray(2).equals(wanted)
}

/** DER of the only value of an attribute that occurs once. */
function attributeValue(attributes: { type: string; values: unknown[] }[] | undefined, type: string): Buffer | null {
  const found = (attributes ?? []).filter((a) => a.type === type)
  const [value] = found[0]?.values ?? []
  if (found.length !== 1 || found[0]?.values.length !== 1) return null
  return Buffer.from((value as { toBER(): ArrayBuffer }).toBER())
}

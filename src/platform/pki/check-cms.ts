import { constants, createHash, verify, X509Certificate } from 'node:crypto'
import { children, oid, read, type Tlv } from './der.ts'
import { OID } from './oids.ts'

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
const HASHES: readonly (readonly [Buffer, string])[] = [[oid(OID.sha256), 'sha256'], [oid('2.16.840.1.101.3.4.2.2'), 'sha384'], [oid('2.16.840.1.101.3.4.2.3'), 'sha512']]
const RSA_PSS = oid('1.2.840.113549.1.1.10')

/**
 * Checks the digest, the signature over the attributes, and that the certificate is the one that the signature names (RFC 5652).
 * `covered` are the signed bytes; null when the content lies inside. Anything unreadable is 'malformed', never an exception.
 */
export function checkCms(cms: Buffer, covered: Buffer | null): CmsCheck {
  try {
    return check(cms, covered)
  } catch {
    return malformed
  }
}

function check(cms: Buffer, covered: Buffer | null): CmsCheck {
  const signed = readSignedData(cms)
  if (!signed) return malformed
  const { signer, pool } = signed
  const certificate = pool.find((c) => isNamed(signer.id, c)) ?? null
  const base = { certificate, pool, signature: signer.signature, token: attribute(signer.unsigned, OID.timeStampToken)?.raw ?? null, content: signed.content }
  const bytes = covered ?? signed.content
  return { ...base, integrity: certificate && bytes ? verifySigner(signed.type, signer, certificate, bytes) : 'malformed' }
}

interface SignerInfo { id: Tlv; hash: string | undefined; attributes: Tlv | null; algorithm: Tlv; signature: Buffer; unsigned: Tlv | null }
interface SignedData { type: Buffer; content: Buffer | null; pool: X509Certificate[]; signer: SignerInfo }

/** ContentInfo → SignedData with exactly one signer. */
function readSignedData(cms: Buffer): SignedData | null {
  const [contentType, wrapped] = children(read(cms).content)
  if (!contentType?.raw.equals(oid(OID.signedData)) || !wrapped) return null
  const parts = children(read(wrapped.content).content)
  const [type, inside] = children(parts[2]!.content)
  const certificates = parts.find((p) => p.tag === 0xa0)
  const signers = children(parts.at(-1)!.content)
  if (parts.at(-1)!.tag !== 0x31 || signers.length !== 1) return null
  const pool = certificates ? children(certificates.content).filter((c) => c.tag === 0x30).map((c) => new X509Certificate(c.raw)) : []
  return { type: type!.raw, content: inside ? octetsOf(read(inside.content)) : null, pool, signer: readSigner(signers[0]!) }
}

/** BER may cut a long string of octets into pieces. */
function octetsOf(value: Tlv): Buffer {
  return value.tag === 0x24 ? Buffer.concat(children(value.content).map(octetsOf)) : value.content
}

function readSigner(info: Tlv): SignerInfo {
  const parts = children(info.content)
  const attributes = parts[3]!.tag === 0xa0 ? parts[3]! : null
  const [algorithm, signature, unsigned] = parts.slice(attributes ? 4 : 3)
  const hashOid = children(parts[2]!.content)[0]!.raw
  return { id: parts[1]!, hash: HASHES.find(([id]) => id.equals(hashOid))?.[1], attributes, algorithm: algorithm!, signature: signature!.content, unsigned: unsigned ?? null }
}

function verifySigner(type: Buffer, signer: SignerInfo, certificate: X509Certificate, bytes: Buffer): CmsCheck['integrity'] {
  const { hash, attributes } = signer
  if (!hash) return 'malformed'
  const key = certificate.publicKey
  const pss = children(signer.algorithm.content)[0]!.raw.equals(RSA_PSS)
  const options = pss ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO } : key
  if (!attributes) return verify(hash, bytes, options, signer.signature) ? 'intact' : 'altered'
  const digest = attribute(attributes, OID.messageDigest)
  if (!digest || !attribute(attributes, OID.contentType)?.raw.equals(type)) return 'malformed'
  if (!digest.content.equals(createHash(hash).update(bytes).digest())) return 'altered'
  if (!namesCertificate(attribute(attributes, OID.signingCertificateV2), certificate)) return 'malformed'
  // Signed as SET OF, stored as [0].
  const signed = Buffer.concat([Buffer.from([0x31]), attributes.raw.subarray(1)])
  return verify(hash, signed, options, signer.signature) ? 'intact' : 'altered'
}

/** The attribute may be absent (plain CMS); where it is there, its first entry must be the hash of this certificate. */
function namesCertificate(value: Tlv | null, certificate: X509Certificate): boolean {
  if (!value) return true
  const first = children(children(children(value.content)[0]!.content)[0]!.content)
  // SHA-256 is the default and then not named.
  const named = first[0]!.tag === 0x30 ? children(first[0]!.content)[0]!.raw : oid(OID.sha256)
  const hash = HASHES.find(([id]) => id.equals(named))?.[1]
  const held = first.find((part) => part.tag === 0x04)
  return hash !== undefined && held !== undefined && held.content.equals(createHash(hash).update(certificate.raw).digest())
}

/** Issuer and serial number of a DER certificate, as they stand in it. */
export function issuerAndSerial(certificate: Buffer): [Buffer, Buffer] {
  const tbs = children(read(children(read(certificate).content)[0]!.raw).content)
  const from = tbs[0]!.tag === 0xa0 ? 1 : 0
  return [tbs[from + 2]!.raw, tbs[from]!.raw]
}

/** By issuer and serial number, or by key identifier. */
function isNamed(id: Tlv, certificate: X509Certificate): boolean {
  if (id.tag === 0x30) return id.content.equals(Buffer.concat(issuerAndSerial(certificate.raw)))
  const wanted = Buffer.concat([Buffer.from([0x04, id.content.length]), id.content])
  const at = certificate.raw.indexOf(oid('2.5.29.14'))
  return id.content.length > 0 && at > 0 && certificate.raw.subarray(at, at + 12 + wanted.length).includes(wanted)
}

/** The only value of an attribute that occurs once. */
function attribute(attributes: Tlv | null, type: string): Tlv | null {
  const wanted = oid(type)
  const found = (attributes ? children(attributes.content) : []).map((a) => children(a.content)).filter(([id]) => id?.raw.equals(wanted))
  const values = found.length === 1 ? children(found[0]![1]!.content) : []
  return values.length === 1 ? values[0]! : null
}

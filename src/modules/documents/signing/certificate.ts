import { createHash, constants, privateEncrypt, randomBytes, X509Certificate, type KeyObject } from 'node:crypto'
import { sha256 } from '../../../platform/ids.ts'
import { issuerAndSerial } from '../../../platform/pki/check-cms.ts'
import { bits, bool, certificateTime, children, integer, nothing, octets, oid, printable, read, seq, set, tagged, utf8 } from '../../../platform/pki/der.ts'
import { digestInfo, OID } from './signer.ts'

export interface Subject {
  commonName: string
  organisation?: string
  /** Position of an officer. */
  title?: string
  /** Code of an agency, or id of an officer's account. */
  serialNumber?: string
}
export type Use = 'authority' | 'document' | 'time-stamp'

export interface CertificateRequest {
  subject: Subject
  publicKey: KeyObject
  use: Use
  from: Date
  to: Date
  /** Certificate and key of the issuer; null makes a root, signed by `ownKey`. */
  issuer: { certificate: Buffer; key: KeyObject } | null
  ownKey?: KeyObject
}

/** Issues an X.509 v3 certificate (RFC 5280), signed RSA with SHA-256. Returns DER. */
export function issueCertificate(request: CertificateRequest): Buffer {
  const spki = request.publicKey.export({ type: 'spki', format: 'der' })
  const subject = name(request.subject)
  const key = request.issuer?.key ?? request.ownKey
  if (!key) throw new Error('A root is signed by its own key.')
  const algorithm = seq(oid(OID.rsaSha256), nothing())
  const issuerKeyId = request.issuer ? keyId(publicKeyInfo(request.issuer.certificate)) : keyId(spki)
  const body = seq(
    tagged(0, integer(2)),
    integer(randomBytes(16)),
    algorithm,
    request.issuer ? subjectName(request.issuer.certificate) : subject,
    seq(certificateTime(request.from), certificateTime(request.to)),
    subject,
    spki,
    tagged(3, seq(...extensions(request.use, keyId(spki), issuerKeyId))),
  )
  const signature = privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, digestInfo(sha256(body)))
  return seq(body, algorithm, bits(signature))
}

function extensions(use: Use, own: Buffer, issuer: Buffer): Buffer[] {
  const list = [
    extension('2.5.29.14', octets(own)),
    extension('2.5.29.35', seq(Buffer.concat([Buffer.from([0x80, issuer.length]), issuer]))),
  ]
  if (use === 'authority') {
    list.push(extension('2.5.29.19', seq(bool(true)), true), extension('2.5.29.15', bits(Buffer.from([0b0000_0110]), 1), true))
  } else {
    // Digital signature and content commitment: an act of will, not a log-in.
    list.push(extension('2.5.29.19', seq(), true), extension('2.5.29.15', bits(Buffer.from([0b1100_0000]), 6), true))
  }
  if (use === 'time-stamp') list.push(extension('2.5.29.37', seq(oid(OID.timeStamping)), true))
  return list
}

const extension = (id: string, value: Buffer, critical = false): Buffer => seq(oid(id), ...(critical ? [bool(true)] : []), octets(value))

function name(subject: Subject): Buffer {
  const parts: [string, Buffer][] = [['2.5.4.6', printable('VN')]]
  if (subject.organisation) parts.push(['2.5.4.10', utf8(subject.organisation)])
  if (subject.serialNumber) parts.push(['2.5.4.5', printable(subject.serialNumber.replace(/[^A-Za-z0-9.:/-]/g, '-'))])
  if (subject.title) parts.push(['2.5.4.12', utf8(subject.title)])
  parts.push(['2.5.4.3', utf8(subject.commonName)])
  return seq(...parts.map(([type, value]) => set(seq(oid(type), value))))
}

const body = (certificate: Buffer): Buffer[] => children(children(read(certificate).content)[0]!.content).map((part) => part.raw)
const subjectName = (certificate: Buffer): Buffer => body(certificate)[5]!
const publicKeyInfo = (certificate: Buffer): Buffer => body(certificate)[6]!
/** SHA-1 over the key bits: a name, not a protection (RFC 5280, 4.2.1.2). */
const keyId = (spki: Buffer): Buffer => createHash('sha1').update(children(read(spki).content)[1]!.content.subarray(1)).digest()

/** What a signature says of its certificate; all but the name in DER. */
export interface AboutCertificate { commonName: string; hash: Buffer; issuerAndSerial: Buffer; signatureAlgorithm: Buffer }

const known = new WeakMap<Buffer, AboutCertificate>()

/** Read once for each certificate that a signer holds. @throws where its key is neither RSA nor EC */
export function aboutCertificate(certificate: Buffer): AboutCertificate {
  let about = known.get(certificate)
  if (!about) {
    const { subject, publicKey } = new X509Certificate(certificate)
    about = { commonName: /^CN=(.+)$/m.exec(subject)?.[1] ?? '', hash: sha256(certificate), issuerAndSerial: seq(...issuerAndSerial(certificate)), signatureAlgorithm: signatureAlgorithm(publicKey) }
    known.set(certificate, about)
  }
  return about
}

function signatureAlgorithm({ asymmetricKeyType: type }: KeyObject): Buffer {
  if (type === 'rsa') return seq(oid(OID.rsaSha256), nothing())
  if (type === 'ec') return seq(oid(OID.ecdsaSha256))
  throw new Error(`A signature key is RSA or EC, not ${type}.`)
}

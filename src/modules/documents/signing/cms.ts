import { sha256 } from '../../../platform/ids.ts'
import { integer, octets, oid, seq, set, tagged } from '../../../platform/pki/der.ts'
import { aboutCertificate } from './certificate.ts'
import { OID, type Signer } from './signer.ts'

/**
 * A CMS signature (RFC 5652) with the attributes that CAdES-B asks for: content type, digest, and the hash of the signer's certificate.
 * `content` is what lies inside (a time-stamp); null when the signed bytes stand elsewhere (a PDF) and only their digest is known.
 * `stamp` may add a time-stamp over the signature, which makes it CAdES-B-T.
 */
export async function signCms(signer: Signer, signed: { type: string; content: Buffer | null; digest: Buffer }, stamp?: (signatureDigest: Buffer) => Promise<Buffer>): Promise<Buffer> {
  const [own] = signer.certificateChain
  if (!own) throw new Error('A signer needs a certificate.')
  const about = aboutCertificate(own)
  const sha = seq(oid(OID.sha256))
  const attributes = set(
    attribute(OID.contentType, oid(signed.type)),
    attribute(OID.messageDigest, octets(signed.digest)),
    attribute(OID.signingCertificateV2, seq(seq(seq(octets(about.hash))))),
  )
  const signature = Buffer.from(await signer.signDigest(sha256(attributes)))
  const token = stamp && (await stamp(sha256(signature)))
  const signerInfo = seq(
    integer(1),
    about.issuerAndSerial,
    sha,
    // Signed as SET OF, written as [0].
    Buffer.concat([Buffer.from([0xa0]), attributes.subarray(1)]),
    about.signatureAlgorithm,
    octets(signature),
    ...(token ? [tagged(1, attribute(OID.timeStampToken, token))] : []),
  )
  const encapsulated = seq(oid(signed.type), ...(signed.content ? [tagged(0, octets(signed.content))] : []))
  const certificates = tagged(0, ...[...signer.certificateChain].sort(Buffer.compare))
  const version = integer(signed.type === OID.data ? 1 : 3)
  return seq(oid(OID.signedData), tagged(0, seq(version, set(sha), encapsulated, certificates, set(signerInfo))))
}

const attribute = (type: string, value: Buffer): Buffer => seq(oid(type), set(value))

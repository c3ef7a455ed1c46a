import { constants, verify, X509Certificate } from 'node:crypto'
import { checkCms } from '../../../platform/pki/check-cms.ts'

/** What was handed in: a CMS signature that holds its certificate, or a bare signature with the certificate beside it. */
export interface HandedIn { signature: Buffer; certificate: Buffer | undefined }

/**
 * Whose key signed these bytes: the certificate (DER), or undefined where no certificate's key did. CMS (`openssl cms -sign`, DER or PEM) or a bare RSA or ECDSA signature
 * with SHA-256 (`openssl dgst -sha256 -sign`, bytes or Base64). It says nothing about trust.
 */
export function signerOf(signed: Buffer, { signature, certificate }: HandedIn): Buffer | undefined {
  const bytes = decoded(signature)
  const cms = checkCms(bytes, signed)
  // A signature around other content is not one over ours.
  if (cms.integrity === 'intact' && cms.certificate && (cms.content === null || cms.content.equals(signed))) return cms.certificate.raw
  return certificate ? bareSigner(signed, bytes, certificate) : undefined
}

function bareSigner(signed: Buffer, signature: Buffer, certificate: Buffer): Buffer | undefined {
  try {
    const x509 = new X509Certificate(certificate)
    const key = x509.publicKey
    const isRight = verify('sha256', signed, key, signature) || (key.asymmetricKeyType === 'rsa' && verify('sha256', signed, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }, signature))
    return isRight ? x509.raw : undefined
  } catch {
    // Not a certificate, or a key of another kind.
    return undefined
  }
}

/** The bytes of a PEM or Base64 text; anything else as it is. */
function decoded(input: Buffer): Buffer {
  const text = input.subarray(0, 100_000).toString('latin1').trim()
  const inside = /-----BEGIN [A-Z0-9 ]+-----([\s\S]+?)-----END/.exec(text)?.[1] ?? text
  const base64 = inside.replace(/\s/g, '')
  return base64.length > 40 && /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64') : input
}

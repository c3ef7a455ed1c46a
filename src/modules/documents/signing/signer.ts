import { constants, privateEncrypt, type KeyObject } from 'node:crypto'
import { seq, nothing, octets, oid } from './der.ts'

/**
 * Who signs. The private key may be anywhere: only a SHA-256 digest goes in and a signature comes out, which is what a token,
 * an HSM or a remote signing service offers.
 */
export interface Signer {
  /** DER certificates, the signer's own first, then up to but without the root. */
  readonly certificateChain: readonly Buffer[]
  /** Signs a SHA-256 digest: RSA gives PKCS #1 v1.5, EC gives the DER pair (r, s). */
  signDigest(digest: Uint8Array): Promise<Uint8Array>
}

/** An RSA key in this process's memory. */
export function softwareSigner(key: KeyObject, certificateChain: readonly Buffer[]): Signer {
  if (key.asymmetricKeyType !== 'rsa') throw new Error('A software key is RSA: Node offers no EC signature over a ready digest.')
  return {
    certificateChain,
    async signDigest(digest) {
      return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, digestInfo(digest))
    },
  }
}

/** What PKCS #1 v1.5 pads and encrypts: the digest with the name of its algorithm. */
export function digestInfo(digest: Uint8Array): Buffer {
  return seq(seq(oid(OID.sha256), nothing()), octets(digest))
}

export const OID = {
  sha256: '2.16.840.1.101.3.4.2.1',
  rsa: '1.2.840.113549.1.1.1',
  rsaSha256: '1.2.840.113549.1.1.11',
  ecdsaSha256: '1.2.840.10045.4.3.2',
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
  timeStampToken: '1.2.840.113549.1.9.16.2.14',
  timeStamping: '1.3.6.1.5.5.7.3.8',
} as const

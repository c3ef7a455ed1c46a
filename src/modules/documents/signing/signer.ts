import { constants, privateEncrypt, type KeyObject } from 'node:crypto'
import { nothing, octets, oid, seq } from '../../../platform/pki/der.ts'
import { OID } from '../../../platform/pki/oids.ts'

export { OID }

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

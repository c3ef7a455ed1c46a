import { randomBytes } from 'node:crypto'
import { signCms } from './cms.ts'
import { generalizedTime, integer, nothing, octets, oid, seq } from '../../../platform/pki/der.ts'
import { OID, type Signer } from './signer.ts'
import { sha256 } from '../../../platform/ids.ts'

/** Says that a digest existed at a time. The node's own authority now; an accredited one speaks the same RFC 3161 over HTTP. */
export interface TimeStamper {
  /** Returns a TimeStampToken (RFC 3161, DER) over a SHA-256 digest. */
  stamp(digest: Buffer): Promise<Buffer>
}

/** Policy of the node's own authority; an arc under the example enterprise number of RFC 5612, since none is registered. */
const POLICY = '1.3.6.1.4.1.32473.1.1'

export function ownTimeStamper(signer: Signer, now: () => Date): TimeStamper {
  return {
    async stamp(digest) {
      const info = seq(
        integer(1),
        oid(POLICY),
        seq(seq(oid(OID.sha256), nothing()), octets(digest)),
        integer(randomBytes(12)),
        generalizedTime(now()),
        // Accuracy: one second.
        seq(integer(1)),
      )
      return signCms(signer, { type: OID.timeStampInfo, content: info, digest: sha256(info) })
    },
  }
}

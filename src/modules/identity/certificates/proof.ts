import type { Road } from './certificate-log-in.store.ts'

export interface CertificateProof { assurance: 2 | 3; methods: readonly string[]; way: string }

/**
 * How strong a proof by certificate is. A key on a token or SIM cannot be copied and asks for its PIN: high. A key in a file can be copied, whatever guards it: medium.
 * Names of RFC 8176: 'sc' smart card, 'swk' key in software, 'mca' confirmed over another channel.
 */
export function proofOf(road: Road, key: 'hardware' | 'software'): CertificateProof {
  const methods = [key === 'hardware' ? 'sc' : 'swk', 'pin', ...(road === 'sim' ? ['mca'] : [])]
  return { assurance: key === 'hardware' ? 3 : 2, methods, way: road === 'sim' ? 'sim' : 'token' }
}

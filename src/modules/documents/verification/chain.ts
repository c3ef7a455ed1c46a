import { X509Certificate } from 'node:crypto'
import type { SignerIdentity, Trust, Trustworthiness } from './verdict.ts'

export interface Chain { trust: Trustworthiness; root: X509Certificate | null; nodeCode: string | null }
export type Purpose = 'document' | 'time-stamp'

const MAX_LENGTH = 8
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
/** E-mail protection, document signing (RFC 9336, Adobe, Microsoft), any. */
const DOCUMENT_USES = ['1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.36', '1.2.840.113583.1.1.5', '1.3.6.1.4.1.311.10.3.12', '2.5.29.37.0']

/**
 * Follows issuers from a signer's certificate to one of our roots (RFC 5280, without policies and without revocation: the demonstration
 * authorities publish none). Every certificate must have been valid at `at`.
 */
export function chainTo(leaf: X509Certificate, pool: readonly X509Certificate[], trust: Trust, at: Date, purpose: Purpose): Chain {
  if (leaf.ca || !fits(leaf, purpose)) return { trust: 'not-for-signing', root: null, nodeCode: null }
  const roots = trust.roots.map((r) => ({ certificate: new X509Certificate(r.pem), nodeCode: r.nodeCode }))
  let expired = !validAt(leaf, at)
  let current = leaf
  for (let length = 0; length < MAX_LENGTH; length++) {
    const root = roots.find((r) => issued(r.certificate, current))
    if (root) {
      expired ||= !validAt(root.certificate, at)
      return { trust: expired ? 'expired' : 'trusted', root: root.certificate, nodeCode: root.nodeCode }
    }
    const next = pool.find((c) => c !== current && c.ca && issued(c, current))
    if (!next) break
    expired ||= !validAt(next, at)
    current = next
  }
  return { trust: 'unknown-root', root: null, nodeCode: null }
}

function issued(issuer: X509Certificate, subject: X509Certificate): boolean {
  return subject.checkIssued(issuer) && subject.verify(issuer.publicKey)
}

function validAt(certificate: X509Certificate, at: Date): boolean {
  return at >= new Date(certificate.validFrom) && at <= new Date(certificate.validTo)
}

function fits(certificate: X509Certificate, purpose: Purpose): boolean {
  const uses = certificate.keyUsage as string[] | undefined
  if (purpose === 'time-stamp') return uses?.includes(TIME_STAMPING) === true
  return !uses || uses.some((use) => DOCUMENT_USES.includes(use))
}

/** The parts of a subject as Node prints it, one "KEY=value" a line. */
export function identityOf(certificate: X509Certificate): SignerIdentity {
  const subject = parts(certificate.subject)
  const issuer = parts(certificate.issuer)
  return {
    name: subject.get('CN') ?? subject.get('O') ?? '?',
    title: subject.get('title') ?? null,
    organisation: subject.get('O') ?? null,
    code: subject.get('serialNumber') ?? null,
    issuer: issuer.get('CN') ?? issuer.get('O') ?? '?',
  }
}

function parts(name: string): Map<string, string> {
  return new Map(name.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1).replace(/\\(.)/g, '$1')]))
}

import { X509Certificate } from 'node:crypto'
import { readCertificate } from './certificate-fields.ts'
import { fingerprintOf } from './trusted-authority.store.ts'

/** What a certificate says of itself, for people to read. Not whether it is true: that is judged elsewhere. */
export interface CertificateWords {
  /** Common name of the holder. */
  holder: string
  /** Identifier in the name: 'MCQ:H21'; empty where none is stated. */
  uid: string
  issuer: string
  serial: string
  from: Date
  to: Date
  /** SHA-256, hexadecimal in pairs. */
  fingerprint: string
  isAuthority: boolean
  pem: string
}

/** @param input PEM or DER. Undefined where it is no certificate. */
export function describeCertificate(input: string | Buffer): CertificateWords | undefined {
  try {
    const { x509, commonName, uid, serial, from, to, isAuthority } = readCertificate(input)
    return { holder: commonName, uid: uid ?? '', issuer: issuerName(x509), serial, from, to, fingerprint: inPairs(fingerprintOf(x509.raw)), isAuthority, pem: x509.toString() }
  } catch {
    // Whatever was given, it is no certificate.
    return undefined
  }
}

/** 'a1b2…' as 'A1:B2:…', as other programs show it, so that two people can compare. */
export const inPairs = (fingerprint: string): string => fingerprint.toUpperCase().replace(/..(?=.)/g, '$&:')

const issuerName = (x509: X509Certificate): string => /^CN=(.*)$/m.exec(x509.issuer)?.[1] ?? x509.issuer.replaceAll('\n', ', ')

import { X509Certificate } from 'node:crypto'
import { children, oid, read, type Tlv } from '../../../platform/pki/der.ts'

/** What of a certificate Node's own class does not tell. */
export interface CertificateFields {
  readonly x509: X509Certificate
  readonly from: Date
  readonly to: Date
  /** Serial number, hexadecimal without leading zeros, as in a revocation list. */
  readonly serial: string
  /** DER of the issuer's name. */
  readonly issuer: Buffer
  /** DER of the own name. */
  readonly subject: Buffer
  /** Attribute UID: 'CCCD:…', 'MST:…', 'MCQ:…'; undefined when absent or there twice. */
  readonly uid: string | undefined
  readonly commonName: string
  readonly isAuthority: boolean
  /** First byte of key usage; undefined when none is stated. */
  readonly keyUsage: number | undefined
  /** Extended key usages and policies, as DER of the identifiers; undefined when none is stated. */
  readonly uses: readonly Buffer[] | undefined
  readonly policies: readonly Buffer[]
  /** It says something that must be understood, and we do not. */
  readonly isStrange: boolean
}

/** 'serial' as everywhere here: no leading zeros, small letters. */
export const serialText = (bytes: Buffer): string => bytes.toString('hex').replace(/^0+(?=.)/, '')

/** Reads a certificate (PEM or DER). Throws where it is none. */
export function readCertificate(input: string | Buffer): CertificateFields {
  const x509 = new X509Certificate(input)
  const parts = children(children(read(x509.raw).content)[0]!.content)
  const at = parts[0]!.tag === 0xa0 ? 1 : 0
  const [serial, , issuer, , subject] = parts.slice(at)
  const names = children(subject!.content).flatMap((set) => children(set.content)).map((pair) => children(pair.content))
  const extensions = readExtensions(parts)
  const extension = (id: string): Tlv | undefined => extensions.find((e) => e.id.equals(oid(id)))?.value
  const usage = extension('2.5.29.15')
  const uses = extension('2.5.29.37')
  const policies = extension('2.5.29.32')
  const uids = names.filter(([type]) => type!.raw.equals(uidType))
  return {
    x509, from: new Date(x509.validFrom), to: new Date(x509.validTo), serial: serialText(serial!.content), issuer: issuer!.raw, subject: subject!.raw,
    uid: uids.length === 1 ? textOf(uids[0]![1]!) : undefined,
    commonName: textOf(names.findLast(([type]) => type!.raw.equals(commonNameType))?.[1]) ?? '',
    isAuthority: x509.ca,
    // The first byte of a BIT STRING tells how many bits at its end are unused.
    keyUsage: usage?.content[1],
    uses: uses && children(uses.content).map((u) => u.raw),
    policies: policies ? children(policies.content).map((p) => children(p.content)[0]!.raw) : [],
    isStrange: extensions.some((e) => e.isCritical && !understood.some((id) => e.id.equals(id))),
  }
}

/** Basic constraints, key usage, extended key usage, policies, other names of the subject. */
const understood = ['2.5.29.19', '2.5.29.15', '2.5.29.37', '2.5.29.32', '2.5.29.17'].map(oid)

const uidType = oid('0.9.2342.19200300.100.1.1')
const commonNameType = oid('2.5.4.3')

function readExtensions(parts: readonly Tlv[]): { id: Buffer; isCritical: boolean; value: Tlv }[] {
  const holder = parts.find((p) => p.tag === 0xa3)
  if (!holder) return []
  return children(read(holder.content).content).map((e) => {
    const fields = children(e.content)
    return { id: fields[0]!.raw, isCritical: fields[1]!.tag === 0x01 && fields[1]!.content[0] !== 0, value: read(fields.at(-1)!.content) }
  })
}

/** UTF8String and the older kinds of text; BMPString is two bytes a letter. */
function textOf(value: Tlv | undefined): string | undefined {
  if (!value) return undefined
  if (value.tag === 0x1e) return Buffer.from(value.content).swap16().toString('utf16le').normalize('NFC')
  return value.content.toString(value.tag === 0x0c ? 'utf8' : 'latin1').normalize('NFC')
}

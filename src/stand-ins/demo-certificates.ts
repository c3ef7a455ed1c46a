import { createHash, type KeyObject } from 'node:crypto'
import { bits, bool, certificateTime, integer, octets, oid, printable, seq, set, tagged, utf8 } from '../platform/pki/der.ts'
import { OID } from '../platform/pki/oids.ts'
import { demoKey, signDigest, type DemoKey } from './demo-keys.ts'
import { demoOrganisation } from './demo-organisations.ts'
import type { DemoCitizen, DemoOfficer } from './demo-people.ts'

/** A certificate of the demonstration with its key: what lies on a token. */
export interface DemoCertificate {
  readonly label: string
  /** DER */
  readonly certificate: Buffer
  readonly key: DemoKey
  readonly serial: Buffer
}

/** Personal number with which every token and SIM of the demonstration is opened. */
export const demoPin = '123456'

/** Marks a key that is kept in a file: arc of documentation examples (RFC 5612). */
export const softwareKeyPolicy = '1.3.6.1.4.1.32473.1.1'

export const clientAuthentication = '1.3.6.1.5.5.7.3.2'
const serverAuthentication = '1.3.6.1.5.5.7.3.1'
const uid = '0.9.2342.19200300.100.1.1'
const years = { from: new Date('2025-01-01T00:00:00Z'), to: new Date('2035-01-01T00:00:00Z') }

export type AuthorityName = 'root' | 'public' | 'duty' | 'foreign'
const authorityNames: Readonly<Record<AuthorityName, string>> = {
  root: 'CA Gốc Thử Nghiệm', public: 'CA Công Cộng Thử Nghiệm', duty: 'CA Chuyên Dùng Thử Nghiệm', foreign: 'CA Không Được Tin Cậy Giả Định',
}

export interface Order {
  /** 'CCCD:…', 'MST:…', 'MCQ:…'; absent: the subject carries no such number. */
  holder?: string
  name: string
  authority: AuthorityName
  from?: Date
  to?: Date
  /** Extended key usage; empty: none is stated. */
  uses?: readonly string[]
  /** First byte of key usage: 0x80 digital signature, 0x40 content commitment. */
  keyUsage?: number
  policies?: readonly string[]
  /** What lies apart two certificates of one holder: 'token', 'sim'. */
  device?: string
}

/** Issues a certificate to a holder. The same order gives the same bytes. */
export function orderCertificate(order: Order): DemoCertificate {
  const key = demoKey(`${order.holder ?? ''} ${order.name} ${order.device ?? 'token'}`)
  const subject = name([...(order.holder ? [[uid, order.holder] as const] : []), ['2.5.4.3', order.name]])
  const extensions = [
    extension('2.5.29.19', seq(), true),
    extension('2.5.29.15', bits(Buffer.from([order.keyUsage ?? 0xc0]), 6), true),
    ...(order.uses?.length === 0 ? [] : [extension('2.5.29.37', seq(...(order.uses ?? [clientAuthentication]).map(oid)))]),
    ...(order.policies ? [extension('2.5.29.32', seq(...order.policies.map((p) => seq(oid(p)))))] : []),
  ]
  return issue({ label: order.name, key, subject, authority: order.authority, from: order.from ?? years.from, to: order.to ?? years.to, extensions, mark: JSON.stringify(order) })
}

export const personCertificate = ({ idNumber, fullName }: DemoCitizen, device = 'token'): DemoCertificate => orderCertificate({ holder: `CCCD:${idNumber}`, name: fullName, authority: 'public', device })
export const organisationCertificate = (): DemoCertificate => orderCertificate({ holder: `MST:${demoOrganisation.taxCode}`, name: demoOrganisation.name, authority: 'public' })
/** An officer's, issued by the authority for official duty to a member of an agency. */
export const officerCertificate = (officer: DemoOfficer): DemoCertificate => orderCertificate({ holder: `MCQ:${officer.agencyCode ?? officer.node}`, name: officer.name, authority: 'duty' })

/** For the listener that asks for certificates: browsers warn of it, since they do not know the root. */
export function serverCertificate(host: string): DemoCertificate {
  const san = /^[\d.]+$/.test(host) ? Buffer.concat([Buffer.from([0x87, 4]), Buffer.from(host.split('.').map(Number))]) : Buffer.concat([Buffer.from([0x82, host.length]), Buffer.from(host)])
  const extensions = [extension('2.5.29.19', seq(), true), extension('2.5.29.15', bits(Buffer.from([0x80]), 7), true), extension('2.5.29.37', seq(oid(serverAuthentication))), extension('2.5.29.17', seq(san))]
  return issue({ label: host, key: demoKey(`server ${host}`), subject: name([['2.5.4.3', host]]), authority: 'root', ...years, extensions, mark: host })
}

const authorities = new Map<AuthorityName, DemoCertificate>()

/** An authority of the demonstration: the root, the one for the public, the one for official duty, and one that nobody trusts. */
export function demoAuthority(which: AuthorityName): DemoCertificate {
  const known = authorities.get(which)
  if (known) return known
  const key = demoKey(`authority ${which}`)
  const extensions = [extension('2.5.29.19', seq(bool(true)), true), extension('2.5.29.15', bits(Buffer.from([0x06]), 1), true)]
  const made = issue({ label: authorityNames[which], key, subject: authorityName(which), authority: which === 'foreign' ? 'foreign' : 'root', ...years, extensions, mark: `authority ${which}` })
  authorities.set(which, made)
  return made
}

export const authorityName = (which: AuthorityName): Buffer => name([['2.5.4.6', 'VN'], ['2.5.4.10', 'Mot Cua Demo'], ['2.5.4.3', authorityNames[which]]])

interface Blank { label: string; key: DemoKey; subject: Buffer; authority: AuthorityName; from: Date; to: Date; extensions: Buffer[]; mark: string }

function issue({ label, key, subject, authority, from, to, extensions, mark }: Blank): DemoCertificate {
  const signer = demoKey(`authority ${authority}`)
  const serial = createHash('sha256').update(`serial ${mark}`).digest().subarray(0, 12)
  serial[0] = (serial[0]! & 0x3f) | 0x40
  const algorithm = seq(oid(OID.ecdsaSha256))
  const own = extension('2.5.29.14', octets(keyId(key.publicKey)))
  const issuer = extension('2.5.29.35', seq(Buffer.concat([Buffer.from([0x80, 20]), keyId(signer.publicKey)])))
  const body = seq(tagged(0, integer(2)), integer(serial), algorithm, authorityName(authority), seq(certificateTime(from), certificateTime(to)), subject, key.publicKey.export({ type: 'spki', format: 'der' }), tagged(3, seq(own, issuer, ...extensions)))
  return { label, key, serial, certificate: seq(body, algorithm, bits(signDigest(signer, createHash('sha256').update(body).digest()))) }
}

/** SHA-1 of the public key: a name, not a protection (RFC 5280, 4.2.1.2). */
const keyId = (key: KeyObject): Buffer => createHash('sha1').update(key.export({ type: 'spki', format: 'der' })).digest()

export const extension = (id: string, value: Buffer, critical = false): Buffer => seq(oid(id), ...(critical ? [bool(true)] : []), octets(value))

function name(parts: readonly (readonly [string, string])[]): Buffer {
  return seq(...parts.map(([type, value]) => set(seq(oid(type), type === '2.5.4.6' ? printable(value) : utf8(value)))))
}

/** Text between BEGIN and END lines, as programs exchange keys and certificates. */
export const pem = (der: Buffer, label = 'CERTIFICATE'): string => `-----BEGIN ${label}-----\n${der.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END ${label}-----\n`

import { createHash, createHmac, randomBytes } from 'node:crypto'
import { der, integer, nothing, octets, oid, seq, set, tagged } from '../platform/pki/der.ts'
import { OID } from '../platform/pki/oids.ts'
import type { DemoCertificate } from './demo-certificates.ts'

const iterations = 2048

/** Key and certificates in one file with a password (PKCS #12, RFC 7292), which browsers and operating systems import. */
export function pkcs12({ key, certificate, label }: DemoCertificate, chain: readonly Buffer[], pin: string): Buffer {
  const localId = octets(createHash('sha1').update(certificate).digest())
  const marks = set(seq(oid('1.2.840.113549.1.9.21'), set(localId)), seq(oid('1.2.840.113549.1.9.20'), set(der(0x1e, Buffer.from(label, 'utf16le').swap16()))))
  const shrouded = key.privateKey.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: pin })
  const keyBag = seq(oid('1.2.840.113549.1.12.10.1.2'), tagged(0, shrouded), marks)
  const certificateBag = (bytes: Buffer, attributes?: Buffer): Buffer => seq(oid('1.2.840.113549.1.12.10.1.3'), tagged(0, seq(oid('1.2.840.113549.1.9.22.1'), tagged(0, octets(bytes)))), ...(attributes ? [attributes] : []))
  const safe = seq(data(seq(keyBag)), data(seq(certificateBag(certificate, marks), ...chain.map((c) => certificateBag(c)))))
  const salt = randomBytes(16)
  const mac = createHmac('sha256', macKey(pin, salt)).update(safe).digest()
  return seq(integer(3), data(safe), seq(seq(seq(oid(OID.sha256), nothing()), octets(mac)), octets(salt), integer(iterations)))
}

const data = (content: Buffer): Buffer => seq(oid(OID.data), tagged(0, octets(content)))

/** RFC 7292, appendix B, for one block of SHA-256 and purpose 3 (integrity). */
function macKey(pin: string, salt: Buffer): Buffer {
  const password = Buffer.from(`${pin}\0`, 'utf16le').swap16()
  const filled = (bytes: Buffer): Buffer => Buffer.alloc(64 * Math.ceil(bytes.length / 64), bytes)
  let block = Buffer.concat([Buffer.alloc(64, 3), filled(salt), filled(password)])
  for (let i = 0; i < iterations; i++) block = createHash('sha256').update(block).digest()
  return block
}

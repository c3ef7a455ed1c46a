import { createHash } from 'node:crypto'
import { children, read } from '../../../platform/pki/der.ts'
import { checkCms } from '../../../platform/pki/check-cms.ts'
import { chainTo, identityOf } from './chain.ts'
import type { Trust } from './verdict.ts'

/** What a time-stamp is worth; only a trusted one proves a time. */
export type StampedTime = { state: 'trusted' | 'untrusted'; at: Date; authority: string } | { state: 'altered' | 'malformed' }

const HASHES: Record<string, string> = { '608648016503040201': 'sha256', '608648016503040202': 'sha384', '608648016503040203': 'sha512' }

/** Checks a TimeStampToken (RFC 3161) over `bytes`. */
export function checkTimeStamp(token: Buffer, bytes: Buffer, trust: Trust): StampedTime {
  const cms = checkCms(token, null)
  if (cms.integrity !== 'intact') return { state: cms.integrity }
  const statement = cms.content && readStatement(cms.content)
  const hash = statement && HASHES[statement.hashOid]
  if (!cms.certificate || !statement || !hash) return { state: 'malformed' }
  if (!createHash(hash).update(bytes).digest().equals(statement.imprint)) return { state: 'altered' }
  const chain = chainTo(cms.certificate, cms.pool, trust, statement.at, 'time-stamp')
  return { state: chain.trust === 'trusted' ? 'trusted' : 'untrusted', at: statement.at, authority: identityOf(cms.certificate).name }
}

/** TSTInfo: version, policy, messageImprint, serialNumber, genTime. */
function readStatement(content: Buffer): { hashOid: string; imprint: Buffer; at: Date } | null {
  try {
    const [, , imprint, , time] = children(read(content).content)
    const [algorithm, digest] = children(imprint!.content)
    const at = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(time!.content.toString('latin1'))
    if (!at || time!.tag !== 0x18) return null
    return { hashOid: children(algorithm!.content)[0]!.content.toString('hex'), imprint: digest!.content, at: new Date(`${at[1]}-${at[2]}-${at[3]}T${at[4]}:${at[5]}:${at[6]}${at[7] ?? ''}Z`) }
  } catch {
    return null
  }
}
